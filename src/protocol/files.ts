/** The files that people share in a room as they travel: over the WebSocket, over HTTP, and into the pages. */
import { z } from 'zod';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const milliseconds = z.number();

/** Whose file it is, as they were when they began to send it. */
export const filePersonSchema = z.object({ id, name: z.string(), role: z.enum(['host', 'participant']) });
/** Who shares. */
export type FilePerson = Readonly<z.infer<typeof filePersonSchema>>;

/** A file of a room. */
export const fileViewSchema = z.object({
  id,
  /** As its sender calls it, without folders and without what steers a terminal. */
  name: z.string(),
  /** What its sender says that it is, for example `image/png`; never to be trusted. */
  type: z.string(),
  /** Bytes. */
  size: z.int().min(0),
  /** Bytes that have arrived. */
  received: z.int().min(0),
  /** SHA-256 of all bytes, in hexadecimal digits; once the file is complete. */
  sha256: z.string().optional(),
  by: filePersonSchema,
  /** When it was complete, or else begun: milliseconds since 1970. */
  at: milliseconds,
  /** When it is deleted by itself; absent: it stays as long as its room. */
  expires: milliseconds.optional(),
  complete: z.boolean(),
});
/** One file of a room. */
export type FileView = Readonly<z.infer<typeof fileViewSchema>>;

/** Messages from the server: what there is, what has come, what has gone. */
export const fileServerMessages = [
  z.object({
    type: z.literal('files'),
    /** The newest that are complete, oldest first. */
    items: z.array(fileViewSchema),
    /** There are older ones, too. */
    more: z.literal(true).optional(),
    /** Whether files can be shared now. */
    enabled: z.boolean(),
  }),
  z.object({ type: z.literal('file'), file: fileViewSchema }),
  z.object({ type: z.literal('file-gone'), id }),
] as const;
