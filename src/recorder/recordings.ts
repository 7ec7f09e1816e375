/** Recordings of all rooms: marked ranges of sessions, from the first frame to the finished archive. */
import { randomBytes } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ConflictError, messageOf, NotFoundError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { type Clock, type Disposer, sleep } from '../util/clock.ts';
import { removeLeftovers } from './archive-job.ts';
import { archiveFolder, readManifest } from './archive-manifest.ts';
import { ArchiveOutbox } from './archive-outbox.ts';
import type { ArchiveQueue } from './archive-queue.ts';
import { closeRanges, type FrameRange } from './frame-range.ts';
import { KeyedQueue } from '../util/keyed-queue.ts';
import type { LiveSession, LiveSessions } from './live-session.ts';
import { recoverRecordings, removeStrayArchives } from './recovery.ts';
import type { RecordingStore } from './recording-store.ts';
import {
  decodeCursor,
  downloadName,
  encodeCursor,
  type Recording,
  type RecordingState,
  type RecordingView,
  viewOf,
} from './recording-view.ts';
import { RunningRecording } from './running-recording.ts';
import { SessionFolders } from './session-folders.ts';

/** The rooms that may be recorded. */
export interface RecordableRooms {
  find(id: string): { readonly title: string } | undefined;
}

/** Options of `Recordings`. */
export interface RecordingsOptions {
  readonly store: RecordingStore;
  readonly queue: ArchiveQueue;
  readonly sessions: LiveSessions;
  readonly rooms: RecordableRooms;
  /** Folder with `sessions/` and `recordings/`. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told when what happens in a room starts or stops being kept. */
  readonly onRecordingChange: (roomId: string, recording: boolean) => void;
  /** Milliseconds between two looks at awaited archives. */
  readonly outboxIntervalMs?: number;
}

/** A file of a finished archive. */
export interface ArchiveFile {
  readonly path: string;
  readonly size: number;
  /** Strong validator, without quotes. */
  readonly etag: string;
  readonly contentType: string;
  readonly downloadName: string;
  readonly modifiedAt: Date;
}

/** A page of recordings, newest first. */
export interface RecordingPage {
  readonly items: readonly RecordingView[];
  readonly next?: string;
}

// The newest part is at most a part's length behind; a mixer that restarts takes two seconds.
const WRITE_PATIENCE_MS = 10_000;

/** `open` before the first session, `close` after the last. */
export class Recordings {
  readonly #options: RecordingsOptions;
  readonly #outbox: ArchiveOutbox;
  readonly #folders: SessionFolders;
  readonly #queue = new KeyedQueue();
  /** Room to the recording that runs in it. */
  readonly #running = new Map<string, RunningRecording>();
  /** Recording to what it still holds: stopped, not archived yet. */
  readonly #stopped = new Map<string, RunningRecording>();
  /** Stopped recordings whose last parts are not on the disk yet. */
  readonly #writing = new Set<string>();
  /** Sessions that must not be recorded any more. */
  readonly #ending = new Set<string>();
  readonly #background = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  readonly #stopListening: Disposer;

  private constructor(options: RecordingsOptions) {
    this.#options = options;
    this.#folders = new SessionFolders(join(options.dataDir, 'sessions'), options.store, options.log);
    this.#outbox = new ArchiveOutbox({
      ...options,
      isWritten: (id) => this.isWritten(id),
      ...(options.outboxIntervalMs === undefined ? {} : { intervalMs: options.outboxIntervalMs }),
    });
    this.#stopListening = this.#outbox.events.on('settled', ({ id, known }) => {
      this.#inBackground(known ? this.#settled(id) : this.#discard(id));
    });
  }

  /** Finishes what a crash interrupted, cleans up after it, and starts to look after archives. */
  static async open(options: RecordingsOptions): Promise<Recordings> {
    const recordings = new Recordings(options);
    await recoverRecordings(options);
    await recordings.#folders.sweep();
    await removeStrayArchives(options);
    recordings.#outbox.start();
    return recordings;
  }

  /** @throws NotFoundError `room_not_found`; ConflictError `not_live`, `already_recording`. */
  async start(roomId: string): Promise<RecordingView> {
    const { clock, onRecordingChange, rooms, sessions, store } = this.#options;
    const room = rooms.find(roomId);
    if (!room) throw new NotFoundError('room_not_found', `There is no room "${roomId}"; create it first.`);
    const session = sessions.find(roomId);
    if (!session || this.#ending.has(session.id)) {
      throw new ConflictError(
        'not_live',
        `Nobody is live in the room "${roomId}"; join or publish first, then record.`,
      );
    }
    if (this.#running.has(roomId)) {
      throw new ConflictError('already_recording', `The room "${roomId}" is being recorded already; stop that first.`);
    }
    const from = session.currentFrame();
    // The first letter keeps the id from being a number, which the queue refuses.
    const running = new RunningRecording(`r${randomBytes(12).toString('base64url')}`, session);
    running.begin(from);
    this.#running.set(roomId, running);
    return this.#queue.run(running.id, async () => {
      const recording: Recording = {
        id: running.id,
        room: roomId,
        title: room.title,
        session: session.id,
        state: 'recording',
        startedAt: new Date(clock.wallMs()),
        ranges: [{ from, to: null }],
        framerate: session.framerate,
      };
      try {
        await store.insert(recording);
      } catch (error) {
        this.#forget(roomId, running);
        running.release();
        throw error;
      }
      onRecordingChange(roomId, true);
      return this.#view(recording);
    });
  }

  /** Leaves out what comes until `resume`. @throws NotFoundError; ConflictError `not_recording`. */
  pause(id: string): Promise<RecordingView> {
    return this.#change(id, async (recording, running) => {
      if (recording.state === 'paused') return;
      const end = running.session.currentFrame();
      running.end(end);
      await this.#store(id, { state: 'paused', ranges: closeRanges(recording.ranges, end) });
      this.#options.onRecordingChange(recording.room, false);
    });
  }

  /** Goes on after a pause. @throws NotFoundError; ConflictError `not_recording`. */
  resume(id: string): Promise<RecordingView> {
    return this.#change(id, async (recording, running) => {
      if (recording.state === 'recording') return;
      const from = running.session.currentFrame();
      running.begin(from);
      await this.#store(id, { state: 'recording', ranges: [...recording.ranges, { from, to: null }] });
      this.#options.onRecordingChange(recording.room, true);
    });
  }

  /** Ends it and orders its archive; does nothing when it has ended. @throws NotFoundError. */
  stop(id: string): Promise<RecordingView> {
    return this.#queue.run(id, async () => {
      const recording = await this.#find(id);
      const running = this.#running.get(recording.room);
      if (running?.id === id) await this.#finish(recording, running);
      return this.#view(await this.#find(id));
    });
  }

  /** Tries a failed archive again. @throws NotFoundError; ConflictError `not_failed`; UnavailableError. */
  retry(id: string): Promise<RecordingView> {
    return this.#queue.run(id, async () => {
      const recording = await this.#find(id);
      if (recording.state !== 'failed' || closeRanges(recording.ranges, 0).length === 0) {
        throw new ConflictError('not_failed', 'Only a recording whose archive failed can be tried again.');
      }
      // First the old job, for it would be taken for the new one.
      await this.#options.queue.remove(id);
      await this.#options.store.change(id, ['failed'], { state: 'archiving', error: undefined, progress: 0 });
      this.#outbox.kick();
      return this.#view(await this.#find(id));
    });
  }

  /** Undefined when there is none. */
  async find(id: string): Promise<RecordingView | undefined> {
    const recording = await this.#options.store.find(id);
    return recording && this.#view(recording);
  }

  /** How many there are in each state that has any. */
  countByState(): Promise<ReadonlyMap<RecordingState, number>> {
    return this.#options.store.countByState();
  }

  /** Newest first. @throws BadRequestError `bad_cursor`. */
  async list(filter: {
    readonly room?: string;
    readonly state?: RecordingState;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<RecordingPage> {
    const { cursor, limit, ...where } = filter;
    const after = cursor === undefined ? {} : { after: decodeCursor(cursor) };
    const found = await this.#options.store.list({ ...where, ...after, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const more = last && found.length > limit;
    return {
      items: items.map((recording) => this.#view(recording)),
      ...(more ? { next: encodeCursor({ startedAt: last.startedAt.toISOString(), id: last.id }) } : {}),
    };
  }

  /** Deletes it with its archive, and stops it first when it runs. @throws NotFoundError. */
  remove(id: string): Promise<void> {
    return this.#queue.run(id, async () => {
      const recording = await this.#find(id);
      const running = this.#running.get(recording.room);
      if (running?.id === id) {
        this.#forget(recording.room, running);
        running.release();
        if (recording.state === 'recording') this.#options.onRecordingChange(recording.room, false);
      }
      // A worker that is at it finishes for nobody; its archive is deleted then.
      await this.#options.queue.remove(id).catch(() => false);
      await this.#options.store.remove(id);
      await this.#discard(id);
      this.#release(id);
      await this.#folders.release(recording.session);
    });
  }

  /** @throws NotFoundError; ConflictError `not_ready`. */
  async file(id: string, name: string): Promise<ArchiveFile> {
    const recording = await this.#find(id);
    if (recording.state !== 'ready') {
      throw new ConflictError('not_ready', `The recording is ${recording.state}; its files exist once it is ready.`);
    }
    const folder = archiveFolder(this.#options.dataDir, id);
    const entry = (await readManifest(folder))?.files.find((file) => file.name === name);
    const path = entry && join(folder, entry.name);
    const found = path && (await stat(path).catch(() => undefined));
    if (!entry || !path || !found) throw new NotFoundError('unknown_file', 'The archive holds no file of this name.');
    const { contentType, sha256, size } = entry;
    const shown = downloadName(recording, entry.name);
    return { path, size, etag: sha256, contentType, downloadName: shown, modifiedAt: found.mtime };
  }

  /** Whether the last parts of a recording that has stopped are on the disk. */
  isWritten(id: string): boolean {
    return !this.#writing.has(id);
  }

  /** Keeps the files of a session until disposed, also when it ends. */
  useSession(session: string): Disposer {
    return this.#folders.use(session);
  }

  /** To be called when a session ends, after its last part was appended and before its log is closed. */
  async sessionEnding(session: LiveSession): Promise<void> {
    const running = this.#running.get(session.roomId);
    this.#ending.add(session.id);
    void session.log.closed.then(() => {
      this.#ending.delete(session.id);
      this.#inBackground(this.#folders.ended(session.id));
    });
    if (running?.session.id === session.id) await this.stop(running.id);
  }

  /** Stops looking after archives; resolves when nothing is under way. Ranges that still run are recovered at the next start. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#queue.idle();
    await this.#outbox.close();
    this.#stopListening();
    while (this.#background.size > 0) await Promise.all(this.#background);
  }

  #change(id: string, act: (recording: Recording, running: RunningRecording) => Promise<void>): Promise<RecordingView> {
    return this.#queue.run(id, async () => {
      const recording = await this.#find(id);
      const running = this.#running.get(recording.room);
      if (running?.id !== id) throw new ConflictError('not_recording', 'The recording has ended; start a new one.');
      await act(recording, running);
      return this.#view(await this.#find(id));
    });
  }

  async #finish(recording: Recording, running: RunningRecording): Promise<void> {
    const end = running.session.currentFrame();
    const ranges = closeRanges(recording.ranges, end);
    running.end(end);
    const stoppedAt = new Date(this.#options.clock.wallMs());
    this.#writing.add(recording.id);
    await this.#store(recording.id, {
      ranges,
      stoppedAt,
      ...(ranges.length > 0
        ? { state: 'archiving', progress: 0 }
        : { state: 'failed', error: 'It was stopped before its first picture; there is nothing to archive.' }),
    });
    this.#forget(recording.room, running);
    if (recording.state === 'recording') this.#options.onRecordingChange(recording.room, false);
    if (ranges.length === 0) {
      this.#writing.delete(recording.id);
      running.release();
      return;
    }
    this.#stopped.set(recording.id, running);
    this.#inBackground(this.#awaitWritten(recording.id, running, ranges));
  }

  async #awaitWritten(id: string, running: RunningRecording, ranges: readonly FrameRange[]): Promise<void> {
    const last = ranges.at(-1)?.to ?? 0;
    const patience = sleep(this.#options.clock, WRITE_PATIENCE_MS, this.#closing.signal);
    await Promise.race([running.session.log.reachedFrame(last), patience]);
    // The next start finds it in the state `archiving`, with its session on the disk.
    if (this.#closing.signal.aborted) return;
    this.#writing.delete(id);
    this.#outbox.kick();
  }

  async #settled(id: string): Promise<void> {
    const recording = await this.#options.store.find(id);
    if (recording?.state !== 'ready') return;
    this.#release(id);
    await this.#folders.release(recording.session);
  }

  /** Deletes the files of an archive that belongs to nobody. */
  async #discard(id: string): Promise<void> {
    const { dataDir } = this.#options;
    await removeLeftovers(dataDir, id);
    await rm(archiveFolder(dataDir, id), { recursive: true, force: true });
  }

  #release(id: string): void {
    this.#stopped.get(id)?.release();
    this.#stopped.delete(id);
  }

  #forget(roomId: string, running: RunningRecording): void {
    if (this.#running.get(roomId) === running) this.#running.delete(roomId);
  }

  async #find(id: string): Promise<Recording> {
    const recording = await this.#options.store.find(id);
    if (!recording) throw new NotFoundError('recording_not_found', `There is no recording "${id}".`);
    return recording;
  }

  async #store(id: string, change: Parameters<RecordingStore['change']>[2]): Promise<void> {
    await this.#options.store.change(id, ['recording', 'paused'], change);
  }

  #view(recording: Recording): RecordingView {
    const running = this.#running.get(recording.room);
    return viewOf(recording, running?.id === recording.id ? running.session.currentFrame() : undefined);
  }

  #inBackground(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) =>
        this.#options.log.error('a recording was not looked after', { reason: messageOf(error) }),
      )
      .finally(() => this.#background.delete(tracked));
    this.#background.add(tracked);
  }
}
