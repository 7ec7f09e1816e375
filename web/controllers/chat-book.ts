/** What is known of a chat: messages in order, one's own that are on their way, and how many are new. */
import type { ChatEntry } from '../../src/protocol/chat.ts';
import type { Problem } from '../util/problem.ts';

/** A message of one's own that the server has not confirmed. */
export interface PendingMessage {
  readonly key: string;
  readonly text: string;
  readonly replyTo: string | undefined;
  /** The one it is for; undefined: everybody. */
  readonly to?: { readonly id: string; readonly name: string } | undefined;
  /** Why it was not taken; undefined while it is on its way. */
  readonly problem: Problem | undefined;
}

/** Messages that are remembered; the oldest go. */
export const MAX_REMEMBERED = 10_000;

/** Everything is by the server's ids and revisions, so that what comes twice or late does no harm. */
export class ChatBook {
  readonly #entries: ChatEntry[] = [];
  readonly #byId = new Map<string, ChatEntry>();
  #pending: PendingMessage[] = [];
  #rev = 0;
  #unread = 0;

  /** Oldest first. */
  get entries(): readonly ChatEntry[] {
    return this.#entries;
  }

  get pending(): readonly PendingMessage[] {
    return this.#pending;
  }

  /** The largest revision that is known; 0 before the first message. */
  get rev(): number {
    return this.#rev;
  }

  /** Messages of others since `read`. */
  get unread(): number {
    return this.#unread;
  }

  find(id: string): ChatEntry | undefined {
    return this.#byId.get(id);
  }

  /** Takes in what the server said. @param self id of this person; @param isNews whether it was written just now */
  take(entries: readonly ChatEntry[], self: string | undefined, isNews: boolean): void {
    for (const entry of entries) {
      this.#rev = Math.max(this.#rev, entry.rev);
      const known = this.#byId.get(entry.id);
      if (known && known.rev >= entry.rev) continue;
      const [oldest] = this.#entries;
      // A change of something that is not shown here.
      if (!known && isNews && oldest && entry.at < oldest.at) continue;
      this.#byId.set(entry.id, entry);
      if (known) this.#entries[this.#entries.lastIndexOf(known)] = entry;
      else this.#insert(entry);
      if (!known && isNews && !entry.deleted && entry.author.id !== self) this.#unread += 1;
    }
    while (this.#entries.length > MAX_REMEMBERED) {
      const [gone] = this.#entries.splice(0, 1);
      if (gone) this.#byId.delete(gone.id);
    }
  }

  /** Everything was seen. */
  read(): void {
    this.#unread = 0;
  }

  /** A message of one's own leaves, or is tried again. */
  send(message: Omit<PendingMessage, 'problem'>): void {
    this.#pending = [...this.#pending.filter(({ key }) => key !== message.key), { ...message, problem: undefined }];
  }

  /** The server has it, or the person has given it up. */
  settle(key: string): void {
    this.#pending = this.#pending.filter((message) => message.key !== key);
  }

  /** The server has not taken it. */
  refuse(key: string, problem: Problem): void {
    this.#pending = this.#pending.map((message) => (message.key === key ? { ...message, problem } : message));
  }

  #insert(entry: ChatEntry): void {
    const at = this.#entries.findLastIndex((each) => each.at <= entry.at);
    this.#entries.splice(at + 1, 0, entry);
  }
}
