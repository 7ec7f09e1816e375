/** Renders of recordings, as the server has them: with their queue, their table and the archives they are made of. */
import type { Config } from '../config/schema.ts';
import type { Database } from '../database/database.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { type ArchiveTimeline, TIMELINE_FILE } from '../recorder/archive/archive-timeline-file.ts';
import type { RecordingStore } from '../recorder/recordings/recording-store.ts';
import type { RecordingState } from '../recorder/recordings/recording-view.ts';
import { RenderQueue } from '../recorder/render/render-queue.ts';
import { RenderStore } from '../recorder/render/render-store.ts';
import { readTimeline } from '../recorder/render/render-timeline.ts';
import { Renders } from '../recorder/render/renders.ts';
import type { ArchiveSource } from '../recorder/storage/archive-reader.ts';
import type { RecordingKeys } from '../recorder/storage/recording-keys.ts';
import type { Clock } from '../util/clock.ts';
import type { CloseStack } from '../util/close-stack.ts';

/** What renders need of the rest of the server. */
export interface RenderServiceOptions {
  readonly config: Pick<Config, 'renders' | 'archive'>;
  readonly database: Database;
  /** Address of Redis. */
  readonly redis: string;
  readonly namespace: string;
  readonly recordings: { find(id: string): Promise<{ readonly state: RecordingState } | undefined> };
  /** Which recordings somebody has removed. */
  readonly removals: Pick<RecordingStore, 'wasRemoved'>;
  readonly archives: Pick<ArchiveSource, 'localPath'>;
  readonly keys: Pick<RecordingKeys, 'find'>;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Pause before the second try of a failed render, milliseconds; it doubles. */
const RETRY_MS = 2000;

/** Opens them; `stack` closes them and their queue. */
export async function openRenders(options: RenderServiceOptions, stack: CloseStack): Promise<Renders> {
  const { config, database, redis, namespace, recordings, dataDir, clock, log } = options;
  const retry = { attempts: config.archive.attempts, firstMs: RETRY_MS };
  const queue = new RenderQueue({ redis, namespace, retry, log });
  stack.defer(() => queue.close());
  const renders = await Renders.open({
    store: new RenderStore(database),
    queue,
    timeline: (id) => timelineOf(id, options),
    exists: async (id) => (await recordings.find(id)) !== undefined,
    wasRemoved: (id) => options.removals.wasRemoved(id),
    dataDir,
    limits: config.renders,
    keyOf: (id) => options.keys.find(id),
    clock,
    log,
  });
  stack.defer(() => renders.close());
  return renders;
}

async function timelineOf(id: string, { recordings, archives }: RenderServiceOptions): Promise<ArchiveTimeline> {
  const state = (await recordings.find(id))?.state;
  if (state === undefined) throw new NotFoundError('recording_not_found', `There is no recording "${id}".`);
  if (state !== 'ready') {
    throw new ConflictError('not_ready', `The recording is ${state}; it can be made anew once it is ready.`);
  }
  const copy = await archives.localPath(id, TIMELINE_FILE).catch((error: unknown) => {
    if (!(error instanceof NotFoundError)) throw error;
    throw new ConflictError('no_tracks', 'Only the film of this recording exists: nothing else can be made from it.');
  });
  try {
    return await readTimeline(copy.path);
  } finally {
    await copy.dispose();
  }
}
