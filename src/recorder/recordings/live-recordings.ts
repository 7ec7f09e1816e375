/** Recordings that are running, waiting to be resumed, or just stopped: they need their session, and the room is told about them. */
import { randomBytes } from 'node:crypto';
import { ConflictError, messageOf, NotFoundError } from '../../errors.ts';
import type { Background } from '../../util/background.ts';
import { freePercent } from '../../util/free-space.ts';
import type { KeyedQueue } from '../../util/keyed-queue.ts';
import { shownProblem } from '../session/disk-problem.ts';
import type { LiveSession } from '../session/live-session.ts';
import type { ResumableSession } from '../session/resumable-session.ts';
import type { SessionFolders } from '../session/session-folders.ts';
import { closeBehindPeople, endOfPresence } from './empty-end.ts';
import { closeRanges, type FrameRange, type OpenRange } from './frame-range.ts';
import { type Interruption, Interruptions } from './interruptions.ts';
import { RecordingGuard } from './recording-guard.ts';
import { isUnderFloor, NO_LIMITS } from './recording-limits.ts';
import type { RecordingStore } from './recording-store.ts';
import { type Recording, type RecordingView, type StopReason, viewOf } from './recording-view.ts';
import type { RecordingsOptions } from './recordings-options.ts';
import { closeInterrupted, recoverRecordings } from './recovery.ts';
import { newRecording, RunningRecording } from './running-recording.ts';
import { stopChange, StoppedRecordings } from './stopped-recordings.ts';

/** Where a recording begins: at the frame that comes next, or with the first one of its session. */
export type RecordingBeginning = 'now' | 'whole';

/** What they share with the recordings that are archived. */
export interface LiveRecordingsParts {
  readonly options: RecordingsOptions;
  /** One change of a recording after the other. */
  readonly queue: KeyedQueue;
  readonly folders: SessionFolders;
  readonly background: Background;
  /** One has ended: its archive may be ordered. */
  readonly onStopped: () => void;
}

/** `recover` before the first session, `close` after the last. */
export class LiveRecordings {
  readonly #options: RecordingsOptions;
  readonly #queue: KeyedQueue;
  readonly #folders: SessionFolders;
  readonly #background: Background;
  readonly #onStopped: () => void;
  /** By session: one may still be ending while the next of its room is recorded already. */
  readonly #running = new Map<string, RunningRecording>();
  readonly #stopped: StoppedRecordings;
  readonly #interruptions: Interruptions;
  readonly #guard: RecordingGuard;
  /** Sessions that must not be recorded any more. */
  readonly #ending = new Set<string>();

  constructor({ options, queue, folders, background, onStopped }: LiveRecordingsParts) {
    this.#options = options;
    this.#queue = queue;
    this.#folders = folders;
    this.#background = background;
    this.#onStopped = onStopped;
    this.#stopped = new StoppedRecordings(options.clock);
    this.#interruptions = new Interruptions({
      graceMs: options.graceMs ?? 0,
      clock: options.clock,
      onExpired: (gone) => this.#background.add(this.#queue.run(gone.recording.id, () => this.#giveUp(gone, 'crash'))),
    });
    this.#guard = new RecordingGuard({
      limits: NO_LIMITS,
      isIdle: () => false,
      ...options,
      freePercent: () => this.#freePercent(),
      running: () => this.#running.values(),
      stop: (id, reason) => this.#stop(id, reason),
    });
  }

  /** What was thrown away gives way to what is recorded. */
  async #freePercent(): Promise<number> {
    const { dataDir, limits = NO_LIMITS, makeRoom } = this.#options;
    const ask = this.#options.freePercent ?? (() => freePercent(dataDir));
    const free = await ask();
    return isUnderFloor(free, limits) && (await makeRoom?.()) ? ask() : free;
  }

  /** Finds what a crash interrupted: it waits for somebody to come back, or is closed. */
  async recover(): Promise<void> {
    const { graceMs = 0, onRecordingChange, rooms } = this.#options;
    const mayGoOn = ({ room }: Recording): boolean => graceMs > 0 && rooms.find(room) !== undefined;
    for (const interruption of await recoverRecordings(this.#options, mayGoOn)) {
      const { state } = interruption.recording;
      this.#interruptions.add(interruption);
      // Whoever comes is to know it before they are seen.
      onRecordingChange(interruption.recording, state === 'paused' ? 'paused' : 'recording');
    }
  }

  /** @throws AppError 507 `disk_floor` */
  requireSpace(): Promise<void> {
    return this.#guard.admit();
  }

  /** Whether somebody may come back to a session that a crash broke off. */
  waitsFor(session: string): boolean {
    return this.#interruptions.waitsFor(session);
  }

  /**
   * Tells the room, and begins when it knows. @param beginning `whole` where the room knew before its session began
   * @throws NotFoundError `room_not_found`; ConflictError `not_live`, `already_recording`; AppError 507 `disk_floor`.
   */
  async start(roomId: string, beginning: RecordingBeginning = 'now'): Promise<RecordingView> {
    const { clock, rooms, sessions, store } = this.#options;
    const room = rooms.find(roomId);
    if (!room) throw new NotFoundError('room_not_found', `There is no room "${roomId}"; create it first.`);
    const session = sessions.find(roomId);
    if (!session || this.#ending.has(session.id)) {
      throw new ConflictError(
        'not_live',
        `Nobody is live in the room "${roomId}"; join or publish first, then record.`,
      );
    }
    if (this.#running.has(session.id)) {
      throw new ConflictError('already_recording', `The room "${roomId}" is being recorded already; stop that first.`);
    }
    // The first letter keeps the id from being a number, which the queue refuses.
    const running = new RunningRecording(`r${randomBytes(12).toString('base64url')}`, session);
    this.#running.set(session.id, running);
    return this.#queue.run(running.id, async () => {
      try {
        await this.#guard.admit();
        return await this.#announced(session, beginning, async (from) => {
          running.begin(from);
          const recording = newRecording(running, room, from, new Date(clock.wallMs()));
          await store.insert(recording);
          return this.view(recording);
        });
      } catch (error) {
        this.#forget(running);
        running.release();
        throw error;
      }
    });
  }

  /** Tells the room that it records, and begins with the first frame that comes when everybody knows. */
  async #announced<T>(
    session: LiveSession,
    how: RecordingBeginning | 'again',
    begin: (from: number) => Promise<T>,
  ): Promise<T> {
    const { firstFrame, onRecordingChange } = this.#options;
    const of = { room: session.roomId, session: session.id };
    onRecordingChange(of, 'recording');
    try {
      return await begin(how === 'whole' ? 0 : firstFrame ? await firstFrame(session) : session.currentFrame());
    } catch (error) {
      onRecordingChange(of, how === 'again' ? 'paused' : 'off');
      throw error;
    }
  }

  /** Leaves out what comes until `resume`. @throws NotFoundError; ConflictError `not_recording`. */
  pause(id: string): Promise<RecordingView> {
    return this.#change(id, async (recording, running) => {
      if (recording.state === 'paused') return;
      const end = running.session.currentFrame();
      await this.#store(id, { state: 'paused', ranges: closeRanges(rangesOf(recording, running), end, 'pause') });
      running.end(end, 'paused');
      this.#options.onRecordingChange(recording, 'paused');
    });
  }

  /** Goes on after a pause. @throws NotFoundError; ConflictError `not_recording`. */
  resume(id: string): Promise<RecordingView> {
    return this.#change(id, async (recording, running) => {
      if (recording.state === 'recording') return;
      await this.#announced(running.session, 'again', async (from) => {
        await this.#store(id, { state: 'recording', ranges: [...recording.ranges, { from, to: null }] });
        running.begin(from);
      });
    });
  }

  /** Ends it and orders its archive; does nothing when it has ended. @throws NotFoundError. */
  stop(id: string): Promise<RecordingView> {
    return this.#stop(id, 'asked');
  }

  #stop(id: string, reason: StopReason): Promise<RecordingView> {
    return this.#queue.run(id, async () => {
      await this.#interruptions.opening(id);
      const recording = await this.#options.store.existing(id);
      const running = this.#running.get(recording.session);
      const interruption = this.#interruptions.drop(id);
      if (running?.id === id) await this.#finish(recording, running, reason);
      else if (interruption) await this.#giveUp(interruption, reason);
      return this.view(await this.#options.store.existing(id));
    });
  }

  /** Resolves at once, or when the session of a recording that is just gone on with is open. */
  opened(id: string): Promise<void> {
    return this.#interruptions.opening(id);
  }

  /** To be called within the queue, once it is `opened`, when a recording is forgotten: it keeps nothing any more, and its room is told. */
  drop(recording: Recording): { readonly interrupted: boolean } {
    const running = this.#running.get(recording.session);
    if (running?.id === recording.id) {
      this.#forget(running);
      running.release();
      this.#options.onRecordingChange(recording, 'off');
    }
    const interrupted = this.#interruptions.drop(recording.id) !== undefined;
    if (interrupted) this.#options.onRecordingChange(recording, 'off');
    return { interrupted };
  }

  /** Its media are needed no more: it is archived, or gone. */
  release(id: string): void {
    this.#stopped.release(id);
  }

  /** As it is shown now. */
  view(recording: Recording): RecordingView {
    const found = this.#running.get(recording.session);
    const running = found?.id === recording.id ? found : undefined;
    const disk = running?.runs ? running.session.log.failed : undefined;
    const problem = disk ? shownProblem(disk.code) : this.#interruptions.problemOf(recording);
    return viewOf(recording, running?.session.currentFrame(), problem);
  }

  /** Where a recording that runs would end by itself, for its room is empty: what lies behind may be left out. */
  endsAt(id: string): number | undefined {
    const running = [...this.#running.values()].find((each) => each.id === id);
    if (running?.openFrom === undefined) return undefined;
    const { framerate } = running.session;
    return endOfPresence(running.openFrom, { emptyFrom: running.session.emptyFrom(), framerate });
  }

  /** Whether the last parts of a recording that has stopped are on the disk. */
  isWritten(id: string): boolean {
    return this.#stopped.isWritten(id);
  }

  /** To be called when a session ends, after its last part was appended and before its log is closed. */
  async sessionEnding(session: LiveSession): Promise<void> {
    const running = this.#running.get(session.id);
    this.#ending.add(session.id);
    void session.log.closed.then(() => {
      this.#ending.delete(session.id);
      this.#background.add(this.#folders.ended(session.id));
    });
    if (!running) return;
    const stop = (): Promise<unknown> => this.#stop(running.id, 'session_ended').catch(unlessGone);
    // A disk that is full keeps the database from being told; the session does not wait for it.
    await stop().catch((error: unknown) => {
      this.#options.log.error('a recording could not be ended, and is once it can', { reason: messageOf(error) });
      this.#background.add(this.#stopped.retry(stop));
    });
  }

  /** Somebody is in a room again whose session the server's crash broke off: what to go on with, to be opened at once. */
  takeInterrupted(roomId: string): ResumableSession | undefined {
    return this.#interruptions.take(roomId);
  }

  /** To be called when the log of a session is open, before anything is written to it. */
  sessionOpened(session: LiveSession): void {
    const resumed = this.#interruptions.resume(session);
    if (!resumed) return;
    const { from, running, stopped } = resumed;
    for (const each of stopped) this.#stopped.hold(each);
    this.#running.set(session.id, running);
    if (from === undefined) return;
    this.#options.log.info('a recording goes on after a crash', { recording: running.id, session: session.id });
    const goOn = (): Promise<void> => this.#queue.run(running.id, () => this.#storeRange(running)).catch(unlessGone);
    const stored = goOn().catch((error: unknown) => {
      const reason = messageOf(error);
      this.#options.log.error('that a recording goes on could not be stored, and is once it can', {
        recording: running.id,
        reason,
      });
      return this.#stopped.retry(goOn);
    });
    this.#background.add(stored);
  }

  /** The range that runs, if it is not stored yet; nothing of a recording that is over. */
  async #storeRange(running: RunningRecording): Promise<void> {
    const recording = await this.#options.store.existing(running.id);
    const ranges = rangesOf(recording, running);
    if (ranges !== recording.ranges) await this.#store(running.id, { ranges });
  }

  /** A room is being deleted: nobody comes back to it. */
  async roomRemoved(roomId: string): Promise<void> {
    const id = this.#interruptions.of(roomId);
    if (id !== undefined) await this.#stop(id, 'crash');
  }

  /** Ranges that still run are recovered at the next start. */
  close(): void {
    this.#guard.close();
    this.#interruptions.close();
    this.#stopped.close();
  }

  #change(id: string, act: (recording: Recording, running: RunningRecording) => Promise<void>): Promise<RecordingView> {
    return this.#queue.run(id, async () => {
      const recording = await this.#options.store.existing(id);
      const running = this.#running.get(recording.session);
      this.#interruptions.requireBack(recording);
      if (running?.id !== id) throw new ConflictError('not_recording', 'The recording has ended; start a new one.');
      await act(recording, running);
      return this.view(await this.#options.store.existing(id));
    });
  }

  async #finish(recording: Recording, running: RunningRecording, stopReason: StopReason): Promise<void> {
    const { session, openFrom } = running;
    const { framerate } = session;
    const due = session.currentFrame();
    // Whoever stops it gets all of it until then.
    const emptyFrom = stopReason === 'asked' ? undefined : session.emptyFrom();
    const ranges = closeBehindPeople(rangesOf(recording, running), { due, emptyFrom, framerate });
    const stoppedAt = new Date(this.#options.clock.wallMs());
    this.#stopped.begin(recording.id);
    await this.#store(recording.id, { ...stopChange(ranges), stoppedAt, stopReason });
    running.end(ranges.find(({ from }) => from === openFrom)?.to ?? due, 'stopped');
    this.#forget(running);
    this.#options.onRecordingChange(recording, 'off');
    if (ranges.length === 0) {
      this.#stopped.settle(recording.id);
      running.release();
      return;
    }
    this.#stopped.hold(running);
    this.#background.add(this.#awaitWritten(running, ranges));
  }

  async #awaitWritten(running: RunningRecording, ranges: readonly FrameRange[]): Promise<void> {
    const how = await this.#stopped.written(running, ranges);
    if (!how) return;
    try {
      if (how === 'nothing') await this.#options.store.change(running.id, ['archiving'], stopChange([]));
    } finally {
      this.#stopped.settle(running.id);
      this.#onStopped();
    }
    if (how !== 'nothing') return;
    this.#stopped.release(running.id);
    await this.#folders.release(running.session.id);
  }

  /** What a crash interrupted is not gone on with. */
  async #giveUp({ recording, endedAt }: Interruption, reason: StopReason): Promise<void> {
    await closeInterrupted(this.#options.store, recording, endedAt, reason);
    this.#options.onRecordingChange(recording, 'off');
    await this.#folders.ended(recording.session);
    this.#onStopped();
  }

  #forget(running: RunningRecording): void {
    if (this.#running.get(running.session.id) === running) this.#running.delete(running.session.id);
  }

  async #store(id: string, change: Parameters<RecordingStore['change']>[2]): Promise<void> {
    await this.#options.store.change(id, ['recording', 'paused'], change);
  }
}

/** Its ranges with the one that runs, also while a disk that is full keeps that from being stored; once, also when its end was stored. */
function rangesOf({ ranges }: Recording, { openFrom }: RunningRecording): readonly OpenRange[] {
  if (openFrom === undefined || ranges.some(({ from, to }) => to === null || from === openFrom)) return ranges;
  return [...ranges, { from: openFrom, to: null }];
}

/** A recording that is deleted, or whose start has failed, need not be ended. */
function unlessGone(error: unknown): void {
  if (!(error instanceof NotFoundError)) throw error;
}
