/** FFmpeg's own programs as oracles: what they make, and what they see in it. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';

/** A coded frame as ffprobe lists it; `pts` in ticks of its stream. */
export interface ProbedPacket {
  readonly stream: number;
  readonly pts: number;
  readonly dts: number;
  readonly duration: number;
  readonly keyframe: boolean;
  readonly size: number;
  readonly md5: string;
}

/** A stream as ffprobe lists it; only what the tests compare. */
export interface ProbedStream {
  readonly codec_name: string;
  readonly codec_tag_string: string;
  readonly profile: string;
  readonly width: number;
  readonly height: number;
  readonly level: number;
  readonly has_b_frames: number;
  readonly nal_length_size: string;
  readonly sample_rate: string;
  readonly channels: number;
  readonly time_base: string;
  readonly extradata_size: number;
}

interface ProbeAnswer {
  readonly streams: readonly ProbedStream[];
  readonly packets: readonly Record<
    'stream_index' | 'pts' | 'dts' | 'duration' | 'size' | 'flags' | 'data_hash',
    string
  >[];
}

/** ffmpeg and ffprobe, with bytes in and bytes out; nothing touches a disk. */
export class MediaTools {
  readonly #programs = locateFfmpeg({});

  /** Standard output of ffmpeg. */
  async ffmpeg(args: readonly string[], input: Uint8Array = new Uint8Array(0)): Promise<Uint8Array> {
    return runProgram((await this.#programs).path, ['-v', 'error', ...args], input);
  }

  /** Streams and packets of a file in memory; `format` is FFmpeg's name of it, undefined to let it guess. */
  async probe(
    bytes: Uint8Array,
    format?: string,
  ): Promise<{ readonly streams: readonly ProbedStream[]; readonly packets: readonly ProbedPacket[] }> {
    const shown = ['-show_streams', '-show_packets', '-show_data_hash', 'MD5', '-of', 'json'];
    const forced = format === undefined ? [] : ['-f', format];
    const args = ['-v', 'error', ...shown, ...forced, '-i', 'pipe:0'];
    const answer = await runProgram((await this.#programs).ffprobePath, args, bytes);
    const { streams, packets } = JSON.parse(new TextDecoder().decode(answer)) as ProbeAnswer;
    return {
      streams,
      packets: packets.map((packet) => ({
        stream: Number(packet.stream_index),
        pts: Number(packet.pts),
        dts: Number(packet.dts),
        duration: Number(packet.duration),
        keyframe: packet.flags.startsWith('K'),
        size: Number(packet.size),
        md5: packet.data_hash.replace('MD5:', ''),
      })),
    };
  }
}

/** As ffprobe prints it. */
export function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

/** FFmpeg's moving test picture as an input, `frames` pictures of 30 a second. */
export function testPicture(size: string, frames: number): string[] {
  return ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=30,trim=end_frame=${frames}`];
}

/** A tone as an input. */
export function testTone(seconds: number): string[] {
  return ['-f', 'lavfi', '-i', `aevalsrc='0.25*sin(2*PI*440*t)':s=48000:d=${seconds}`];
}

/** Hands `bytes` over in pieces of `size` bytes. */
export function inChunks(bytes: Uint8Array, size: number, push: (chunk: Uint8Array) => void): void {
  for (let at = 0; at < bytes.length; at += size) push(bytes.subarray(at, at + size));
}

function runProgram(path: string, args: readonly string[], input: Uint8Array): Promise<Uint8Array> {
  const child = spawn(path, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  // A program that has seen enough closes its input: its exit code says whether that was right.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0 && complaint === '') resolve(new Uint8Array(Buffer.concat(output)));
      else reject(new Error(`${path} ended with code ${code}: ${complaint}`));
    });
  });
}
