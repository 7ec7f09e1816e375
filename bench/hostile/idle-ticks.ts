/** What the machine does meanwhile to a process that has nothing to do: what it holds up is not the mixer's own fault. */
import { fileURLToPath } from 'node:url';
import { LineSplitter } from '../../src/ffmpeg/line-splitter.ts';
import { BenchChild } from '../measure/child.ts';

const ENTRY = fileURLToPath(new URL('./idle-process.ts', import.meta.url));

/** Its owner closes it. */
export class IdleTicks {
  readonly #process: BenchChild;
  readonly #latenessMs: number[] = [];

  constructor() {
    const lines = new LineSplitter((line) => this.#latenessMs.push(Number(line)));
    this.#process = new BenchChild({
      command: process.execPath,
      args: [ENTRY],
      onOutput: (text) => lines.push(Buffer.from(text)),
    });
  }

  /** Milliseconds, of each tick since the last call. @throws Error when it ended early */
  takeLateness(): readonly number[] {
    this.#process.check();
    return this.#latenessMs.splice(0);
  }

  /** Resolves when the process is gone. */
  close(): Promise<void> {
    return this.#process.stop();
  }
}
