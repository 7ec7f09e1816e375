/** Where FFmpeg is. */
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConfigError } from '../errors.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import { run } from './run.ts';

/** A pair of programs that run. `path` may be a bare name, which the system looks up on PATH. */
export interface FfmpegLocation {
  readonly path: string;
  readonly ffprobePath: string;
  /** As printed, for example `5.1.9-0+deb12u1`. */
  readonly version: string;
  readonly origin: 'configured' | 'ffmpeg-static' | 'path';
}

/** Options of the search. */
export interface LocateOptions {
  /** The configured binary (`ffmpeg.path`, `FFMPEG_PATH`): when it is given and not empty, nothing else is tried. */
  readonly configured?: string;
  readonly clock?: Clock;
  /** For tests: the binary of the package `ffmpeg-static`, undefined when it is not installed. */
  readonly bundled?: () => Promise<string | undefined>;
}

const TIMEOUT_MS = 10_000;
/** The first with `-fps_mode`. */
const OLDEST = [5, 1] as const;
const REMEDY =
  'Install it (Debian and Ubuntu: apt-get install ffmpeg; macOS: brew install ffmpeg), or set FFMPEG_PATH to the binary.';

/**
 * Finds an FFmpeg that really runs: the configured one, else the one of `ffmpeg-static`, else `ffmpeg` on PATH.
 * @throws ConfigError that names the places, what was wrong there, and the remedy.
 */
export async function locateFfmpeg(options: LocateOptions): Promise<FfmpegLocation> {
  const clock = options.clock ?? systemClock;
  const tried: string[] = [];
  for (const { origin, path, name } of await places(options)) {
    if (path === undefined) {
      tried.push(`${name} (not installed)`);
      continue;
    }
    const found = await check(path, clock);
    if ('problem' in found) {
      tried.push(`${name} (${found.problem})`);
      continue;
    }
    return { path, ffprobePath: await locateFfprobe(path, clock), version: found.version, origin };
  }
  throw new ConfigError(`No usable FFmpeg was found: looked at ${tried.join(', ')}. ${REMEDY}`);
}

interface Place {
  readonly origin: FfmpegLocation['origin'];
  readonly path: string | undefined;
  readonly name: string;
}

async function places(options: LocateOptions): Promise<Place[]> {
  const { configured } = options;
  if (configured !== undefined && configured !== '') {
    return [{ origin: 'configured', path: configured, name: `the configured path ${configured}` }];
  }
  const bundled = await (options.bundled ?? bundledBinary)();
  return [
    { origin: 'ffmpeg-static', path: bundled, name: 'the npm package ffmpeg-static' },
    { origin: 'path', path: 'ffmpeg', name: 'ffmpeg on PATH' },
  ];
}

/** The package is optional, and its binary a download that install scripts may not have been allowed to make. */
async function bundledBinary(): Promise<string | undefined> {
  try {
    const path = (await import('ffmpeg-static')).default as unknown;
    if (typeof path !== 'string') return undefined;
    await access(path);
    return path;
  } catch {
    return undefined;
  }
}

async function check(path: string, clock: Clock): Promise<{ version: string } | { problem: string }> {
  const { stdout, failure } = await run(path, ['-version'], { clock, timeoutMs: TIMEOUT_MS });
  if (failure !== undefined) return { problem: failure };
  const version = /^ffmpeg version (\S+)/.exec(stdout)?.[1];
  if (version === undefined) return { problem: 'it is not FFmpeg' };
  if (isTooOld(version)) return { problem: `version ${version} is older than ${OLDEST.join('.')}` };
  return { version };
}

/** Builds between releases have names without a number, for example `N-1234-gabcdef`; they are recent. */
function isTooOld(version: string): boolean {
  const match = /^n?(\d+)\.(\d+)/.exec(version);
  if (!match) return false;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

/** Beside the binary, else on PATH. */
async function locateFfprobe(ffmpegPath: string, clock: Clock): Promise<string> {
  const beside = ffmpegPath.includes('/') ? [join(dirname(ffmpegPath), 'ffprobe')] : [];
  for (const path of [...beside, 'ffprobe']) {
    const { stdout, failure } = await run(path, ['-version'], { clock, timeoutMs: TIMEOUT_MS });
    if (failure === undefined && stdout.startsWith('ffprobe version ')) return path;
  }
  throw new ConfigError(`FFmpeg is there (${ffmpegPath}), but ffprobe is neither beside it nor on PATH. ${REMEDY}`);
}
