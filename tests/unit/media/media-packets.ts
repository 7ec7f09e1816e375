/** Packets and readers for the tests of the hub. */
import type { Vp8Config } from '../../../src/media/codec.ts';
import type { Packet } from '../../../src/media/packet.ts';
import type { ReaderOptions, StreamReader } from '../../../src/media/stream-reader.ts';
import { pts, wallTime } from '../../../src/media/timestamp.ts';

const CONFIG: Vp8Config = { codec: 'vp8', codecString: 'vp8', width: 320, height: 180, framerate: 30 };

/** A key frame at `n`, of `bytes` bytes. */
export function key(n: number, bytes = 10): Packet<Vp8Config> {
  return {
    data: new Uint8Array(bytes),
    pts: pts(n),
    duration: 1,
    wallTime: wallTime(n),
    keyframe: true,
    config: CONFIG,
  };
}

/** A frame at `n` that depends on those before. */
export function delta(n: number, bytes = 10): Packet<Vp8Config> {
  return { ...key(n, bytes), keyframe: false };
}

/** Options of a reader; by default it has room for everything. */
export function reading(
  onOverflow: ReaderOptions['onOverflow'] = 'drop-to-keyframe',
  maxItems = 1000,
  maxBytes = 1_000_000,
): ReaderOptions {
  return { label: 'test', limits: { maxItems, maxBytes }, onOverflow };
}

/** The times of all packets until the reader ends. */
export async function drain(reader: StreamReader<Vp8Config>): Promise<number[]> {
  const times: number[] = [];
  for await (const packet of reader) times.push(packet.pts);
  return times;
}
