/** The chat of a room as it travels: over the WebSocket, over HTTP, and into the pages. Shared with the browser. */
import { z } from 'zod';
import { MAX_CHAT_LENGTH } from './limits.ts';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const revision = z.int().min(0);

/** What somebody may write: several lines, but nothing that steers a terminal or a file. */
export const chatTextSchema = z
  .string()
  .max(MAX_CHAT_LENGTH)
  .transform((text) => text.replaceAll('\r\n', '\n').trim())
  .refine((text) => text !== '', 'write something')
  .refine((text) => !/(?!\n)\p{Cc}/u.test(text), 'leave out control characters');

/** Made by the writer for each message, so that one that is sent again is one message. */
export const chatKeySchema = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, 'use 8 to 64 letters, digits, "-" and "_"');

/** Who wrote it, as they were then. */
export const chatAuthorSchema = z.object({
  id,
  name: z.string(),
  role: z.enum(['host', 'participant', 'viewer']),
});
/** Who writes. */
export type ChatAuthor = Readonly<z.infer<typeof chatAuthorSchema>>;

/** A message, or what became of it. */
export const chatEntrySchema = z.object({
  id,
  /** Grows with each change in the room: of two forms of a message the one with the larger number counts. */
  rev: revision,
  /** When it was written: milliseconds since 1970. */
  at: z.number(),
  author: chatAuthorSchema,
  /** Empty once it is deleted. */
  text: z.string(),
  /** Id of the message that it answers. */
  replyTo: id.optional(),
  /** For this person alone: nobody else is ever told of the message. */
  to: z.object({ id, name: z.string() }).optional(),
  edited: z.literal(true).optional(),
  deleted: z.literal(true).optional(),
});
/** One message of a room's chat. */
export type ChatEntry = Readonly<z.infer<typeof chatEntrySchema>>;

/**
 * Of clients: a new message, another text, an end to a message, what has changed since a revision, what stands before a
 * message, and that somebody is writing. `to` is the participant who alone is told of it.
 */
export const chatClientMessages = [
  z.object({
    type: z.literal('chat-say'),
    key: chatKeySchema,
    text: chatTextSchema,
    replyTo: id.optional(),
    to: id.optional(),
  }),
  z.object({ type: z.literal('chat-edit'), id, text: chatTextSchema }),
  z.object({ type: z.literal('chat-delete'), id }),
  z.object({ type: z.literal('chat-since'), rev: revision }),
  z.object({ type: z.literal('chat-before'), id }),
  z.object({ type: z.literal('chat-typing'), to: id.optional() }),
] as const;
/** A message for one person. */
export type PrivateEntry = ChatEntry & { readonly to: NonNullable<ChatEntry['to']> };

/** Whether it is for one person alone. */
export function isPrivate(entry: ChatEntry): entry is PrivateEntry {
  return entry.to !== undefined;
}

/** Who is writing, and to whom; undefined: to everybody. */
export interface Typing {
  readonly participant: string;
  readonly to: string | undefined;
}

/** What clients say of the chat. */
export type ChatClientMessage = z.infer<(typeof chatClientMessages)[number]>;

/** Messages from the server: what there is, and what could not be done. */
export const chatServerMessages = [
  z.object({
    type: z.literal('chat'),
    entries: z.array(chatEntrySchema),
    /** More have changed: ask again with the largest `rev` of these. */
    more: z.literal(true).optional(),
    /** `key` of the client's own message, which is now the only entry. */
    key: z.string().optional(),
    /** The answer to `chat-before` with this id: what stands before it, oldest first; fewer than 100 are the first. */
    before: id.optional(),
    /** Slow mode: seconds until this client may write again, as of now. */
    wait: z.int().min(1).optional(),
  }),
  /** Somebody is writing, `to` this client alone or to everybody; it holds for some seconds. */
  z.object({ type: z.literal('chat-typing'), participant: id, to: id.optional() }),
  z.object({
    type: z.literal('chat-refused'),
    /** `key` of the message that was not taken, or the id of the one that was not changed. */
    key: z.string().optional(),
    id: z.string().optional(),
    code: z.string(),
    message: z.string(),
    /** Seconds after which it would be taken, where the server knows. */
    retryAfter: z.int().min(1).optional(),
  }),
] as const;
