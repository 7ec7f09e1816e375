/** Answers HLS requests for every room that is or was just live. */
import { gzipSync } from 'node:zlib';
import type { Clock, Disposer } from '../util/clock.ts';
import type { LiveStream } from './live-stream.ts';

/** An HTTP answer without the HTTP. */
export interface OriginAnswer {
  readonly status: 200 | 404;
  readonly contentType: string;
  readonly cacheControl: string;
  readonly body: Uint8Array | string;
  readonly gzip?: Uint8Array;
}

const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl';
const MEDIA_TYPE = 'video/mp4';
/** Viewers are some seconds behind; they get the end of a session for this long. */
const KEEP_ENDED_MS = 60_000;
const MEDIA_CACHE = 'public, max-age=3600, immutable';

/** One per server. */
export class HlsOrigin {
  readonly #clock: Clock;
  readonly #streams = new Map<string, LiveStream>();
  readonly #timers = new Map<string, Disposer>();
  /** The newest revision of each playlist, compressed once for everybody. */
  readonly #compressed = new Map<string, { text: string; gzip: Uint8Array }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** From now on the room's URLs show this session. */
  open(roomId: string, stream: LiveStream): void {
    this.#forgetTimer(roomId);
    this.#streams.set(roomId, stream);
  }

  /** The session is over; its end stays for those who are still watching. */
  end(roomId: string, stream: LiveStream): void {
    stream.end();
    if (this.#streams.get(roomId) !== stream) return;
    this.#forgetTimer(roomId);
    this.#timers.set(
      roomId,
      this.#clock.after(KEEP_ENDED_MS, () => this.#remove(roomId)),
    );
  }

  close(): void {
    for (const roomId of [...this.#timers.keys()]) this.#forgetTimer(roomId);
    this.#streams.clear();
  }

  /** `path` is what follows `/hls/ROOM/`. */
  async get(roomId: string, path: string): Promise<OriginAnswer> {
    const stream = this.#streams.get(roomId);
    if (!stream) return notFound('Nothing is live in this room.');
    if (path === 'index.m3u8') return this.#playlist(`${roomId}/index`, stream.multivariant(), 'max-age=1');
    const [session, file, ...rest] = path.split('/');
    if (session !== stream.sessionId || !file || rest.length > 0) return notFound('This session is over.');
    if (file === 'live.m3u8') return this.#playlist(`${roomId}/live`, stream.playlist(), 'max-age=1');
    const init = /^init-(\d{1,9})\.mp4$/.exec(file);
    if (init) return media(stream.init(Number(init[1])));
    const segment = /^segment-(\d{1,9})\.m4s$/.exec(file);
    if (segment) return media(await stream.segment(Number(segment[1])));
    return notFound('There is no such file in this session.');
  }

  #playlist(key: string, text: string | undefined, cacheControl: string): OriginAnswer {
    if (text === undefined) return notFound('The session has just begun; ask again in a few seconds.');
    let cached = this.#compressed.get(key);
    if (cached?.text !== text) {
      cached = { text, gzip: gzipSync(text) };
      this.#compressed.set(key, cached);
    }
    return { status: 200, contentType: PLAYLIST_TYPE, cacheControl, body: text, gzip: cached.gzip };
  }

  #remove(roomId: string): void {
    this.#forgetTimer(roomId);
    this.#streams.delete(roomId);
    this.#compressed.delete(`${roomId}/index`);
    this.#compressed.delete(`${roomId}/live`);
  }

  #forgetTimer(roomId: string): void {
    this.#timers.get(roomId)?.();
    this.#timers.delete(roomId);
  }
}

function media(body: Uint8Array | undefined): OriginAnswer {
  if (!body) return notFound('This segment is no longer, or not yet, there.');
  return { status: 200, contentType: MEDIA_TYPE, cacheControl: MEDIA_CACHE, body };
}

function notFound(body: string): OriginAnswer {
  return { status: 404, contentType: 'text/plain; charset=utf-8', cacheControl: 'no-store', body };
}
