/** What is needed to continue a session: `session.json` in its folder, written once. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Name of the file in the session's folder. */
export const SESSION_FILE = 'session.json';

const count = z.int().min(1);

/** Ids are names of folders. */
const sessionId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/);

const infoSchema = z.object({
  version: z.literal(1),
  id: sessionId,
  room: z.string().min(1).max(80),
  /** The room's, when the session began. */
  title: z.string(),
  /** When frame 0 was due, milliseconds since 1970-01-01T00:00Z; may be fractional. */
  originWallMs: z.number().positive(),
  framerate: count,
  width: count,
  height: count,
  segmentFrames: count,
  partFrames: count,
});

/** The facts of a session that never change. */
export type SessionInfo = Readonly<z.infer<typeof infoSchema>>;

/** Whether a folder of this name may be a session's. */
export function isSessionId(name: string): boolean {
  return sessionId.safeParse(name).success;
}

/** The file's text. */
export function formatSessionInfo(info: SessionInfo): string {
  return `${JSON.stringify(info)}\n`;
}

/** Undefined when there is none that can be read. */
export async function readSessionInfo(folder: string): Promise<SessionInfo | undefined> {
  try {
    return infoSchema.parse(JSON.parse(await readFile(join(folder, SESSION_FILE), 'utf8')));
  } catch {
    return undefined;
  }
}
