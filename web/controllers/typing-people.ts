/** Who is writing at this moment: what the server told a few seconds ago. */

/** What it needs of its surroundings. */
export interface TypingPeopleOptions {
  /** Calls back after so many milliseconds, unless the answer is called before. */
  readonly after: (ms: number, fn: () => void) => () => void;
  readonly changed: () => void;
}

/** Somebody who writes. */
export interface TypingPerson {
  readonly id: string;
  readonly privately: boolean;
}

const HOLDS_MS = 5000;
/** More than a page names. */
const MAX_REMEMBERED = 8;

/** `close` ends the waiting. */
export class TypingPeople {
  readonly #options: TypingPeopleOptions;
  readonly #people = new Map<string, { readonly privately: boolean; readonly cancel: () => void }>();

  constructor(options: TypingPeopleOptions) {
    this.#options = options;
  }

  /** In the order in which they began. */
  get people(): readonly TypingPerson[] {
    return [...this.#people].map(([id, { privately }]) => ({ id, privately }));
  }

  /** Holds for five seconds from now on. */
  heard(id: string, privately: boolean): void {
    const known = this.#people.get(id);
    if (!known && this.#people.size >= MAX_REMEMBERED) return;
    known?.cancel();
    const cancel = this.#options.after(HOLDS_MS, () => this.#forget(id));
    this.#people.set(id, { privately, cancel });
    if (known?.privately !== privately) this.#options.changed();
  }

  /** Something of theirs has come: they are no longer writing it. */
  wrote(id: string): void {
    this.#people.get(id)?.cancel();
    this.#people.delete(id);
  }

  close(): void {
    for (const id of [...this.#people.keys()]) this.wrote(id);
  }

  #forget(id: string): void {
    this.#people.delete(id);
    this.#options.changed();
  }
}
