/** What a server has around recordings: database, queue, recordings and, if wanted, a worker. */
import { join } from 'node:path';
import { Database } from '../../src/database/database.ts';
import { nullLogger } from '../../src/logger.ts';
import type { ArchiveStepMakers } from '../../src/recorder/archive/archive-finish.ts';
import { ArchiveQueue } from '../../src/recorder/archive/archive-queue.ts';
import { startArchiveWorker } from '../../src/recorder/archive/archive-worker.ts';
import type { LiveSessions } from '../../src/recorder/session/live-session.ts';
import { RecordingStore } from '../../src/recorder/recordings/recording-store.ts';
import { recordingMigrations } from '../../src/recorder/recordings/recording-tables.ts';
import { Recordings } from '../../src/recorder/recordings/recordings.ts';
import type { RecordingsOptions } from '../../src/recorder/recordings/recordings-options.ts';
import type { RecordingMark } from '../../src/room/room.ts';
import { CloseStack } from '../../src/util/close-stack.ts';
import { systemClock } from '../../src/util/clock.ts';
import { filmOnly } from './film-only.ts';

/** Two rooms exist: `demo` and `empty`. */
export interface RecordingServer {
  readonly recordings: Recordings;
  readonly store: RecordingStore;
  readonly queue: ArchiveQueue;
  /** All that was told of rooms being recorded. */
  readonly marks: ReadonlyArray<readonly [room: string, mark: RecordingMark]>;
  close(): Promise<void>;
}

/** Starts all of it; `worker` is where FFmpeg is, undefined for none. */
export async function startRecordingServer(options: {
  readonly redis: string;
  readonly dataDir: string;
  readonly sessions: LiveSessions;
  readonly worker: { readonly path: string; readonly ffprobePath: string } | undefined;
  /** What the worker makes; by default the film alone. */
  readonly steps?: ArchiveStepMakers;
  readonly more?: Partial<RecordingsOptions>;
}): Promise<RecordingServer> {
  const { redis, dataDir, sessions } = options;
  const stack = new CloseStack();
  const path = join(dataDir, 'db.sqlite');
  const database = await Database.open({ path, migrations: recordingMigrations, log: nullLogger });
  stack.defer(() => database.close());
  const store = new RecordingStore(database);
  const queue = new ArchiveQueue({ redis, retry: { attempts: 2, firstMs: 10 }, log: nullLogger });
  stack.defer(() => queue.close());
  if (options.worker) {
    const { path: ffmpegPath, ffprobePath } = options.worker;
    const { steps = filmOnly } = options;
    const common = { concurrency: 1, steps, log: nullLogger, clock: systemClock };
    const worker = startArchiveWorker({ redis, dataDir, ffmpegPath, ffprobePath, ...common });
    stack.defer(() => worker.close());
  }
  const marks: Array<readonly [string, RecordingMark]> = [];
  const recordings = await Recordings.open({
    store,
    queue,
    dataDir,
    sessions,
    rooms: { find: (id) => (id === 'demo' || id === 'empty' ? { title: `Room ${id}` } : undefined) },
    clock: systemClock,
    log: nullLogger,
    onRecordingChange: ({ room }, mark) => marks.push([room, mark]),
    outboxIntervalMs: 200,
    ...options.more,
  });
  stack.defer(() => recordings.close());
  return { recordings, store, queue, marks, close: () => stack.close() };
}
