/** What a host does at the door of a room: lets people in, refuses them, opens it, and hears when somebody knocks. */
import type { DoorMessage } from '../../src/protocol/door.ts';
import { problemOf } from '../api-client.ts';
import type { Problem } from '../util/problem.ts';

/** Over the API. */
export interface DoorApi {
  admit(room: string, id: string, admit: boolean): Promise<void>;
  admitAll(room: string, admit: boolean): Promise<{ readonly decided: number }>;
  openNow(room: string): Promise<unknown>;
}

/** What it is made of. */
export interface DoorDeskOptions {
  readonly api: DoorApi;
  readonly room: string;
  /** Somebody new waits; at most every `KNOCK_MS`. */
  readonly knocked: () => void;
  readonly nowMs: () => number;
  readonly changed: () => void;
}

/** However many come, one hears them at most this often. */
export const KNOCK_MS = 4000;

/** Kept during a stay. */
export class DoorDesk {
  readonly #options: DoorDeskOptions;
  #known: ReadonlySet<string> = new Set();
  #knockedMs = Number.NEGATIVE_INFINITY;
  #busy = new Set<string>();
  #problem: Problem | undefined;
  #full = false;

  constructor(options: DoorDeskOptions) {
    this.#options = options;
  }

  /** What did not work last. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Not everybody could be let in. */
  get full(): boolean {
    return this.#full;
  }

  /** Whether an answer for this person, or with `*` for everybody, is awaited. */
  busy(id: string): boolean {
    return this.#busy.has(id) || this.#busy.has('*');
  }

  /** Takes in who waits. */
  follow({ waiting }: DoorMessage): void {
    const news = waiting.some(({ id }) => !this.#known.has(id));
    this.#known = new Set(waiting.map(({ id }) => id));
    if (waiting.length === 0) this.#full = false;
    const now = this.#options.nowMs();
    if (!news || now - this.#knockedMs < KNOCK_MS) return;
    this.#knockedMs = now;
    this.#options.knocked();
  }

  decide(id: string, admit: boolean): Promise<void> {
    return this.#act(id, () => this.#options.api.admit(this.#options.room, id, admit));
  }

  /** Lets everybody in, as far as there are places. */
  admitAll(): Promise<void> {
    const wanted = this.#known.size;
    return this.#act('*', async () => {
      this.#full = (await this.#options.api.admitAll(this.#options.room, true)).decided < wanted;
    });
  }

  /** Opens a room that would open later. */
  openNow(): Promise<void> {
    return this.#act('*', () => this.#options.api.openNow(this.#options.room));
  }

  async #act(key: string, request: () => Promise<unknown>): Promise<void> {
    if (this.busy(key)) return;
    this.#busy.add(key);
    this.#problem = undefined;
    this.#options.changed();
    try {
      await request();
    } catch (error) {
      this.#problem = problemOf('', error);
    } finally {
      this.#busy.delete(key);
      this.#options.changed();
    }
  }
}
