/**
 * One server for one data folder, also where machines share it: the lock is a socket, of which only its own machine knows. A second server
 * would take the first one's live sessions for what a crash had left.
 */
import { constants } from 'node:fs';
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
    const other = now.split(' ')[0];
    throw new ConfigError(
      `Gridcast runs on the data folder ${dataDir} already, on the machine ${other}; stop that one, or give this one a folder of its ` +
        'own with GRIDCAST_DATA.',
    );
  }
}

/** Options of the mark of a server that runs. */
export interface HeldMarkOptions extends MachineMarkOptions {
  readonly log: Logger;
  /** Called once, with the name of the machine whose server has taken the folder: nothing more may be written there. */
  readonly onTaken?: ((host: string) => void) | undefined;
  /** Milliseconds between two signs of life; default 5000. */
  readonly beatMs?: number;
}

/** Held from `set` until `close`, or until a server on another machine takes the folder, as after this one slept for a while. */
export class MachineMark {
  readonly #file: string;
  readonly #host: string;
  readonly #options: HeldMarkOptions;
  #stop: Disposer = () => {};
  #writing: Promise<void> = Promise.resolve();
  #beat = 0;
  #isTaken = false;
  #told = false;

  private constructor(options: HeldMarkOptions) {
    this.#file = join(options.dataDir, MARK_FILE);
    this.#host = options.host ?? hostname();
    this.#options = options;
  }

  /** In a folder that is there. */
  static async set(options: HeldMarkOptions): Promise<MachineMark> {
    const mark = new MachineMark(options);
    mark.#stop = options.clock.every(options.beatMs ?? BEAT_MS, () => mark.#next());
    mark.#next();
    await mark.#writing;
    return mark;
  }

  /** From now on any machine may have the folder. */
  async close(): Promise<void> {
    this.#stop();
    await this.#writing;
    if (!this.#isTaken && (await this.#takenBy()) === undefined) await rm(this.#file, { force: true }).catch(() => {});
  }

  #next(): void {
    this.#writing = this.#writing
      .then(() => this.#look())
      .catch((error: unknown) => {
        const { log } = this.#options;
        if (!this.#told) log.warn('the data folder cannot be marked as in use', { reason: messageOf(error) });
        this.#told = true;
      });
  }

  async #look(): Promise<void> {
    if (this.#isTaken) return;
    const machine = this.#beat === 0 ? undefined : await this.#takenBy();
    if (machine === undefined) return this.#write();
    this.#isTaken = true;
    this.#stop();
    const { log, onTaken } = this.#options;
    log.error('a server on another machine has taken the data folder; this one must not go on', { machine });
    onTaken?.(machine);
  }

  /** Whose mark it is now, if that is another machine's. */
  async #takenBy(): Promise<string | undefined> {
    const host = (await readMark(this.#file))?.split(' ')[0] || this.#host;
    return host === this.#host ? undefined : host;
  }

  async #write(): Promise<void> {
    const text = `${this.#host} ${String(this.#beat).padStart(DIGITS, '0')}\n`;
    // In its place, which a full disk does not refuse, and others never find half of it.
    const file = await open(this.#file, this.#beat === 0 ? 'w' : constants.O_WRONLY | constants.O_CREAT);
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
