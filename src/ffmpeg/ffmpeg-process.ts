/** The supervisor of one FFmpeg child: exact start, exact end, nothing left behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Clock } from '../util/clock.ts';
import { type DirectReader, pourInto } from './direct-reader.ts';
import type { Forker } from './forker.ts';
import { LineSplitter } from './line-splitter.ts';
import { isHeldUp } from './processor-time.ts';
import { ProgressWatchdog } from './progress-watchdog.ts';

/**
 * How it ended. `stopped`: in good order, after `stop` or by itself with code 0 (see `stopRequested` to tell them apart);
 * `failed`: by itself, with another code or a signal, or it never started; `killed`: the supervisor had to use SIGKILL.
 */
export interface ExitResult {
  readonly kind: 'stopped' | 'failed' | 'killed';
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last lines of standard error, at most 200. */
  readonly stderrTail: readonly string[];
}

/** A running FFmpeg. Its owner must read `output` to the end, or call `stop`. */
export interface FfmpegProcess {
  /** Undefined when it could not be started, or has not been yet. */
  readonly pid: number | undefined;
  /** Standard input. Broken pipes are no error here: `exit` tells why the process went. */
  readonly input: Writable;
  /** Standard output; empty when it is read directly. */
  readonly output: Readable;
  /** Whether `stop` has been called. */
  readonly stopRequested: boolean;
  /** Never rejects. Settles when the process is gone and its output is read. */
  readonly exit: Promise<ExitResult>;
  /** Ends the input, then SIGINT, SIGTERM, SIGKILL to the whole group, `graceMs` apart. Repeated calls give the same promise. */
  stop(): Promise<ExitResult>;
}

/** Options of one run. */
export interface SpawnOptions {
  /** For logs, for example `decoder`. */
  readonly label: string;
  readonly log: Logger;
  readonly clock: Clock;
  /**
   * Kills the process when its frames and output time have not grown for this long; undefined: never. Up to three times as long where
   * it only lacks a processor.
   */
  readonly progressTimeoutMs?: number;
  /** Whether a process only lacks a processor; default: what the system says. */
  readonly isHeldUp?: ((pid: number) => boolean) | undefined;
  readonly onStderrLine?: (line: string) => void;
  /** Takes standard output instead of `output`. */
  readonly readInto?: DirectReader;
  /** Milliseconds between the steps of `stop`; default 2000. */
  readonly graceMs?: number;
}

/** Starts FFmpeg with these arguments. Never throws: a start that fails is an `exit` of kind `failed`. */
export type SpawnFfmpeg = (args: readonly string[], options: SpawnOptions) => FfmpegProcess;

const TAIL_LINES = 200;
const LOGGED_LINES = 5;
const DEFAULT_GRACE_MS = 2000;
const PROGRESS_FD = 3;
const PROGRESS_PERIOD_SECONDS = 0.5;

/**
 * A `SpawnFfmpeg` for this binary. A signal to the server's group misses its children: each leads one of its own, or is in its forker's.
 * @param forker starts those whose output is read directly, with a lower priority; without it, or when it is not ready, the
 *   caller stands still for each start, and their output is copied once more.
 */
export function createSpawner(ffmpegPath: string, forker?: Forker): SpawnFfmpeg {
  return (args, options) => new SupervisedProcess(ffmpegPath, args, options, forker);
}

/** A `ChildProcess`, or what a forker starts. */
interface Child {
  readonly pid?: number | undefined;
  readonly stdin: Writable | null;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  readonly stdio: readonly (Readable | Writable | null | undefined)[];
  /** Only where it leads no group. */
  signal?(signal: NodeJS.Signals): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
  once(event: 'spawn' | 'exit', listener: () => void): unknown;
  once(event: 'close', listener: (code: number | null, signal: NodeJS.Signals | null) => void): unknown;
}

class SupervisedProcess implements FfmpegProcess {
  readonly input: Writable;
  readonly output: Readable;
  readonly exit: Promise<ExitResult>;
  readonly #options: SpawnOptions;
  readonly #graceMs: number;
  readonly #tail: string[] = [];
  readonly #exited: Promise<void>;
  #markExited = (): void => {};
  #child: Child | undefined;
  #stopping: Promise<ExitResult> | undefined;
  #killed = false;

  constructor(path: string, args: readonly string[], options: SpawnOptions, forker: Forker | undefined) {
    this.#options = options;
    this.#graceMs = options.graceMs ?? DEFAULT_GRACE_MS;
    this.#exited = new Promise((resolve) => {
      this.#markExited = resolve;
    });
    const { readInto } = options;
    const apart = readInto && options.progressTimeoutMs === undefined;
    this.#child = apart ? forker?.start(path, args, readInto) : undefined;
    if (!this.#child) this.#startHere(path, args);
    // Without a process (out of file descriptors, for example) there are no pipes either: stand-ins swallow and end.
    this.input = this.#child?.stdin ?? new PassThrough().resume();
    this.output = this.#child?.stdout ?? new PassThrough().end();
    this.input.on('error', () => {});
    this.output.on('error', () => {});
    this.exit = this.#watch();
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get stopRequested(): boolean {
    return this.#stopping !== undefined;
  }

  stop(): Promise<ExitResult> {
    this.#stopping ??= this.#escalate();
    return this.#stopping;
  }

  #startHere(path: string, args: readonly string[]): void {
    const { readInto } = this.#options;
    this.#child = this.#start(path, args);
    if (readInto) this.#child?.stdout?.on('data', (chunk: Buffer) => pourInto(readInto, chunk));
  }

  #start(path: string, args: readonly string[]): ChildProcess | undefined {
    const watched = this.#options.progressTimeoutMs !== undefined;
    const progress = ['-progress', `pipe:${PROGRESS_FD}`, '-stats_period', String(PROGRESS_PERIOD_SECONDS)];
    try {
      return spawn(path, watched ? [...progress, ...args] : args, {
        stdio: ['pipe', 'pipe', 'pipe', watched ? 'pipe' : 'ignore'],
        detached: true,
        windowsHide: true,
      });
    } catch (error) {
      this.#remember(startFailure(error));
      return undefined;
    }
  }

  async #watch(): Promise<ExitResult> {
    const ended = await this.#ended();
    const stopped = ended.code === 0 || (this.stopRequested && this.pid !== undefined);
    const kind = this.#killed ? 'killed' : stopped ? 'stopped' : 'failed';
    const result: ExitResult = { kind, ...ended, stderrTail: this.#tail };
    const { label, log } = this.#options;
    const fields = { label, pid: this.pid, code: result.code, signal: result.signal };
    if (kind === 'stopped') {
      log.debug('ffmpeg ended', fields);
    } else {
      log.warn(kind === 'failed' ? 'ffmpeg failed' : 'ffmpeg had to be killed', {
        ...fields,
        stderr: this.#tail.slice(-LOGGED_LINES),
      });
    }
    return result;
  }

  /** Settles once the process is gone and all its pipes are closed. */
  #ended(): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    const child = this.#child;
    if (!child) {
      this.#markExited();
      return Promise.resolve({ code: null, signal: null });
    }
    const lines = new LineSplitter((line) => this.#remember(line));
    child.stderr?.on('data', (chunk: Buffer) => lines.push(chunk));
    child.stderr?.on('error', () => {});
    const watchdog = this.#watchProgress(child);
    return new Promise((resolve) => {
      let closePipes = (): void => {};
      const finish = (code: number | null, signal: NodeJS.Signals | null): void => {
        closePipes();
        watchdog?.close();
        lines.end();
        this.#markExited();
        resolve({ code, signal });
      };
      child.on('error', (error) => {
        // Also emitted when a signal cannot be sent; only a process that never was has no pid.
        if (child.pid !== undefined) return;
        this.#remember(startFailure(error));
        this.input.destroy();
        finish(null, null);
      });
      child.once('exit', () => {
        watchdog?.close();
        this.#markExited();
        this.input.destroy();
        // Whatever it had started goes too, or it would hold the pipes open.
        this.#signal('SIGKILL');
        // 'close' waits for readers of the output; one that has stopped reading must not keep it from coming.
        closePipes = this.#options.clock.after(this.#graceMs, () => {
          for (const stream of child.stdio) stream?.destroy();
        });
      });
      child.once('close', finish);
    });
  }

  #watchProgress(child: Child): ProgressWatchdog | undefined {
    const { clock, progressTimeoutMs, isHeldUp: looksHeldUp = isHeldUp } = this.#options;
    const { pid } = child;
    // Out of file descriptors there is not even the list of pipes, whatever its type says.
    const pipe = (child.stdio as Child['stdio'] | undefined)?.[PROGRESS_FD];
    if (progressTimeoutMs === undefined || !pipe || pid === undefined) return undefined;
    const watchdog = new ProgressWatchdog({
      clock,
      timeoutMs: progressTimeoutMs,
      isHeldUp: () => looksHeldUp(pid),
      onHung: () => {
        this.#remember(`No progress for ${progressTimeoutMs} ms`);
        this.#kill();
      },
    });
    pipe.on('data', (chunk: Buffer) => watchdog.push(chunk));
    pipe.on('error', () => {});
    return watchdog;
  }

  async #escalate(): Promise<ExitResult> {
    this.input.end();
    // When nobody reads any more, a full pipe must not keep FFmpeg from ending by itself.
    if (this.output.listenerCount('data') === 0 && this.output.listenerCount('readable') === 0) this.output.resume();
    if (!(await this.#exitedWithinGrace())) this.#signal('SIGINT');
    if (!(await this.#exitedWithinGrace())) this.#signal('SIGTERM');
    if (!(await this.#exitedWithinGrace())) this.#kill();
    return this.exit;
  }

  /** True as soon as the process is gone, false after the grace time. */
  #exitedWithinGrace(): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.after(this.#graceMs, () => resolve(false));
      void this.#exited.then(() => {
        cancel();
        resolve(true);
      });
    });
  }

  #kill(): void {
    this.#killed = true;
    this.#signal('SIGKILL');
  }

  /** To the whole group where it leads one. That nobody is left is no error. */
  #signal(signal: NodeJS.Signals): void {
    if (this.#child?.signal) this.#child.signal(signal);
    if (this.#child?.signal || this.pid === undefined) return;
    try {
      process.kill(-this.pid, signal);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== 'ESRCH') this.#options.log.warn('ffmpeg could not be signalled', { signal, pid: this.pid, code });
    }
  }

  #remember(line: string): void {
    this.#tail.push(line);
    if (this.#tail.length > TAIL_LINES) this.#tail.shift();
    this.#options.onStderrLine?.(line);
  }
}

function startFailure(error: unknown): string {
  return `FFmpeg could not be started (${messageOf(error)}): install it or set FFMPEG_PATH, then try again`;
}
