/** A chat as the element needs it, however it travels. */
import type { ChatEntry } from '../../src/protocol/chat.ts';
import type { ChatBook } from './chat-book.ts';
import type { NoticesPort } from '../util/notice-kind.ts';
import type { Problem } from '../util/problem.ts';

/** Somebody who can be called or written to. */
export interface ChatPerson {
  readonly id: string;
  readonly name: string;
}

/** What goes with a message. */
export interface SayOptions {
  readonly replyTo?: string | undefined;
  /** The one it is for; undefined: everybody. */
  readonly to?: ChatPerson | undefined;
}

/** What the chat can be saved as. */
export type SavedFormat = 'text' | 'json' | 'csv';

/** What viewers may do in a chat. */
export type ViewersMay = 'off' | 'read' | 'write';

/** What hosts change of a chat; what is left out stays. */
export interface ChatChange {
  /** Whether people in the room may write to one another in private. */
  readonly private?: boolean;
  readonly viewers?: ViewersMay;
  /** Seconds between two messages of anybody but hosts, 0 to 300. */
  readonly slowSeconds?: number;
}

/** What can be done in a chat. Whatever changes is told by the owner's `changed`. */
export interface ChatDesk {
  readonly book: ChatBook;
  /** The chat is open before the person; set by who shows it. */
  watching: boolean;
  /** Id of this person as a writer; undefined before it is known. */
  readonly self: string | undefined;
  /** As others see this person; empty when they have no name yet. */
  readonly name: string;
  /** Undefined until the server has said it. */
  readonly mayWrite: boolean | undefined;
  /** Deletes what others wrote. */
  readonly moderates: boolean;
  /** Why nothing can be read, with the remedy. */
  readonly problem: Problem | undefined;
  /** More may be found before the oldest message. */
  readonly hasEarlier: boolean;
  /** Who else is there; empty where nobody knows. */
  readonly people: readonly ChatPerson[];
  /** Whether people here may write to one another in private. */
  readonly privately: boolean;
  /** Seconds between two messages of anybody but hosts; 0: there is no slow mode. */
  readonly slowSeconds: number;
  /** Seconds until this person may write again; 0: at once. */
  readonly waitS: number;
  /** What viewers may do here; undefined where nobody asks. */
  readonly viewers: ViewersMay | undefined;
  /** Who is writing at this moment, and whether to this person alone. */
  readonly writing: readonly (ChatPerson & { readonly privately: boolean })[];
  /** Undefined where there are none. */
  readonly notices: NoticesPort | undefined;
  say(text: string, options?: SayOptions): void;
  /** This person is writing; call it with each change of the text. */
  writes(to: ChatPerson | undefined): void;
  /** Sends a message that was not taken once more. */
  retry(key: string): void;
  edit(id: string, text: string): void;
  remove(id: string): void;
  /** Looks for messages before the oldest. */
  earlier(): Promise<void>;
  /** Keeps the chat as a file; undefined for whoever may not. Rejects with ApiError. */
  readonly save: ((format: SavedFormat) => Promise<void>) | undefined;
  /** Changes the chat for everybody; undefined for whoever may not. Rejects with ApiError. */
  readonly change: ((change: ChatChange) => Promise<void>) | undefined;
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
