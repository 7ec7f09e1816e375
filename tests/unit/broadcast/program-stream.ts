/** Program streams written by hand. */
import type { H264Config, OpusConfig } from '../../../src/media/codec.ts';
import type { Packet } from '../../../src/media/packet.ts';
import { Stream } from '../../../src/media/stream.ts';
import { pts, wallTime } from '../../../src/media/timestamp.ts';
import type { FlowPatience } from '../../../src/protocol/flow/acked-rate-controller.ts';

export const WALL_START = 1_800_000_000_000;
export const SPS = [0x67, 0x42, 0xe0, 0x1f, 0xaa];
export const PPS = [0x68, 0xce, 0x3c, 0x80];
export const SOUND: OpusConfig = { codec: 'opus', codecString: 'opus', sampleRate: 48000, channels: 2 };

/** A quarter of a second may be under way beyond the way itself and 100 ms between acknowledgements. */
export const PATIENCE: FlowPatience = { shutMs: 250, openMs: 100, maxBufferedBytes: 1024 * 1024 };

/** A picture's configuration; each call gives another object. */
export function pictureConfig(): H264Config {
  const description = Uint8Array.from([
    1,
    0x42,
    0xe0,
    0x1f,
    0xff,
    0xe1,
    0,
    SPS.length,
    ...SPS,
    1,
    0,
    PPS.length,
    ...PPS,
  ]);
  const size = { width: 1280, height: 720, framerate: 30 };
  return { codec: 'h264', format: 'avc', codecString: 'avc1.42E01F', description, ...size };
}

export function pictureStream(): Stream<H264Config> {
  return new Stream({ label: 'program.video', timescale: 30, replay: { maxItems: 1200, maxBytes: 2 ** 24 } });
}

export function soundStream(): Stream<OpusConfig> {
  return new Stream({ label: 'return', timescale: 48000 });
}

/** Program frame `frame`: one slice that names it. */
export function picture(config: H264Config, frame: number, keyframe: boolean): Packet<H264Config> {
  const slice = [keyframe ? 0x65 : 0x41, frame & 0x7f, 0x99];
  const data = Uint8Array.from([0, 0, 0, slice.length, ...slice]);
  return { data, pts: pts(frame), duration: 1, wallTime: wallTime(WALL_START + (frame * 1000) / 30), keyframe, config };
}

/** The `index`-th packet of 20 ms. */
export function sound(index: number, config = SOUND): Packet<OpusConfig> {
  const wall = wallTime(WALL_START + index * 20);
  const data = Uint8Array.from([0xfc, index & 0xff]);
  return { data, pts: pts(index * 960), duration: 960, wallTime: wall, keyframe: true, config };
}

/** Lets every reader deal with what was written. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
