/** Somebody whose one track is fed frame by frame, and real frames for it. */
import type { H264Config, OpusConfig, Vp8Config } from '../../../src/media/codec.ts';
import type { ConfigMessage, ServerMessage } from '../../../src/protocol/messages.ts';
import { MediaSamples, type Sample } from '../../helpers/media-samples.ts';
import type { TestSocket } from '../../helpers/test-participant.ts';
import { type Door, collect, heardOut } from './door.ts';

/** Configurations of track 0. */
export const OPUS = { type: 'config', track: 0, id: 0, codec: 'opus', sampleRate: 48000, channels: 1 } as const;
export const VP8 = { type: 'config', track: 0, id: 0, codec: 'vp8', width: 320, height: 180, framerate: 30 } as const;
/** A packet of Opus, as far as ingest looks at it. */
export const SOUND = Buffer.from([0xf8, 1, 2, 3]);

/** Short pieces of every codec. */
export class TrackSamples {
  readonly h264: Sample<H264Config>;
  readonly vp8: Sample<Vp8Config>;
  readonly opus: Sample<OpusConfig>;
  readonly #media: MediaSamples;

  private constructor(media: MediaSamples, samples: Pick<TrackSamples, 'h264' | 'vp8' | 'opus'>) {
    this.#media = media;
    this.h264 = samples.h264;
    this.vp8 = samples.vp8;
    this.opus = samples.opus;
  }

  static async make(): Promise<TrackSamples> {
    const media = new MediaSamples();
    const [h264, vp8, opus] = await Promise.all([
      media.h264({ frames: 6, gopFrames: 3 }),
      media.vp8({ frames: 3 }),
      media.opus({ seconds: 0.2, channels: 2 }),
    ]);
    return new TrackSamples(media, { h264, vp8, opus });
  }

  /** The configuration of the H.264 piece. */
  h264Message(track = 0, id = 0): ConfigMessage {
    const { codecString, width, height, framerate } = this.h264.config;
    return { type: 'config', track, id, codec: 'h264', codecString, width, height, framerate };
  }

  close(): Promise<void> {
    return this.#media.close();
  }
}

/** Bytes of a sample's frame. */
export function payload(sample: Sample<unknown>, index: number): Uint8Array {
  const packet = sample.packets[index];
  if (!packet) throw new Error(`The sample has no frame ${index}`);
  return packet.data;
}

/** Somebody with a published track 0. */
export async function publisher(door: Door, kind: 'video' | 'audio', config: ConfigMessage) {
  const { control, welcome } = await door.join();
  control.say({ type: 'publish', track: 0, kind, source: 'file' });
  control.say(config);
  await control.heard('published');
  await heardOut(control);
  return { control, welcome, packets: collect(door.stream(welcome.participant, 0)) };
}

/** All errors that a socket was told, in order. */
export function errors(socket: TestSocket): Extract<ServerMessage, { type: 'error' }>[] {
  return socket.messages.flatMap((message) => (message.type === 'error' ? [message] : []));
}
