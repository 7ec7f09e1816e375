/**
 * Pipes for children's output. Those that Node makes for a child are read in fresh buffers of 64 KB, and frames are then copied
 * out of them; a pipe of our own is read straight into the frame, without garbage. Node cannot make one, `mkfifo` can.
 */
import { execFile, execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Both ends of a pipe, as file descriptors that the taker closes; children do not inherit them. */
export interface Fifo {
  readonly readFd: number;
  readonly writeFd: number;
}

/** Pipes that are ready, because making them takes a process: for a layout that changes every tile of a usual room. */
const SPARE = 16;

/** Owned by whoever owns the children. No name of a pipe outlives the making of it. */
export class FifoPool {
  #spare: Fifo[];
  #refilling: Promise<void> | undefined;
  #closed = false;

  /** @throws Error on systems without `mkfifo`. */
  constructor() {
    this.#spare = makeNow(SPARE);
  }

  /** A new pipe. */
  take(): Fifo {
    if (this.#spare.length <= SPARE / 2) this.#refill();
    return this.#spare.pop() ?? (makeNow(1)[0] as Fifo);
  }

  /** Pipes that were taken stay open. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#refilling;
    for (const { readFd, writeFd } of this.#spare.splice(0)) {
      closeSync(readFd);
      closeSync(writeFd);
    }
  }

  #refill(): void {
    if (this.#refilling || this.#closed) return;
    const folder = newFolder();
    const names = namesIn(folder, SPARE);
    this.#refilling = new Promise((resolve) => {
      execFile('mkfifo', ['-m', '600', ...names], (error) => {
        try {
          // Without them each pipe is made when it is needed.
          if (!error) this.#spare.push(...names.map(openBoth));
        } finally {
          rmSync(folder, { recursive: true, force: true });
          this.#refilling = undefined;
          resolve();
        }
      });
    });
  }
}

function makeNow(count: number): Fifo[] {
  const folder = newFolder();
  try {
    const names = namesIn(folder, count);
    execFileSync('mkfifo', ['-m', '600', ...names], { stdio: 'ignore' });
    return names.map(openBoth);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'gridcast-pipes-'));
}

function namesIn(folder: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => join(folder, String(index)));
}

function openBoth(name: string): Fifo {
  // Without O_NONBLOCK opening the first end would wait for the second.
  const readFd = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return { readFd, writeFd: openSync(name, 'w') };
  } catch (error) {
    closeSync(readFd);
    throw error;
  }
}
