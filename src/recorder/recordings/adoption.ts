/** Turns finished archives that the database does not know into recordings again, by their manifests. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../util/clock.ts';
import { archiveFolder, readManifest } from '../archive/archive-manifest.ts';
import { type ArchiveTimeline, TIMELINE_FILE } from '../archive/archive-timeline-file.ts';
import { readTimeline } from '../render/render-timeline.ts';
import { ArchiveReader } from '../storage/archive-reader.ts';
import { RecordingKeys } from '../storage/recording-keys.ts';
import { givenTitle } from './given-titles.ts';
import type { RecordingStore } from './recording-store.ts';

/** Where archives are, and their list. */
export interface AdoptionPlace {
  readonly store: RecordingStore;
  readonly dataDir: string;
  readonly clock: Clock;
  /** Default: one that finds them in the data folder alone. */
  readonly reader?: ArchiveReader;
}

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Lists the archive of `id` as one that was just finished; whoever looks after such finds its manifest, and the rest takes its course.
 * What only the list knew is lost: who owned it, links to it, and why it ended.
 * @returns whether it is listed; not so when it is unfinished, of another recording, from a version without timelines, or cannot be read
 */
export async function adoptArchive(place: AdoptionPlace, id: string): Promise<boolean> {
  if (!ID.test(id)) return false;
  const manifest = await readManifest(archiveFolder(place.dataDir, id));
  if (manifest?.recording !== id) return false;
  const timeline = await timelineOf(place, id);
  if (timeline?.recording !== id) return false;
  const { room } = timeline;
  const title = (await givenTitle(place.dataDir, id)) ?? timeline.title;
  const { session, ranges, framerate } = manifest;
  const [startedAt, stoppedAt] = [new Date(timeline.startedAt), endOf(timeline)];
  await place.store.adopt({ id, room, title, session, state: 'archiving', startedAt, stoppedAt, ranges, framerate });
  return true;
}

/** By the wall clock, where what is in the archive of `id` ends; undefined when nobody can read it. */
export async function readArchiveEnd(place: AdoptionPlace, id: string): Promise<Date | undefined> {
  const timeline = await timelineOf(place, id);
  return timeline?.recording === id ? endOf(timeline) : undefined;
}

/** Undefined when nobody can read it: its key may be gone. From a store none is fetched: one that is away would hold up the start. */
async function timelineOf({ dataDir, clock, reader }: AdoptionPlace, id: string): Promise<ArchiveTimeline | undefined> {
  if (!existsSync(join(archiveFolder(dataDir, id), TIMELINE_FILE))) return undefined;
  const archives = reader ?? new ArchiveReader({ dataDir, clock, keys: new RecordingKeys({ dataDir }) });
  try {
    const copy = await archives.localPath(id, TIMELINE_FILE);
    try {
      return await readTimeline(copy.path);
    } finally {
      await copy.dispose();
    }
  } catch {
    return undefined;
  }
}

/** By the wall clock, where its last piece ends. */
function endOf({ startedAt, duration, pieces }: ArchiveTimeline): Date {
  const { from, to, startedAt: beganAt } = pieces.at(-1) ?? { from: 0, to: duration, startedAt };
  return new Date(Date.parse(beganAt) + (to - from) * 1000);
}
