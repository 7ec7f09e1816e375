/** Which messages of a chat are worth a notification: pure. */
import type { ChatEntry } from '../../src/protocol/chat.ts';
import { callsFor } from './chat-text.ts';

/** `blocked`: the browser refuses them for this site; `missing`: it has none. */
export type NoticesState = 'off' | 'on' | 'blocked' | 'missing';

/** What a message is worth telling for. */
export type NoticeKind = 'private' | 'mention' | 'message';

/** Who reads, and what they see now. */
export interface NoticeReader {
  readonly self: string | undefined;
  readonly name: string;
  /** The page is in the background. */
  readonly hidden: boolean;
  /** The chat is open before them. */
  readonly watching: boolean;
}

/** Notifications as a chat needs them. */
export interface NoticesPort {
  readonly state: NoticesState;
  /** Switches them on or off; call it in a click, because browsers ask only then. */
  toggle(): Promise<void>;
  /** Shows a message if the person wants that and does not see it anyway. */
  tell(entry: ChatEntry, reader: NoticeReader): void;
  close(): void;
}

/** Whether a message is worth a notification, and why; undefined: it is not. Pure. */
export function noticeKind(entry: ChatEntry, { self, name, hidden, watching }: NoticeReader): NoticeKind | undefined {
  if (entry.deleted || entry.edited || entry.author.id === self) return undefined;
  if (!hidden && watching) return undefined;
  if (entry.to) return 'private';
  if (callsFor(entry.text, name)) return 'mention';
  return hidden ? 'message' : undefined;
}
