/** Recordings of all rooms: marked ranges of sessions, from the first frame to the finished archive. */
import { join } from 'node:path';
import { ConflictError, messageOf, NotFoundError } from '../../errors.ts';
import { Background } from '../../util/background.ts';
import type { Disposer } from '../../util/clock.ts';
import { KeyedQueue } from '../../util/keyed-queue.ts';
import { type ArchiveFile, findArchiveFile } from '../archive/archive-file.ts';
import { ArchiveOutbox } from '../archive/archive-outbox.ts';
import { ManifestCache } from '../archive/manifest-cache.ts';
import type { LiveSession } from '../session/live-session.ts';
import type { ResumableSession } from '../session/resumable-session.ts';
import { SessionFolders } from '../session/session-folders.ts';
import { closeRanges } from './frame-range.ts';
import { giveTitle } from './given-titles.ts';
import { LiveRecordings, type RecordingBeginning } from './live-recordings.ts';
import { pageOf, type RecordingFilter, type RecordingPage, type TrashPage, trashPageOf } from './recording-page.ts';
import type { Recording, RecordingState, RecordingView, TrashView } from './recording-view.ts';
import type { RecordingsOptions } from './recordings-options.ts';
import { applyTrashMarks, clearTrashMark, setTrashMark } from './trash-marks.ts';
import { adoptSessions } from './unlisted-sessions.ts';
import { discardRemoved, sweepArchives } from './unlisted.ts';

/** `open` before the first session, `close` after the last. */
export class Recordings {
  readonly #options: RecordingsOptions;
  readonly #outbox: ArchiveOutbox;
  readonly #folders: SessionFolders;
  readonly #manifests = new ManifestCache();
  readonly #queue = new KeyedQueue();
  readonly #live: LiveRecordings;
  readonly #background: Background;
  readonly #stopListening: Disposer;

  private constructor(options: RecordingsOptions) {
    this.#options = options;
    this.#background = new Background((error) =>
      options.log.error('a recording was not looked after', { reason: messageOf(error) }),
    );
    this.#folders = new SessionFolders(join(options.dataDir, 'sessions'), options.store, options.log);
    this.#live = new LiveRecordings({
      options,
      queue: this.#queue,
      folders: this.#folders,
      background: this.#background,
      onStopped: () => this.#outbox.kick(),
    });
    this.#outbox = new ArchiveOutbox({
      ...options,
      isWritten: (id) => this.#live.isWritten(id),
      ...(options.outboxIntervalMs === undefined ? {} : { intervalMs: options.outboxIntervalMs }),
    });
    this.#stopListening = this.#outbox.events.on('settled', ({ id, known }) => {
      this.#background.add(known ? this.#settled(id) : discardRemoved(options, id));
    });
  }

  /** Finds what a crash interrupted, cleans up after it, and starts to look after archives. */
  static async open(options: RecordingsOptions): Promise<Recordings> {
    const recordings = new Recordings(options);
    const live = recordings.#live;
    try {
      await live.recover();
      await sweepArchives(options);
      await adoptSessions(options, (session) => live.waitsFor(session));
      await applyTrashMarks(options);
      await recordings.#folders.sweep((session) => live.waitsFor(session));
    } catch (error) {
      // Who may come back is not waited for: that would end in a database that is closed by then.
      await recordings.close();
      throw error;
    }
    recordings.#outbox.start();
    return recordings;
  }

  /**
   * Tells the room, and begins when it knows. @param beginning `whole` where the room knew before its session began
   * @throws NotFoundError `room_not_found`; ConflictError `not_live`, `already_recording`; AppError 507 `disk_floor`.
   */
  start(roomId: string, beginning: RecordingBeginning = 'now'): Promise<RecordingView> {
    return this.#live.start(roomId, beginning);
  }

  /** Leaves out what comes until `resume`. @throws NotFoundError; ConflictError `not_recording`. */
  pause(id: string): Promise<RecordingView> {
    return this.#live.pause(id);
  }

  /** Goes on after a pause. @throws NotFoundError; ConflictError `not_recording`. */
  resume(id: string): Promise<RecordingView> {
    return this.#live.resume(id);
  }

  /** Ends it and orders its archive; does nothing when it has ended. @throws NotFoundError. */
  stop(id: string): Promise<RecordingView> {
    return this.#live.stop(id);
  }

  /** Tries a failed archive again. @throws NotFoundError; ConflictError `not_failed`; UnavailableError. */
  retry(id: string): Promise<RecordingView> {
    return this.#queue.run(id, async () => {
      const recording = await this.#options.store.existing(id);
      if (recording.state !== 'failed' || closeRanges(recording.ranges, Number.POSITIVE_INFINITY).length === 0) {
        throw new ConflictError('not_failed', 'Only a recording whose archive failed can be tried again.');
      }
      // First the old job, for it would be taken for the new one.
      await this.#options.queue.remove(id);
      await this.#options.store.change(id, ['failed'], { state: 'archiving', error: undefined, progress: 0 });
      this.#outbox.kick();
      return this.#live.view(await this.#options.store.existing(id));
    });
  }

  /** Gives it another title; its files keep the one that they were made with. @throws NotFoundError. */
  rename(id: string, title: string): Promise<RecordingView> {
    return this.#queue.run(id, async () => {
      const { dataDir, store } = this.#options;
      const recording = await this.#existing(id);
      if (recording.title === title) return this.#live.view(recording);
      // The file first: the next start lists the title that it tells, so that both say the same whenever this is cut off.
      await giveTitle(dataDir, id, title);
      return this.#live.view((await store.rename(id, title)) ?? recording);
    });
  }

  /** Undefined when there is none, or when it is in the trash. */
  async find(id: string): Promise<RecordingView | undefined> {
    const recording = await this.#options.store.shown(id);
    return recording && this.#live.view(recording);
  }

  /** How many there are in each state that has any. */
  countByState(): Promise<ReadonlyMap<RecordingState, number>> {
    return this.#options.store.countByState();
  }

  /** Newest first. @throws BadRequestError `bad_cursor`. */
  list(filter: RecordingFilter): Promise<RecordingPage> {
    return pageOf(this.#options.store, filter, (recording) => this.#live.view(recording));
  }

  /** Puts it in the trash, and stops it first when it runs; its archive is made all the same. @throws NotFoundError. */
  async trash(id: string): Promise<TrashView> {
    await this.#existing(id);
    await this.#live.stop(id);
    return this.#queue.run(id, async () => {
      const { clock, dataDir, store } = this.#options;
      await this.#existing(id);
      const at = new Date(clock.wallMs());
      await setTrashMark(dataDir, id, at);
      try {
        const recording = await store.trash.putIn(id, at);
        if (recording) return this.#trashView(recording);
        throw new ConflictError('not_stopped', 'The recording is not stopped yet; try again.');
      } catch (error) {
        // Whoever is told that it failed finds it where it was, also after the next start.
        await clearTrashMark(dataDir, id).catch(() => undefined);
        throw error;
      }
    });
  }

  /** Takes it out of the trash. @throws NotFoundError `not_in_trash`. */
  restore(id: string): Promise<RecordingView> {
    return this.#queue.run(id, async () => {
      const { dataDir, store } = this.#options;
      if (!(await store.trash.find(id))) throw notInTrash();
      await clearTrashMark(dataDir, id);
      const recording = await store.trash.takeOut(id);
      if (!recording) throw notInTrash();
      return this.#live.view(recording);
    });
  }

  /** What is in the trash, put in last first. @throws BadRequestError `bad_cursor`. */
  listTrash(page: { readonly limit: number; readonly cursor?: string }): Promise<TrashPage> {
    return trashPageOf(this.#options.store, page, (recording) => this.#trashView(recording));
  }

  /** Undefined when it is not in the trash. */
  async findTrashed(id: string): Promise<TrashView | undefined> {
    const recording = await this.#options.store.trash.find(id);
    return recording && this.#trashView(recording);
  }

  /** Deletes it for good if it is in the trash, and not when it was taken out meanwhile. @throws NotFoundError `not_in_trash`. */
  removeTrashed(id: string): Promise<void> {
    return this.#queue.run(id, async () => {
      if (!(await this.#options.store.trash.condemn(id))) throw notInTrash();
      await this.#remove(await this.#options.store.existing(id));
    });
  }

  /** Deletes it with its archive, in the trash or not, and stops it first when it runs. @throws NotFoundError. */
  remove(id: string): Promise<void> {
    return this.#queue.run(id, async () => {
      // Nobody takes out what has lost its key and its objects, should this be cut off.
      await this.#options.store.trash.condemn(id);
      await this.#remove(await this.#options.store.existing(id));
    });
  }

  async #remove(recording: Recording): Promise<void> {
    const { id } = recording;
    // A worker that is at it finishes for nobody; its archive is deleted then.
    await this.#options.queue.remove(id).catch(() => false);
    await this.#options.onRemoving?.(id);
    await this.#options.store.remove(id, new Date(this.#options.clock.wallMs()));
    // Not before: what cannot be forgotten for now, as on a full disk, runs on and can be stopped.
    await this.#live.opened(id);
    const { interrupted } = this.#live.drop(recording);
    await this.#options.onRemove?.(id);
    await discardRemoved(this.#options, id);
    this.#live.release(id);
    if (interrupted) await this.#folders.ended(recording.session);
    else await this.#folders.release(recording.session);
  }

  /** @throws NotFoundError; ConflictError `not_ready`. */
  async file(id: string, name: string): Promise<ArchiveFile> {
    const recording = await this.#existing(id);
    if (recording.state !== 'ready') {
      throw new ConflictError('not_ready', `The recording is ${recording.state}; its files exist once it is ready.`);
    }
    return findArchiveFile({ ...this.#options, manifests: this.#manifests }, recording, name);
  }

  /** Whether the disk takes more than what is being recorded. @throws AppError 507 `disk_floor`. */
  requireSpace(): Promise<void> {
    return this.#live.requireSpace();
  }

  /** Where a recording that runs would end by itself, for its room is empty: what lies behind may be left out. */
  endsAt(id: string): number | undefined {
    return this.#live.endsAt(id);
  }

  /** Whether the last parts of a recording that has stopped are on the disk. */
  isWritten(id: string): boolean {
    return this.#live.isWritten(id);
  }

  /** To be called when a session ends, after its last part was appended and before its log is closed. */
  sessionEnding(session: LiveSession): Promise<void> {
    return this.#live.sessionEnding(session);
  }

  /** Somebody is in a room again whose session the server's crash broke off: what to go on with, to be opened at once. */
  takeInterrupted(roomId: string): ResumableSession | undefined {
    return this.#live.takeInterrupted(roomId);
  }

  /** To be called when the log of a session is open, before anything is written to it. */
  sessionOpened(session: LiveSession): void {
    this.#live.sessionOpened(session);
  }

  /** A room is being deleted: nobody comes back to it. */
  roomRemoved(roomId: string): Promise<void> {
    return this.#live.roomRemoved(roomId);
  }

  /** Keeps the files of a session until disposed, also when it ends. */
  useSession(session: string): Disposer {
    return this.#folders.use(session);
  }

  /** Stops looking after archives; resolves when nothing is under way. Ranges that still run are recovered at the next start. */
  async close(): Promise<void> {
    this.#live.close();
    await this.#queue.idle();
    await this.#outbox.close();
    this.#stopListening();
    await this.#background.idle();
  }

  /** @throws NotFoundError, also for what is in the trash */
  async #existing(id: string): Promise<Recording> {
    const recording = await this.#options.store.existing(id);
    if (recording.trashedAt) throw new NotFoundError('recording_not_found', `There is no recording "${id}".`);
    return recording;
  }

  #trashView(recording: Recording): TrashView {
    const { startedAt, trashedAt = startedAt } = recording;
    return { ...this.#live.view(recording), trashedAt: trashedAt.toISOString() };
  }

  async #settled(id: string): Promise<void> {
    const recording = await this.#options.store.find(id);
    if (recording?.state !== 'ready') return;
    this.#options.onReady?.(id);
    this.#live.release(id);
    await this.#folders.release(recording.session);
  }
}

function notInTrash(): NotFoundError {
  return new NotFoundError('not_in_trash', 'The recording is not in the trash; it was taken out, or deleted for good.');
}
