/** `gridcast bench viewers --url URL --n 300`: how a server bears viewers. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { BadRequestError, UnavailableError } from '../../errors.ts';
import { systemClock } from '../../util/clock.ts';
import { onInterrupt } from '../interrupt.ts';
import { tieValues } from '../option-values.ts';
import { whyUnreachable } from '../unreachable.ts';
import { TransferError } from './line.ts';
import { formatReport, summarize } from './load-report.ts';
import { kindOf } from './playlist-follower.ts';
import { askServerClock } from './server-clock.ts';
import { openLines, openMultivariant } from './viewer.ts';
import { type LoadPlan, ViewerThreads } from './viewer-threads.ts';

/** Printed by `gridcast bench --help`. */
export const VIEWERS_HELP = `gridcast bench viewers --url URL [options]

Opens many viewers of a live stream and tells how they fare. Each has connections of its own, reloads the playlist as
low-latency players do (held reloads, updates, gzip), loads every part once it is listed, and plays it in a simulated
buffer. Where the server does not hold reloads, they ask again and again.

  --url URL      the multivariant playlist, for example http://127.0.0.1:8080/hls/demo/index.m3u8 (required)
  --n N          viewers (default 300)
  --seconds S    measured for so long, after everybody has joined (default 60)
  --ramp S       they join spread over this time (default 5)
  --workers N    threads they live in (default: the processors but one, at most 4)
  --h2           HTTP/2, one connection for each viewer (else HTTP/1.1, two)
  --insecure     do not check the server's certificate (NODE_EXTRA_CA_CERTS names the file of an authority to trust)
  --json         print the figures as JSON instead of a table

What is measured, in milliseconds:

  listed to complete  from the moment at which the first of all viewers has an answer that lists a part, to the moment
                      at which one of them has the part's last byte; one sample for each viewer and part
  end to complete     from the end of a part by PROGRAM-DATE-TIME, on the program's clock (GET /api/time?room=ROOM; this
                      machine's if there is none), to its last byte at a viewer
  glass to glass      age of the picture on a viewer's screen, looked at with each part: players start PART-HOLD-BACK
                      behind the end of the playlist, play at normal speed and after a stall go on later for good
  stalls              moments at which such a player had nothing left to play

Parts that were there before a viewer came count for the start alone. Sound that is a playlist of its own is followed
like the picture, and its parts and stalls count as well. The exit code is 1 when there was an error, or nothing to see.
`;

const OPTIONS = {
  url: { type: 'string' },
  n: { type: 'string', default: '300' },
  seconds: { type: 'string', default: '60' },
  ramp: { type: 'string', default: '5' },
  workers: { type: 'string' },
  h2: { type: 'boolean', default: false },
  insecure: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

const MAX_VIEWERS = 20_000;
const MAX_WORKERS = 64;
const MAX_SECONDS = 3600;
const PROGRESS_MS = 10_000;

/** Runs until the time is over or Ctrl-C; gives the exit code. @throws AppError with one sentence for the person. */
export async function viewersCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: tieValues(args, OPTIONS), options: OPTIONS });
  const url = playlistUrl(values.url);
  const viewers = numberFrom('--n', values.n, 1, MAX_VIEWERS, true);
  const most = Math.max(1, Math.min(4, availableParallelism() - 1));
  const { h2, insecure } = values;
  const plan: LoadPlan = {
    url: url.href,
    viewers,
    rampSeconds: numberFrom('--ramp', values.ramp, 0, MAX_SECONDS, false),
    seconds: numberFrom('--seconds', values.seconds, 0.1, MAX_SECONDS, false),
    threads: numberFrom('--workers', values.workers ?? String(most), 1, MAX_WORKERS, true),
    h2,
    insecure,
    wallOffsetMs: await look(url, h2, insecure),
  };
  const threads = new ViewerThreads(plan, systemClock);
  const stopListening = onInterrupt(() => threads.stop());
  const stopProgress = systemClock.every(PROGRESS_MS, () => {
    const { requests, errors } = threads.progress;
    process.stderr.write(`${requests} requests, ${errors} errors\n`);
  });
  try {
    const report = summarize(plan, await threads.run());
    process.stdout.write(values.json ? `${JSON.stringify(report, undefined, 2)}\n` : formatReport(report));
    return report.errorCount > 0 || report.played === 0 ? 1 : 0;
  } finally {
    stopProgress();
    stopListening();
  }
}

/** Whether there is anything to see, before hundreds come to see it; gives the offset of the server's clock. */
async function look(url: URL, h2: boolean, insecure: boolean): Promise<number> {
  const lines = openLines({ origin: new URL(url.origin), h2, insecure });
  try {
    await openMultivariant(lines, url);
    const { wallOffsetMs } = await askServerClock(lines.media, systemClock, roomOf(url));
    return wallOffsetMs;
  } catch (error) {
    if (error instanceof TransferError && error.fault === 'connect') {
      throw new UnavailableError('unreachable', whyUnreachable(url.origin, error));
    }
    throw new UnavailableError(
      'no_stream',
      `There is nothing to watch at ${url.href} (${kindOf(error)}). Is somebody in the room, and has the stream begun?`,
    );
  } finally {
    lines.close();
  }
}

/** The room that an address of the origin names; empty for another server's. */
function roomOf({ pathname }: URL): string {
  return /^\/hls\/([A-Za-z0-9_-]+)\//.exec(pathname)?.[1] ?? '';
}

function playlistUrl(text: string | undefined): URL {
  const example = 'http://127.0.0.1:8080/hls/demo/index.m3u8';
  if (text === undefined) {
    throw new BadRequestError(
      'usage',
      `Name the stream: gridcast bench viewers --url ${example}. If there is none yet, "gridcast demo" makes this one.`,
    );
  }
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return new URL(text);
  throw new BadRequestError('usage', `--url takes the address of a playlist, for example ${example}; not "${text}".`);
}

function numberFrom(option: string, text: string, min: number, max: number, whole: boolean): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? 'a whole number' : 'a number';
  throw new BadRequestError('usage', `${option} takes ${kind} from ${min} to ${max}; not "${text}".`);
}
