/** The people of a server, page by page, by name or by what is looked for. */
import type { ContactPerson } from '../../src/protocol/contacts.ts';
import { MAX_WATCHED_USERS } from '../../src/protocol/limits.ts';
import type { Page } from '../api-types.ts';

/** How long one types before it is asked, milliseconds. */
const TYPING_MS = 250;

/** Asks and keeps; `changed` after each answer. */
export class PeopleList {
  readonly #ask: (words: string, cursor?: string) => Promise<Page<ContactPerson>>;
  readonly #changed: () => void;
  #people: readonly ContactPerson[] | undefined;
  #next: string | undefined;
  #words = '';
  #error: unknown;
  #asked = 0;
  #timer = 0;
  #revision = 0;

  constructor(ask: (words: string, cursor?: string) => Promise<Page<ContactPerson>>, changed: () => void) {
    this.#ask = ask;
    this.#changed = changed;
  }

  /** Undefined before the first answer. */
  get people(): readonly ContactPerson[] | undefined {
    return this.#people;
  }

  /** What is looked for. */
  get words(): string {
    return this.#words;
  }

  /** Whether more can be asked for: presence is told of so many and no more. */
  get hasMore(): boolean {
    return this.#next !== undefined && (this.#people?.length ?? 0) < MAX_WATCHED_USERS;
  }

  /** Why the last answer did not come, else undefined. */
  get error(): unknown {
    return this.#error;
  }

  /** Asks for other people, once nobody types any more. */
  search(words: string): void {
    this.#words = words;
    clearTimeout(this.#timer);
    this.#timer = Number(setTimeout(() => void this.load(), TYPING_MS));
  }

  more(): Promise<void> {
    return this.load(this.#next);
  }

  /** Asks anew when `revision`, which grows when there are other people, is another than before. */
  follow(revision: number): void {
    if (revision === this.#revision) return;
    this.#revision = revision;
    void this.refresh();
  }

  /** Asks anew for as many as are shown; whoever is listed stays until the answer is there. Never rejects. */
  async refresh(): Promise<void> {
    const shown = this.#people?.length ?? 0;
    let mine = this.#asked + 1;
    await this.load();
    // Somebody who looks for others meanwhile goes first.
    while (mine === this.#asked && this.hasMore && (this.#people?.length ?? 0) < shown && this.#error === undefined) {
      mine += 1;
      await this.more();
    }
  }

  /** Never rejects. */
  async load(cursor?: string): Promise<void> {
    clearTimeout(this.#timer);
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const { items, next } = await this.#ask(this.#words.trim(), cursor);
      if (asked !== this.#asked) return;
      const all = cursor === undefined ? items : [...(this.#people ?? []), ...items];
      this.#people = all.slice(0, MAX_WATCHED_USERS);
      this.#next = next;
      this.#error = undefined;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#error = error;
    }
    this.#changed();
  }

  /** No answer is waited for any more. */
  close(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
  }
}
