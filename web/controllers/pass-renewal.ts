/** Keeps the pass in the addresses of a private room fresh, so that a stream plays on when the first one ends. */

/** What it needs of its surroundings. */
export interface PassRenewalOptions {
  /** The index, loaded with the token again; rejects when the server cannot be asked or refuses. */
  readonly load: () => Promise<string>;
  /** The server's time, milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Calls back after so many milliseconds, unless the answer is called before. */
  readonly after: (ms: number, fn: () => void) => () => void;
  /** At least 0 and below 1; each viewer has another one, so that they do not all ask at once. */
  readonly random: () => number;
}

/** The server gives a later pass from an hour before the end of the one before; a few minutes are for clocks that differ. */
const FROM_MS = 55 * 60_000;
const UNTIL_MS = 5 * 60_000;
const RETRY_MS = 30_000;
/** The server's time may be known better later, and this computer may sleep: what is due later than this is looked at again. */
const LOOK_MS = 5 * 60_000;

// What it ends with may stand behind it: the invite that somebody came by, or their session.
const PASS = /\/~([\w-]{32}[\w.-]*)\//;
const IN_INDEX = /^~([\w-]{32}[\w.-]*)\//m;

/** Asks for nothing while the addresses have no pass; ends with `close`. */
export class PassRenewal {
  readonly #options: PassRenewalOptions;
  #pass: string | undefined;
  /** What is left of the pass when it is due to be replaced, milliseconds. */
  #dueLeftMs = 0;
  #cancel: (() => void) | undefined;
  #givenUp = false;
  #closed = false;

  constructor(options: PassRenewalOptions) {
    this.#options = options;
  }

  /** The address under which `url` is to be had now. */
  address(url: string): string {
    const pass = PASS.exec(url)?.[1];
    if (pass === undefined) return url;
    if (this.#pass === undefined || passEndMs(pass) > passEndMs(this.#pass)) this.#take(pass);
    // What was taken for its end was not: the server's time is known better now.
    else if (this.#givenUp) this.#renewLater(this.#pass, 0.5);
    return url.replace(PASS, `/~${this.#pass}/`);
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
  }

  #take(pass: string): void {
    this.#pass = pass;
    if (this.#closed) return;
    const leftMs = passEndMs(pass) - this.#options.nowMs();
    const fromMs = Math.max(0, leftMs - FROM_MS);
    const untilMs = Math.max(0, leftMs - UNTIL_MS);
    this.#renewAfter(fromMs + this.#options.random() * (untilMs - fromMs));
  }

  #renewAfter(ms: number): void {
    this.#dueLeftMs = passEndMs(this.#pass ?? '') - this.#options.nowMs() - ms;
    this.#wait();
  }

  #wait(): void {
    this.#cancel?.();
    const ms = passEndMs(this.#pass ?? '') - this.#options.nowMs() - this.#dueLeftMs;
    const act = (): void => (ms > LOOK_MS ? this.#wait() : void this.#renew());
    this.#cancel = this.#options.after(Math.max(0, Math.min(ms, LOOK_MS)), act);
  }

  async #renew(): Promise<void> {
    const old = this.#pass ?? '';
    try {
      const pass = IN_INDEX.exec(await this.#options.load())?.[1];
      // Without one the room is private no more.
      if (pass === undefined || this.#closed) return;
      if (passEndMs(pass) > passEndMs(old)) this.#take(pass);
      // The token ends then, too, or this computer's clock is ahead of the server's.
      else this.#renewLater(old, 0.5);
    } catch {
      this.#renewLater(old, 0);
    }
  }

  /** While there is time: after a ratio of what is left of it. */
  #renewLater(pass: string, ratio: number): void {
    const leftMs = passEndMs(pass) - this.#options.nowMs();
    this.#givenUp = leftMs <= RETRY_MS;
    if (!this.#closed && !this.#givenUp) this.#renewAfter(Math.max(RETRY_MS, ratio * leftMs));
  }
}

/** When a pass ends, milliseconds since 1970: its first eight characters are six bytes of seconds. */
export function passEndMs(pass: string): number {
  const bytes = atob(pass.slice(0, 8).replaceAll('-', '+').replaceAll('_', '/'));
  return [...bytes].reduce((seconds, byte) => seconds * 256 + byte.charCodeAt(0), 0) * 1000;
}
