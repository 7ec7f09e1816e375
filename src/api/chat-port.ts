/** What the API needs of the chats of rooms. Methods reject with NotFoundError `room_not_found`, too. */
import type { ChatAuthor, ChatEntry } from '../protocol/chat.ts';
import type { ChatSettings } from '../room/chat-settings.ts';
import type { ChatChanges, ChatSaying } from '../room/chats.ts';

/** The chats. */
export interface ChatControl {
  rules(room: string): ChatSettings;
  /**
   * What has changed since a revision, 0: the newest; waits up to `waitMs` while nothing has, neither there nor in the rules.
   * `signal` aborts when nobody waits any more. @param known rules of which whoever asks was told; undefined: they do not care
   * @throws LimitError `too_many_waiting`
   */
  changes(room: string, rev: number, waitMs: number, signal: AbortSignal, known?: string): Promise<ChatChanges>;
  /** Up to `limit` messages before one, oldest first. */
  before(room: string, id: string, limit: number): Promise<readonly ChatEntry[]>;
  /** All that is kept for everybody, oldest first, in pieces. */
  all(room: string): AsyncIterable<readonly ChatEntry[]>;
  /** @throws as `Chats.say`. */
  say(room: string, author: ChatAuthor, saying: ChatSaying, address: string): Promise<ChatEntry>;
  /** @throws as `Chats.edit`. */
  edit(room: string, by: ChatAuthor, id: string, text: string): Promise<ChatEntry>;
  /** @throws as `Chats.remove`. */
  remove(room: string, by: ChatAuthor, id: string): Promise<ChatEntry>;
}
