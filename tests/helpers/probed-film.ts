/** What ffprobe finds in a film: a file or a playlist. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MAX_BYTES = 64 * 1024 * 1024;

/** A packet as its container has it; times in units of its track. */
export interface ProbedPacket {
  readonly pts: number;
  readonly duration: number;
  readonly flags: string;
}

/** The packets of its pictures or of its sound, in the order of the file. */
export async function packetsOf(input: string, kind: 'v' | 'a'): Promise<readonly ProbedPacket[]> {
  const entries = ['-show_entries', 'packet=pts,duration,flags', '-of', 'json'];
  const args = ['-v', 'error', '-select_streams', kind, ...entries, input];
  const { stdout } = await run('ffprobe', args, { maxBuffer: MAX_BYTES });
  return (JSON.parse(stdout) as { readonly packets: readonly ProbedPacket[] }).packets;
}

/** The differences between the times of packets that follow one another, each once. */
export function stepsOf(packets: readonly ProbedPacket[]): number[] {
  return [...new Set(packets.slice(1).map(({ pts }, index) => pts - (packets[index]?.pts ?? 0)))];
}

/** Decodes all of its pictures, and counts them. @throws Error with FFmpeg's complaints when it has any. */
export async function decodedFrames(input: string): Promise<number> {
  const entries = ['-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0'];
  const args = ['-v', 'error', '-count_frames', '-select_streams', 'v', ...entries, input];
  const { stdout, stderr } = await run('ffprobe', args);
  if (stderr !== '') throw new Error(stderr);
  return Number(stdout.trim());
}
