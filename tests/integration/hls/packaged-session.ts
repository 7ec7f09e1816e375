/** Encoders' packets as a session: its parts, and a server that shows them to players. */
import { HlsOrigin } from '../../../src/hls/hls-origin.ts';
import { LiveStream } from '../../../src/hls/live-stream.ts';
import { Packager } from '../../../src/hls/packager.ts';
import { streamTimes } from '../../../src/hls/profile.ts';
import type { AacConfig, H264Config } from '../../../src/media/codec.ts';
import type { Packet } from '../../../src/media/packet.ts';
import type { Part } from '../../../src/media/part.ts';
import { HttpServer } from '../../../src/server/http-server.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { FPS, GOP } from './program-media.ts';

/** Pictures and sound in the order in which a mixer gives them out. */
export function packaged(video: readonly Packet<H264Config>[], sound: readonly Packet<AacConfig>[]): Part[] {
  const parts: Part[] = [];
  const onPart = (part: Part): void => void parts.push(part);
  const packager = new Packager({ framerate: FPS, partFrames: 15, segmentFrames: GOP, onPart });
  let unit = 0;
  for (const picture of video) {
    for (; (sound[unit]?.pts ?? Infinity) < (picture.pts + 1) * 1600; unit += 1) {
      const heard = sound[unit];
      if (heard) packager.audio(heard);
    }
    packager.video(picture);
  }
  packager.end();
  return parts;
}

/** A session that has ended, as room `demo` of a server. */
export class ServedSession {
  readonly #http: HttpServer;
  readonly origin: HlsOrigin;

  private constructor(http: HttpServer, origin: HlsOrigin) {
    this.#http = http;
    this.origin = origin;
  }

  static async open(parts: readonly Part[]): Promise<ServedSession> {
    const origin = new HlsOrigin(new FakeClock());
    const http = await HttpServer.listen({
      host: '127.0.0.1',
      port: 0,
      onUpgrade: (_request, socket) => socket.destroy(),
      onRequest: (request, response) => {
        const path = (request.url ?? '').replace('/hls/demo/', '');
        void origin.get('demo', path, new URLSearchParams()).then(({ status, contentType, body }) => {
          response.writeHead(status, { 'content-type': contentType }).end(body);
        });
      },
    });
    const stream = new LiveStream({
      sessionId: 's1',
      times: streamTimes('standard', FPS, 2),
      windowSegments: 30,
      dvrSegments: 30,
      orderedBitrate: 0,
      originWallMs: 0,
      captions: false,
      clock: new FakeClock(),
      source: { readSegment: () => Promise.resolve(undefined) },
    });
    origin.open('demo', stream);
    for (const part of parts) stream.add(part);
    origin.end('demo', stream);
    return new ServedSession(http, origin);
  }

  /** Address of the multivariant playlist. */
  get playlistUrl(): string {
    return `${this.#http.url}/hls/demo/index.m3u8`;
  }

  async close(): Promise<void> {
    await this.#http.close();
    this.origin.close();
  }
}
