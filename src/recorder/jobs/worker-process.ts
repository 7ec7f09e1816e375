/** The archive worker as a child of the server: started again when it dies, ended with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Logger } from '../../logger.ts';
import type { Clock } from '../../util/clock.ts';
import type { RetryPolicy } from '../../util/retry.ts';
import { waitForExit } from './child-guard.ts';
import { keepRunning } from './keep-running.ts';

/** Options of a worker process. */
export interface WorkerProcessOptions {
  /** Program and arguments. It gets an IPC channel, whose end means that the server is gone. */
  readonly command: readonly [string, ...string[]];
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly restart?: RetryPolicy;
  /** Milliseconds a running job gets to finish at the end; an unfinished one goes to the next worker. Default 10 000. */
  readonly graceMs?: number;
}

const GRACE_MS = 10_000;
// Archives wait as long as it takes, so nobody gives up.
const RESTART: RetryPolicy = { firstMs: 500, maxMs: 30_000, attempts: Number.MAX_SAFE_INTEGER, forgetAfterMs: 60_000 };

/** Runs until closed. */
export class WorkerProcess {
  readonly #options: WorkerProcessOptions;
  readonly #stop = new AbortController();
  readonly #supervision: Promise<void>;
  #child: ChildProcess | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: WorkerProcessOptions) {
    this.#options = options;
    const { clock, log, restart: policy = RESTART } = options;
    this.#supervision = keepRunning({
      clock,
      policy,
      signal: this.#stop.signal,
      live: () => this.#run(),
      onEnd: (exit, delay) => log.error('the archive worker ended and is started again', { exit, delay }),
    });
  }

  /** Process id of the running worker; undefined between a crash and the restart. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** TERM, some patience, KILL; resolves when it is gone. Repeated calls give the same promise. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#stop.abort();
    const child = this.#child;
    if (child) {
      child.kill('SIGTERM');
      await waitForExit(child, this.#options.graceMs ?? GRACE_MS, this.#options.clock);
    }
    await this.#supervision;
  }

  /** One life of the child; gives how it ended. */
  #run(): Promise<string> {
    const [program, ...args] = this.#options.command;
    const child = spawn(program, args, {
      env: this.#options.env,
      // Its log goes where ours goes.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Ctrl-C in a terminal must reach it through us only, so that it can finish.
      detached: true,
    });
    this.#child = child;
    return new Promise((resolve) => {
      const settle = (exit: string): void => {
        if (this.#child === child) this.#child = undefined;
        resolve(exit);
      };
      child.on('error', (error) => {
        if (child.pid === undefined) settle(error.message);
      });
      child.once('exit', (code, signal) => settle(String(signal ?? code)));
    });
  }
}
