/**
 * One-shot FFmpeg runs through fluent-ffmpeg: the only module that imports it. It joins option arrays and splits them at
 * spaces again, so options are given to it one by one; and a kill before its child exists is lost, so it waits for `start`.
 */
import { resolve } from 'node:path';
import ffmpeg from 'fluent-ffmpeg';
import { FfmpegError } from '../errors.ts';
import type { Clock, Disposer } from '../util/clock.ts';

/** One option of FFmpeg with its value, if it takes one. */
export type FfmpegOption = readonly [name: string, value?: string];

/** A run over one local file. */
export interface FfmpegRun {
  readonly ffmpegPath: string;
  readonly input: string;
  /** Options of the input, for example `['-ss', '1.5']`. */
  readonly inputOptions: readonly FfmpegOption[];
  /** Overwritten when it exists. */
  readonly output: string;
  readonly outputOptions: readonly FfmpegOption[];
  readonly clock: Clock;
  /** Ends the run early. */
  readonly signal?: AbortSignal;
  /** Seconds of output made so far. */
  readonly onProgress?: (seconds: number) => void;
  /** Milliseconds without any sign of life after which the run is ended; default ten minutes, for slow disks. */
  readonly silenceMs?: number;
}

const SILENCE_MS = 600_000;
const GRACE_MS = 5000;
const TAIL_LINES = 5;

/**
 * Runs FFmpeg to its end; it may open nothing but local files.
 * @throws FfmpegError with its last lines when it fails, hangs or is aborted.
 */
export async function runFfmpeg(run: FfmpegRun): Promise<void> {
  if (run.signal?.aborted) throw new FfmpegError('FFmpeg was not started, for the work was given up');
  const command = buildCommand(run);
  const stopper = new Stopper(command, run.clock);
  const onAbort = (): void => stopper.stop('was ended, for the work was given up');
  run.signal?.addEventListener('abort', onAbort, { once: true });
  const silenceMs = run.silenceMs ?? SILENCE_MS;
  try {
    await new Promise<void>((done, fail) => {
      command.on('start', () => stopper.started());
      command.on('progress', (progress: { timemark?: string }) => {
        stopper.watch(silenceMs);
        run.onProgress?.(seconds(progress.timemark));
      });
      command.on('end', () => done());
      command.on('error', (error: Error, _stdout: unknown, stderr: unknown) => {
        fail(new FfmpegError(`FFmpeg ${stopper.reason ?? 'failed'}: ${tail(stderr) || error.message}`, error));
      });
      stopper.watch(silenceMs);
      command.run();
    });
  } finally {
    stopper.dispose();
    run.signal?.removeEventListener('abort', onAbort);
  }
}

/** The arguments of a run, without starting it; for tests. */
export function ffmpegArguments(run: FfmpegRun): string[] {
  return buildCommand(run)._getArguments();
}

/** fluent-ffmpeg's own methods that its types leave out. */
interface HiddenMethods {
  _getArguments(): string[];
  _checkCapabilities: (callback: (error?: Error) => void) => void;
}

function buildCommand(run: FfmpegRun): ffmpeg.FfmpegCommand & HiddenMethods {
  // Behind `file:` an absolute path is never an option nor another protocol.
  const command = ffmpeg({ stdoutLines: 50 }) as ffmpeg.FfmpegCommand & HiddenMethods;
  command.setFfmpegPath(run.ffmpegPath);
  command.input(`file:${resolve(run.input)}`);
  command.inputOptions('-hide_banner');
  command.inputOptions('-nostdin');
  command.inputOptions('-y');
  command.inputOptions('-protocol_whitelist', 'file');
  for (const option of run.inputOptions) command.inputOptions(...defined(option));
  for (const option of run.outputOptions) command.outputOptions(...defined(option));
  command.output(`file:${resolve(run.output)}`);
  // It would run `ffmpeg -formats` and `-encoders` first, and misreads the answers of newer versions.
  command._checkCapabilities = (callback) => callback();
  return command;
}

function defined(option: FfmpegOption): [string, ...string[]] {
  return option[1] === undefined ? [option[0]] : [option[0], option[1]];
}

/** Ends a command: INT, at which FFmpeg finishes its file, then TERM, then KILL. */
class Stopper {
  readonly #command: ffmpeg.FfmpegCommand;
  readonly #clock: Clock;
  #timers: Disposer[] = [];
  #silence: Disposer = () => {};
  #running = false;
  #reason: string | undefined;

  constructor(command: ffmpeg.FfmpegCommand, clock: Clock) {
    this.#command = command;
    this.#clock = clock;
  }

  /** Why it was stopped; undefined when it was not. */
  get reason(): string | undefined {
    return this.#reason;
  }

  started(): void {
    this.#running = true;
    if (this.#reason !== undefined) this.#escalate();
  }

  stop(reason: string): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    if (this.#running) this.#escalate();
  }

  /** Stops the command unless called again, or disposed, within `ms` milliseconds. */
  watch(ms: number): void {
    this.#silence();
    this.#silence = this.#clock.after(ms, () => this.stop('showed no sign of life'));
  }

  dispose(): void {
    this.#silence();
    for (const cancel of this.#timers) cancel();
  }

  #escalate(): void {
    this.#command.kill('SIGINT');
    this.#timers = (['SIGTERM', 'SIGKILL'] as const).map((signal, index) =>
      this.#clock.after((index + 1) * GRACE_MS, () => this.#command.kill(signal)),
    );
  }
}

function seconds(timemark: string | undefined): number {
  const match = /^(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(timemark ?? '');
  if (!match) return 0;
  return Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
}

function tail(stderr: unknown): string {
  const lines = typeof stderr === 'string' ? stderr.trim().split('\n') : [];
  return lines.slice(-TAIL_LINES).join(' / ');
}
