/** A process of a bench: it ends when its row does, and by itself when the bench is gone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { sleep, systemClock } from '../../src/util/clock.ts';

/** How one was started. */
export interface BenchChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** Told its standard output, as it comes. */
  readonly onOutput?: (text: string) => void;
}

const GRACE_MS = 2000;
const KEPT_ERRORS = 2000;

/** `stop` resolves when the process is gone. */
export class BenchChild {
  readonly #process: ChildProcess;
  readonly #gone: Promise<void>;
  #errors = '';
  #ended = false;

  constructor({ command, args, onOutput }: BenchChildOptions) {
    this.#process = spawn(command, args, { stdio: ['ignore', onOutput ? 'pipe' : 'ignore', 'pipe'] });
    this.#process.stdout?.on('data', (chunk: Buffer) => onOutput?.(chunk.toString()));
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.#errors = (this.#errors + chunk.toString()).slice(-KEPT_ERRORS);
    });
    this.#gone = new Promise((resolve) => {
      const finish = (): void => {
        this.#ended = true;
        resolve();
      };
      this.#process.once('error', (error) => {
        this.#errors += error.message;
        finish();
      });
      this.#process.once('close', finish);
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** @throws Error with what it said, when it is not running any more. */
  check(): void {
    if (this.#ended) throw new Error(`A process ended early: ${this.#errors.trim() || 'it said nothing'}`);
  }

  async stop(): Promise<void> {
    if (this.#ended) return;
    this.#process.kill('SIGTERM');
    const settled = new AbortController();
    void this.#gone.then(() => settled.abort());
    await sleep(systemClock, GRACE_MS, settled.signal);
    if (!this.#ended) this.#process.kill('SIGKILL');
    await this.#gone;
  }
}
