/** The chat of a viewer: requests that wait for what comes. */
import type { ChatEntry } from '../../src/protocol/chat.ts';
import { CHAT_HISTORY } from '../../src/protocol/limits.ts';
import { ApiError, problemOf } from '../api-client.ts';
import { ChatBook } from './chat-book.ts';
import { type ChatDesk, EARLIER, messageKey, type SayOptions, takeEarlier } from './chat-desk.ts';
import { SlowMode } from './slow-mode.ts';
import type { Problem } from '../util/problem.ts';

/** The server's side. Every method rejects with ApiError. */
export interface ChatServer {
  /** What has changed since `after`, or of the rules that are known; waits for `waitS` seconds at most. */
  changes(after: number, waitS: number, signal: AbortSignal, rules?: string): Promise<ChatAnswer>;
  before(id: string, limit: number): Promise<readonly ChatEntry[]>;
  say(message: { key: string; text: string; replyTo?: string; name: string }): Promise<ChatEntry>;
  edit(id: string, text: string): Promise<ChatEntry>;
  remove(id: string): Promise<ChatEntry>;
}

/** An answer of the server. */
export interface ChatAnswer {
  readonly entries: readonly ChatEntry[];
  readonly more: boolean;
  readonly mayWrite: boolean;
  readonly slowSeconds: number;
  /** Another word whenever the rules are others. */
  readonly rules: string;
}

/** What it needs of its surroundings. */
export interface HttpChatOptions {
  readonly server: ChatServer;
  /** Called back after so many milliseconds, unless the answer is called before. */
  readonly after: (ms: number, fn: () => void) => () => void;
  readonly nowMs: () => number;
  readonly changed: () => void;
}

const WAIT_S = 20;
const IDLE_PAUSE_MS = 250;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** Asks from `open` until `close`. */
export class HttpChat implements ChatDesk {
  readonly book = new ChatBook();
  readonly moderates = false;
  watching = false;
  /** Viewers know of nobody, and only who is in the room writes in private. */
  readonly people = [];
  readonly privately = false;
  readonly writing = [];
  readonly notices = undefined;
  readonly save = undefined;
  readonly viewers = undefined;
  readonly change = undefined;
  name = '';
  readonly #options: HttpChatOptions;
  readonly #slow: SlowMode;
  readonly #closing = new AbortController();
  #self: string | undefined;
  #mayWrite: boolean | undefined;
  #slowSeconds = 0;
  #rules: string | undefined;
  #problem: Problem | undefined;
  #hasEarlier = false;
  #closed = false;
  #failures = 0;
  #cancel: (() => void) | undefined;

  constructor(options: HttpChatOptions) {
    this.#options = options;
    this.#slow = new SlowMode({ ...options, everyS: () => this.#slowSeconds });
  }

  get self(): string | undefined {
    return this.#self;
  }

  get mayWrite(): boolean | undefined {
    return this.#mayWrite;
  }

  get problem(): Problem | undefined {
    return this.#problem;
  }

  get hasEarlier(): boolean {
    return this.#hasEarlier;
  }

  get slowSeconds(): number {
    return this.#slowSeconds;
  }

  /** While one's own message is on its way, the wait is a whole one: another would be refused. */
  get waitS(): number {
    if (this.#slowSeconds === 0) return 0;
    return this.book.pending.some(({ problem }) => problem === undefined) ? this.#slowSeconds : this.#slow.waitS;
  }

  /** The room keeps its chat from viewers. */
  get closed(): boolean {
    return this.#closed;
  }

  open(): void {
    void this.#follow();
  }

  close(): void {
    this.#cancel?.();
    this.#slow.close();
    this.#closing.abort();
  }

  say(text: string, { replyTo }: SayOptions = {}): void {
    void this.#send(messageKey(), text, replyTo);
  }

  /** Nobody is told: viewers are too many. */
  writes(): void {}

  retry(key: string): void {
    const message = this.book.pending.find((each) => each.key === key);
    if (message) void this.#send(key, message.text, message.replyTo);
  }

  edit(id: string, text: string): void {
    void this.#change(this.#options.server.edit(id, text));
  }

  remove(id: string): void {
    void this.#change(this.#options.server.remove(id));
  }

  async earlier(): Promise<void> {
    const [oldest] = this.book.entries;
    if (!oldest) return;
    try {
      this.#hasEarlier = takeEarlier(this.book, await this.#options.server.before(oldest.id, EARLIER), this.#self);
    } catch (error) {
      this.#problem = problemOf('', error);
    }
    this.#options.changed();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const first = this.#mayWrite === undefined;
      try {
        const wait = first ? 0 : WAIT_S;
        const answer = await this.#options.server.changes(this.book.rev, wait, signal, this.#rules);
        if (first) this.#hasEarlier = answer.entries.length >= CHAT_HISTORY;
        this.book.take(answer.entries, this.#self, !first);
        this.#mayWrite = answer.mayWrite;
        this.#slowSeconds = answer.slowSeconds;
        const sameRules = this.#rules === answer.rules;
        this.#rules = answer.rules;
        this.#slow.look();
        this.#problem = undefined;
        this.#closed = false;
        this.#failures = 0;
        // Nothing after the whole wait, or a server that goes down and holds nobody.
        if (!first && sameRules && answer.entries.length === 0) await this.#sleep(IDLE_PAUSE_MS);
      } catch (error) {
        if (signal.aborted) return;
        this.#closed = error instanceof ApiError && error.code === 'chat_closed';
        if (!this.#closed) this.#problem = problemOf('', error);
        this.#options.changed();
        await this.#pause();
        continue;
      }
      this.#options.changed();
    }
  }

  #pause(): Promise<void> {
    const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures);
    this.#failures += 1;
    return this.#sleep(ms);
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#cancel = this.#options.after(ms, resolve);
    });
  }

  async #send(key: string, text: string, replyTo: string | undefined): Promise<void> {
    this.book.send({ key, text, replyTo });
    this.#options.changed();
    try {
      const message = { key, text, name: this.name, ...(replyTo !== undefined && { replyTo }) };
      const entry = await this.#options.server.say(message);
      this.#self = entry.author.id;
      this.book.settle(key);
      this.book.take([entry], this.#self, true);
      this.#slow.wrote();
    } catch (error) {
      this.book.refuse(key, problemOf('', error));
      const slow = error instanceof ApiError && error.code === 'chat_slow' ? error.retryAfter : undefined;
      if (slow !== undefined) this.#slow.told(slow);
    }
    this.#options.changed();
  }

  async #change(work: Promise<ChatEntry>): Promise<void> {
    try {
      this.book.take([await work], this.#self, true);
      this.#problem = undefined;
    } catch (error) {
      this.#problem = problemOf('', error);
    }
    this.#options.changed();
  }
}
