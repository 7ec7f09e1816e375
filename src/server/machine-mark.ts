/**
 * One server for one data folder, also where machines share it: the lock is a socket, of which only its own machine knows. A second server
 * would take the first one's live sessions for what a crash had left.
 */
import { open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ConfigError, messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { type Clock, type Disposer, sleep } from '../util/clock.ts';

/** Written again and again while a server runs: `HOST NUMBER`. */
export const MARK_FILE = 'machine.lock';

const BEAT_MS = 5000;
/** More than two beats: one that is late is no sign of an end. */
const LISTEN_MS = 12_000;
const DIGITS = 12;
const LOOK_MS = 100;

/** Options of the mark. */
export interface MachineMarkOptions {
  readonly dataDir: string;
  readonly clock: Clock;
  /** Name of this machine; default: that of the system. */
  readonly host?: string;
}

/**
 * Waits for a sign of life only where the mark is another machine's, as after that one has died: twelve seconds at most.
 * @throws ConfigError when a server on another machine has the folder
 */
export async function refuseOtherMachine(options: MachineMarkOptions & { readonly listenMs?: number }): Promise<void> {
  const { dataDir, clock, host = hostname(), listenMs = LISTEN_MS } = options;
  const file = join(dataDir, MARK_FILE);
  const first = await readMark(file);
  const holder = first?.split(' ')[0];
  if (first === undefined || holder === host) return;
  const until = clock.monotonicMs() + listenMs;
  while (clock.monotonicMs() < until) {
    await sleep(clock, LOOK_MS);
    const now = await readMark(file);
    // It has ended in order meanwhile.
    if (now === undefined) return;
    if (now === first) continue;
    throw new ConfigError(
      `Gridcast runs on the data folder ${dataDir} already, on the machine ${holder}; stop that one, or give this one a folder of its ` +
        'own with GRIDCAST_DATA.',
    );
  }
}

/** Held from `set` until `close`. */
export class MachineMark {
  readonly #file: string;
  readonly #host: string;
  readonly #stop: Disposer;
  #writing: Promise<void> = Promise.resolve();
  #beat = 0;

  private constructor({ dataDir, clock, host = hostname() }: MachineMarkOptions, log: Logger, beatMs: number) {
    this.#file = join(dataDir, MARK_FILE);
    this.#host = host;
    let told = false;
    const write = (): void => {
      this.#writing = this.#writing
        .then(() => this.#write())
        .catch((error: unknown) => {
          if (!told) log.warn('the data folder cannot be marked as in use', { reason: messageOf(error) });
          told = true;
        });
    };
    write();
    this.#stop = clock.every(beatMs, write);
  }

  /** In a folder that is there. */
  static async set(
    options: MachineMarkOptions & { readonly log: Logger; readonly beatMs?: number },
  ): Promise<MachineMark> {
    const mark = new MachineMark(options, options.log, options.beatMs ?? BEAT_MS);
    await mark.#writing;
    return mark;
  }

  /** From now on any machine may have the folder. */
  async close(): Promise<void> {
    this.#stop();
    await this.#writing;
    await rm(this.#file, { force: true }).catch(() => {});
  }

  async #write(): Promise<void> {
    const text = `${this.#host} ${String(this.#beat).padStart(DIGITS, '0')}\n`;
    // In its place, which a full disk does not refuse, and others never find half of it.
    const file = await open(this.#file, this.#beat === 0 ? 'w' : 'r+');
    try {
      await file.write(text, 0);
      this.#beat += 1;
    } finally {
      await file.close();
    }
  }
}

/** Undefined when there is none. */
function readMark(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}
