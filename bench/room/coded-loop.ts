/** Coded media in memory, as a sender would have made it. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { OpusConfig, VideoConfig } from '../../src/media/codec.ts';
import { splitNalUnits } from '../../src/media/h264.ts';
import { parseSps } from '../../src/media/h264-sps.ts';
import { NutReader } from '../../src/media/nut-reader.ts';

/** One coded frame of a loop. */
export interface LoopPacket {
  readonly data: Uint8Array;
  readonly keyframe: boolean;
}

/** Frames that follow one another at an even pace, again and again. */
export interface CodedLoop {
  readonly config: VideoConfig | OpusConfig;
  /** Milliseconds from one packet to the next. */
  readonly stepMs: number;
  readonly packets: readonly LoopPacket[];
}

const MAX_BYTES = 256 * 1024 * 1024;
const FPS = 30;

/** H.264 of a file as Annex B, parameter sets in each key frame. */
export async function loadVideo(ffmpeg: string, path: string): Promise<CodedLoop> {
  const packets = await packetsOf(ffmpeg, path, ['-map', '0:v', '-bsf:v', 'h264_mp4toannexb']);
  const sps = splitNalUnits(packets[0]?.data ?? new Uint8Array(0)).find((unit) => ((unit[0] ?? 0) & 0x1f) === 7);
  if (!sps) throw new Error(`${path} does not start with an SPS`);
  const { width, height, codecString } = parseSps(sps);
  const config = { codec: 'h264', format: 'annexb', codecString, width, height, framerate: FPS } as const;
  return { config, stepMs: 1000 / FPS, packets };
}

/** Opus of a file, 20 ms packets. */
export async function loadVoice(ffmpeg: string, path: string): Promise<CodedLoop> {
  const packets = await packetsOf(ffmpeg, path, ['-map', '0:a']);
  const config = { codec: 'opus', codecString: 'opus', sampleRate: 48000, channels: 1 } as const;
  return { config, stepMs: 20, packets };
}

async function packetsOf(ffmpeg: string, path: string, what: readonly string[]): Promise<readonly LoopPacket[]> {
  const args = ['-hide_banner', '-v', 'error', '-nostdin', '-i', path, ...what, '-c', 'copy', '-f', 'nut', 'pipe:1'];
  const { stdout } = await promisify(execFile)(ffmpeg, args, { encoding: 'buffer', maxBuffer: MAX_BYTES });
  const packets: LoopPacket[] = [];
  const onPacket = ({ data, keyframe }: LoopPacket): void => {
    packets.push({ data: Uint8Array.from(data), keyframe });
  };
  new NutReader({ maxPacketBytes: MAX_BYTES, onPacket }).push(stdout);
  return packets;
}
