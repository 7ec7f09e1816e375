/** What is heard in a program and by those who listen, as samples whose place in the program's time is known. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { AacConfig, OpusConfig } from '../../src/media/codec.ts';
import type { Packet } from '../../src/media/packet.ts';
import { CHANNELS, OpusDecoder } from '../../src/mixer/opus-codec.ts';

/** Mono sound at 48 kHz that begins so many seconds after the program did. */
export interface PlacedSound {
  readonly startS: number;
  readonly samples: Float32Array;
}

const run = promisify(execFile);
const RATE = 48_000;
const AAC_LC = 1;
const RATE_INDEX = 3;
const ADTS_BYTES = 7;
const MAX_BYTES = 512 * 1024 * 1024;
/** What Opus needs to begin, in samples. */
const PRE_ROLL = 3840;

/** Decodes packets of the program that follow one another. @throws Error when FFmpeg cannot. */
export async function decodeProgram(ffmpeg: string, packets: ReadonlyArray<Packet<AacConfig>>): Promise<PlacedSound> {
  const bytes = Buffer.concat(packets.flatMap(({ data, config }) => [adts(data.byteLength, config.channels), data]));
  const input = ['-hide_banner', '-v', 'error', '-f', 'aac', '-i', 'pipe:0'];
  const output = ['-ac', '1', '-ar', String(RATE), '-f', 'f32le', 'pipe:1'];
  const running = run(ffmpeg, [...input, ...output], { encoding: 'buffer', maxBuffer: MAX_BYTES });
  running.child.stdin?.on('error', () => {});
  running.child.stdin?.end(bytes);
  const { stdout: raw } = await running;
  const samples = new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength));
  return { startS: (packets[0]?.pts ?? 0) / RATE, samples };
}

/**
 * Decodes what somebody got back; packets follow one another. They were kept from the middle of a stream on, where a decoder that
 * begins can be ten times too loud until it has heard 80 ms (RFC 7845 section 4.2): so much of the beginning is left out.
 */
export function decodeReturn(packets: ReadonlyArray<Packet<OpusConfig>>): PlacedSound {
  const decoder = new OpusDecoder();
  const blocks = packets.map(({ data }) => decoder.decode(data).slice());
  const samples = new Float32Array(blocks.reduce((sum, { length }) => sum + length / CHANNELS, 0));
  let at = 0;
  for (const block of blocks) {
    for (let left = 0; left < block.length; left += CHANNELS, at += 1) samples[at] = block[left] as number;
  }
  return { startS: ((packets[0]?.pts ?? 0) + PRE_ROLL) / RATE, samples: samples.subarray(PRE_ROLL) };
}

/** The header that a packet of AAC has in a stream without a container (ISO/IEC 14496-3, 1.A.2.2.1). */
function adts(bytes: number, channels: number): Uint8Array {
  const length = bytes + ADTS_BYTES;
  return Uint8Array.of(
    0xff,
    0xf1,
    (AAC_LC << 6) | (RATE_INDEX << 2) | (channels >> 2),
    ((channels & 3) << 6) | (length >> 11),
    (length >> 3) & 0xff,
    ((length & 7) << 5) | 0x1f,
    0xfc,
  );
}
