/**
 * Renders on the disk that are in no list, at the start of the server. Finished ones are listed again or stay, for the database may be
 * older than they are, from a backup, or new. What somebody removed goes, and so does what is not finished: it is ordered again.
 */
import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../logger.ts';
import type { Clock } from '../../util/clock.ts';
import { readRenderManifest, recordingRenders, rendersFolder } from './render-files.ts';
import type { RenderStore } from './render-store.ts';

/** Where the renders are, and their list. */
export interface UnlistedRendersPlace {
  readonly store: RenderStore;
  readonly dataDir: string;
  /** Whether there is such a recording. */
  readonly exists: (recording: string) => Promise<boolean>;
  /** Whether there was one, and somebody removed it. */
  readonly wasRemoved: (recording: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Logger;
}

const MOST_NAMED = 10;

/** Brings folders and list in line; nothing is ordered meanwhile. */
export async function takeInUnlisted(place: UnlistedRendersPlace): Promise<void> {
  const { dataDir, log, store, wasRemoved } = place;
  const root = rendersFolder(dataDir);
  const [listed, stay]: [string[], string[]] = [[], []];
  for (const recording of await readdir(root).catch(() => [])) {
    const removed = await wasRemoved(recording);
    for (const name of await readdir(join(root, recording)).catch(() => [])) {
      const id = /^\.?([A-Za-z0-9_-]+)/.exec(name)?.[1] ?? '';
      if (!removed && (await store.find(id))) continue;
      const fate = removed || (await store.wasRemoved(id)) ? 'goes' : await fateOf(place, recording, name);
      if (fate === 'goes') await rm(join(root, recording, name), { recursive: true, force: true });
      else (fate === 'listed' ? listed : stay).push(`${recording}/${name}`);
    }
    if (removed) await forget(place, recording);
    // Only when it is empty.
    await rmdir(join(root, recording)).catch(() => {});
  }
  const say = (message: string, names: readonly string[]): void => {
    if (names.length > 0) log.warn(message, { folder: root, count: names.length, names: names.slice(0, MOST_NAMED) });
  };
  say('renders that were in no list were found in the data folder, and are listed again', listed);
  say('the data folder holds renders that are in no list; they stay until somebody deletes them', stay);
}

/** Its removal was broken off. */
async function forget({ clock, store }: UnlistedRendersPlace, recording: string): Promise<void> {
  for (const { id } of await store.list(recording)) await store.remove(id, new Date(clock.wallMs()));
}

async function fateOf(
  { store, dataDir, exists }: UnlistedRendersPlace,
  recording: string,
  name: string,
): Promise<'listed' | 'stays' | 'goes'> {
  const manifest = await readRenderManifest(join(recordingRenders(dataDir, recording), name));
  if (manifest?.id !== name || manifest.recording !== recording) return 'goes';
  const { order, madeAt, file, size, sha256, duration } = manifest;
  // One from before tells nothing of what was asked for.
  if (!order || madeAt === undefined || !(await exists(recording))) return 'stays';
  const made = { name: file, size, sha256, duration };
  const about = { state: 'ready', progress: 1, createdAt: new Date(madeAt) } as const;
  await store.insert({ id: name, recording, order, ...about, file: made });
  return 'listed';
}
