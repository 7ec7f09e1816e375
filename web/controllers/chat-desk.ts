/** A chat as the element needs it, however it travels. */
import type { ChatEntry } from '../../src/protocol/chat.ts';
import type { ChatBook } from './chat-book.ts';

/** What can be done in a chat. Whatever changes is told by the owner's `changed`. */
export interface ChatDesk {
  readonly book: ChatBook;
  /** Id of this person as a writer; undefined before it is known. */
  readonly self: string | undefined;
  /** As others see this person; empty when they have no name yet. */
  readonly name: string;
  /** Undefined until the server has said it. */
  readonly mayWrite: boolean | undefined;
  /** Deletes what others wrote. */
  readonly moderates: boolean;
  /** Why nothing can be read, with the remedy. */
  readonly problem: string | undefined;
  /** More may be found before the oldest message. */
  readonly hasEarlier: boolean;
  say(text: string, replyTo?: string): void;
  /** Sends a message that was not taken once more. */
  retry(key: string): void;
  edit(id: string, text: string): void;
  remove(id: string): void;
  /** Looks for messages before the oldest. */
  earlier(): Promise<void>;
}

/** Messages of one look back. */
export const EARLIER = 100;

/** New for each message: the server takes one that is sent again for the same. */
export function messageKey(): string {
  return crypto.randomUUID().replaceAll('-', '');
}

/** Takes what stood before the oldest message; whether there may be more. */
export function takeEarlier(book: ChatBook, entries: readonly ChatEntry[], self: string | undefined): boolean {
  book.take(entries, self, false);
  return entries.length === EARLIER;
}
