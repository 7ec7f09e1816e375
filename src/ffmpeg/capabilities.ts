/** Whether an FFmpeg was built with all that is used here. */
import type { Clock } from '../util/clock.ts';
import { run } from './run.ts';

/** What is missing, by FFmpeg's own names; empty lists: everything is there. */
export interface MissingCapabilities {
  readonly encoders: readonly string[];
  readonly decoders: readonly string[];
  readonly filters: readonly string[];
  readonly muxers: readonly string[];
}

const TIMEOUT_MS = 10_000;
const NEEDED = {
  encoders: ['libx264', 'aac', 'libopus', 'rawvideo'],
  decoders: ['h264', 'vp8', 'rawvideo', 'pcm_f32le'],
  filters: ['scale', 'pad', 'fps', 'aresample'],
  muxers: ['nut', 'flv', 'mp4', 'matroska'],
} as const;

/** Compares FFmpeg's lists with what the server needs. A list that cannot be read counts as empty. */
export async function missingCapabilities(ffmpegPath: string, clock: Clock): Promise<MissingCapabilities> {
  const missing = async (kind: keyof typeof NEEDED): Promise<string[]> => {
    const { stdout } = await run(ffmpegPath, ['-hide_banner', `-${kind}`], { clock, timeoutMs: TIMEOUT_MS });
    const names = listedNames(stdout);
    return NEEDED[kind].filter((name) => !names.has(name));
  };
  const [encoders, decoders, filters, muxers] = await Promise.all([
    missing('encoders'),
    missing('decoders'),
    missing('filters'),
    missing('muxers'),
  ]);
  return { encoders, decoders, filters, muxers };
}

/** Whether this FFmpeg has a filter; false when its list cannot be read. */
export async function hasFilter(ffmpegPath: string, name: string, clock: Clock): Promise<boolean> {
  const { stdout } = await run(ffmpegPath, ['-hide_banner', '-filters'], { clock, timeoutMs: TIMEOUT_MS });
  return listedNames(stdout).has(name);
}

/** Names of all encoders of this FFmpeg; none when its list cannot be read. */
export async function listedEncoders(ffmpegPath: string, clock: Clock): Promise<ReadonlySet<string>> {
  const { stdout } = await run(ffmpegPath, ['-hide_banner', '-encoders'], { clock, timeoutMs: TIMEOUT_MS });
  return listedNames(stdout);
}

/** Names of a list as FFmpeg prints it: flags, name, description; muxers may have several names with commas. */
export function listedNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const line of text.split('\n')) {
    const match = /^ [A-Z.|]+ +(\S+)/.exec(line) ?? /^ {1,2}[DE ]+ (\S+)/.exec(line);
    for (const name of match?.[1]?.split(',') ?? []) names.add(name);
  }
  return names;
}
