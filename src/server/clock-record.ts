/** What the clock said last, kept over restarts: a machine may start with any time at all, and nothing is to be deleted by that. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { ClockDoubt, type DoubtReason } from '../util/clock-doubt.ts';

/** In the data folder: a date (ISO 8601). */
export const CLOCK_FILE = 'clock';
const NOTE_MS = 60_000;

const MESSAGES: Readonly<Record<DoubtReason, string>> = {
  set: 'the clock was set ahead; for an hour nothing is deleted for its age',
  far:
    'the clock is more than 90 days ahead of when this server was last here; nothing is deleted for its age until it is set ' +
    'right, or, where it is right, until the server is started again without the file "clock" of its data folder',
};

/** Options of `ClockRecord.open`. */
export interface ClockRecordOptions {
  /** Nobody else's. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Notes the time each minute, until `close`. */
export class ClockRecord {
  /** To be asked before anything is deleted because of its age. */
  readonly doubt: ClockDoubt;
  readonly #options: ClockRecordOptions;
  readonly #stop: Disposer;
  #noting: Promise<void> = Promise.resolve();

  private constructor(options: ClockRecordOptions, seenMs: number | undefined) {
    const { clock, log, dataDir } = options;
    this.#options = options;
    this.doubt = new ClockDoubt(clock, (reason) => log.warn(MESSAGES[reason], { folder: dataDir }), seenMs);
    this.#note();
    this.#stop = clock.every(NOTE_MS, () => this.#note());
  }

  /** Never rejects: what cannot be read is as if it had not been written. */
  static async open(options: ClockRecordOptions): Promise<ClockRecord> {
    const text = await readFile(join(options.dataDir, CLOCK_FILE), 'utf8').catch(() => '');
    const seenMs = Date.parse(text.trim());
    return new ClockRecord(options, Number.isNaN(seenMs) ? undefined : seenMs);
  }

  /** Resolves when the last note is written. */
  async close(): Promise<void> {
    this.#stop();
    this.#note();
    await this.#noting;
  }

  #note(): void {
    this.doubt.look();
    const text = `${new Date(this.doubt.believedMs).toISOString()}\n`;
    this.#noting = this.#noting.then(() => this.#write(text));
  }

  async #write(text: string): Promise<void> {
    const { dataDir, log } = this.#options;
    const path = join(dataDir, CLOCK_FILE);
    try {
      // On the disk before the name is: an empty file after a power failure would be no note at all, just when the clock starts anew.
      await writeFile(`${path}.new`, text, { flush: true });
      await rename(`${path}.new`, path);
    } catch (error) {
      // The next start knows an older time, and doubts the clock sooner.
      log.debug('the time was not noted', { reason: messageOf(error) });
    }
  }
}
