/** Files that people shared while a session ran: which of them a recording has, and how they are called in its archive. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isCode } from '../../errors.ts';
import { linkOrCopy } from '../../util/link-or-copy.ts';
import type { SessionEvent } from '../session/session-events.ts';
import type { StepContext, StepFile } from './archive-step.ts';

/** Folder in that of a session; a file in it has the id of what was shared as its name. */
const SHARED_FOLDER = 'shared';
/** What the names of shared files begin with in an archive, and no others. */
export const SHARED_PREFIX = 'shared-';
/** Files of one recording; a room can hold fewer at a time. */
const MAX_SHARED = 2000;
const MAX_NAME = 80;

type SharedEvent = Extract<SessionEvent, { type: 'file' }>;

/** What has become of the files of a recording. */
export interface SharedFiles {
  readonly files: readonly StepFile[];
  /** Id to name in the archive. */
  readonly names: ReadonlyMap<string, string>;
}

/** Keeps a shared file for recordings of a session. */
export async function keepShared(sessionFolder: string, id: string, path: string): Promise<void> {
  const folder = join(sessionFolder, SHARED_FOLDER);
  await mkdir(folder, { recursive: true });
  await linkOrCopy(path, join(folder, id));
}

/** Gives it up in all sessions: somebody has deleted it. @param sessionsDir folder of all sessions */
export async function dropShared(sessionsDir: string, id: string): Promise<void> {
  for (const entry of await readdir(sessionsDir, { withFileTypes: true }).catch(() => [])) {
    // Systems leave files of their own beside them.
    if (entry.isDirectory()) await rm(join(sessionsDir, entry.name, SHARED_FOLDER, id), { force: true });
  }
}

/** Puts those that were shared during the recording, and that nobody has deleted, into the step's folder. */
export async function gatherShared(
  context: Pick<StepContext, 'sessionFolder' | 'folder' | 'timeline' | 'signal'>,
  events: readonly SessionEvent[],
): Promise<SharedFiles> {
  const { sessionFolder, folder, timeline, signal } = context;
  const there = new Set(await readdir(join(sessionFolder, SHARED_FOLDER)).catch(noneWhenMissing));
  const names = new Map<string, string>();
  const files: StepFile[] = [];
  for (const event of events) {
    if (event.type !== 'file' || timeline.at(event.ms) === undefined || names.size === MAX_SHARED) continue;
    if (names.has(event.id) || !there.has(event.id)) continue;
    signal.throwIfAborted();
    const name = archivedName(event.file, names.size + 1);
    try {
      await linkOrCopy(join(sessionFolder, SHARED_FOLDER, event.id), join(folder, name));
    } catch (error) {
      // Deleted at this very moment.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      throw error;
    }
    names.set(event.id, name);
    files.push({ name, kind: 'shared', contentType: event.fileType, title: event.file });
  }
  return { files, names };
}

/** Each file once, with its name in the archive, or that it was deleted; the deletion itself is told no more. Pure. */
export function settledFiles(events: readonly SessionEvent[], names: SharedFiles['names']): SessionEvent[] {
  const told = new Set<string>();
  return events.flatMap((event): SessionEvent[] => {
    if (event.type === 'file-gone') return [];
    if (event.type !== 'file') return [event];
    if (told.has(event.id)) return [];
    told.add(event.id);
    return [settled(event, names.get(event.id))];
  });
}

function noneWhenMissing(error: unknown): string[] {
  if (isCode(error, 'ENOENT')) return [];
  throw error;
}

function settled(event: SharedEvent, archived: string | undefined): SessionEvent {
  return archived === undefined ? { ...event, deleted: true } : { ...event, archived };
}

/** A name in letters that every filesystem and every path of the API takes; the number tells it from all others. */
export function archivedName(name: string, number: number): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  const [end = ''] = /\.[A-Za-z0-9]{1,10}$/.exec(plain) ?? [];
  const start = plain.slice(0, plain.length - end.length).slice(0, MAX_NAME);
  return `${SHARED_PREFIX}${number}-${start || 'file'}${end}`;
}
