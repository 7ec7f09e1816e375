/** Which folders in that of all sessions are sessions: others are somebody's, and stay. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isSessionId, readSessionInfo } from './session-info.ts';

/** What a session's folder may hold before it says of itself what it is. */
const OWN_FILE =
  /^(?:session\.json|parts\.jsonl|events\.jsonl|init-\d+\.mp4|segment-\d+\.m4s)(?:\.new)?$|^(?:tracks|shared)$/;

/** What lies in the folder of all sessions. */
export interface SessionListing {
  readonly sessions: readonly string[];
  /** Names of everything else but hidden files: copies that somebody made, or what the system puts into the root of a disk. */
  readonly foreign: readonly string[];
}

/** None when the folder is not there. */
export async function listSessions(dir: string): Promise<SessionListing> {
  const sessions: string[] = [];
  const foreign: string[] = [];
  for (const entry of await readdir(dir, { withFileTypes: true }).catch(() => [])) {
    const { name } = entry;
    if (entry.isDirectory() && isSessionId(name) && (await isSession(join(dir, name), name))) sessions.push(name);
    else if (!name.startsWith('.')) foreign.push(name);
  }
  return { sessions, foreign };
}

async function isSession(folder: string, name: string): Promise<boolean> {
  const info = await readSessionInfo(folder);
  if (info) return info.id === name;
  // Of one whose server died as it began there may be nothing yet.
  const names = await readdir(folder).catch(() => undefined);
  return names?.every((file) => OWN_FILE.test(file)) ?? false;
}
