/** What the API needs of the chats of rooms. Methods reject with NotFoundError `room_not_found`, too. */
import type { ChatAuthor, ChatEntry } from '../protocol/chat.ts';
import type { ChatSettings } from '../room/chat-settings.ts';
import type { ChatChanges, ChatSaying } from '../room/chats.ts';

/** How a chat is read. */
export interface ChatAsk {
  /** How long to wait while nothing has changed, neither there nor in the rules; 0: not at all. */
  readonly waitMs: number;
  /** Aborts when nobody waits any more. */
  readonly signal: AbortSignal;
  /** Rules of which whoever asks was told; undefined: they do not care. */
  readonly known?: string | undefined;
  /** From where they ask; undefined: they may as often as they like. */
  readonly address?: string | undefined;
}

/** The chats. */
export interface ChatControl {
  rules(room: string): ChatSettings;
  /** What has changed since a revision, 0: the newest. @throws LimitError `too_many_waiting` or `rate_limited` */
  changes(room: string, rev: number, ask: ChatAsk): Promise<ChatChanges>;
  /** Up to `limit` messages before one, oldest first. @param address as of `ChatAsk` @throws LimitError `rate_limited` */
  before(room: string, id: string, limit: number, address?: string): Promise<readonly ChatEntry[]>;
  /** All that is kept for everybody, oldest first, in pieces. */
  all(room: string): AsyncIterable<readonly ChatEntry[]>;
  /** @throws as `Chats.say`. */
  say(room: string, author: ChatAuthor, saying: ChatSaying, address: string): Promise<ChatEntry>;
  /** @throws as `Chats.edit`. */
  edit(room: string, by: ChatAuthor, id: string, text: string): Promise<ChatEntry>;
  /** @throws as `Chats.remove`. */
  remove(room: string, by: ChatAuthor, id: string): Promise<ChatEntry>;
}
