/** One FFmpeg run of a render: several inputs, or pictures that are made while it runs. */
import type { Writable } from 'node:stream';
import { FfmpegError } from '../../errors.ts';
import { createSpawner, type FfmpegProcess } from '../../ffmpeg/ffmpeg-process.ts';
import { LineSplitter } from '../../ffmpeg/line-splitter.ts';
import type { Logger } from '../../logger.ts';
import { bindToParent } from '../../util/bind-to-parent.ts';
import type { Clock, Disposer } from '../../util/clock.ts';
import { outwait } from '../../util/patience.ts';

/** What every run of a render needs. */
export interface RunContext {
  readonly ffmpegPath: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Gives the work up; no process stays behind. */
  readonly signal: AbortSignal;
}

/** What to run. */
export interface RenderRun extends RunContext {
  /** For logs. */
  readonly label: string;
  readonly args: readonly string[];
  /** Seconds of output made so far. */
  readonly onProgress?: (seconds: number) => void;
  /** Writes to standard input until it returns; `gone` aborts when nobody reads any more. Its failure ends the run. */
  readonly feed?: (input: Writable, gone: AbortSignal) => Promise<void>;
}

/** Without any more output for so long it has hung, even on a slow disk. */
const SILENCE_MS = 300_000;
const TAIL_LINES = 5;
const BASE = ['-hide_banner', '-nostdin', '-y', '-nostats', '-stats_period', '0.5', '-progress', 'pipe:1'];

/**
 * Runs FFmpeg to its end; gives the last lines it said.
 * @throws FfmpegError with its last lines when it fails, hangs or is given up; else what `feed` threw.
 */
export async function runForRender(run: RenderRun): Promise<readonly string[]> {
  const { clock, log, label, signal, feed } = run;
  // Nobody waits for it once we are gone: another worker does all of it again.
  const [program, ...before] = await bindToParent([run.ffmpegPath]);
  if (signal.aborted) throw new FfmpegError('FFmpeg was not started, for the work was given up');
  const child = createSpawner(program)([...before, ...BASE, ...run.args], { label, log, clock });
  let stopped: string | undefined;
  const stop = (reason: string): void => {
    stopped ??= reason;
    void child.stop();
  };
  const onAbort = (): void => stop('was ended, for the work was given up');
  signal.addEventListener('abort', onAbort, { once: true });
  const unwatch = watchProgress(child, run, () => stop('showed no sign of life'));
  const gone = new AbortController();
  const feeding = feed?.(child.input, gone.signal).then(
    () => void child.input.end(),
    (error: unknown) => {
      stop('was ended, for its pictures could not be made');
      return error;
    },
  );
  if (!feed) child.input.end();
  const result = await child.exit;
  gone.abort();
  const fault = await feeding;
  unwatch();
  signal.removeEventListener('abort', onAbort);
  if (stopped === undefined && result.kind === 'stopped') return result.stderrTail;
  if (fault instanceof Error && !signal.aborted && result.kind !== 'failed') throw fault;
  const reason = stopped ?? (result.signal ? `was ended by ${result.signal}` : 'failed');
  const words = result.stderrTail.slice(-TAIL_LINES).join(' / ');
  throw new FfmpegError(`FFmpeg ${reason}${words === '' ? '' : `: ${words}`}`);
}

/** Tells how far it is, and once when it says nothing more, until it is no longer watched. */
function watchProgress(
  child: Pick<FfmpegProcess, 'output'>,
  { clock, onProgress }: Pick<RenderRun, 'clock' | 'onProgress'>,
  onSilence: () => void,
): Disposer {
  // Time in which this process stood still itself, with its whole machine or container, was no silence.
  const patience = { ms: SILENCE_MS, mostMs: 2 * SILENCE_MS };
  let cancel = outwait(clock, patience, onSilence);
  let newest = -1;
  const lines = new LineSplitter((line) => {
    const [key, value] = line.split('=', 2);
    const seconds = key === 'out_time_us' ? Number(value) / 1e6 : Number.NaN;
    if (!(seconds > newest)) return;
    newest = seconds;
    cancel();
    cancel = outwait(clock, patience, onSilence);
    onProgress?.(seconds);
  });
  child.output.on('data', (chunk: Buffer) => lines.push(chunk));
  return () => cancel();
}
