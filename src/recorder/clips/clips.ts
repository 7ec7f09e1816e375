/** Clips of live sessions: made one at a time, listed, deleted. */
import { randomBytes } from 'node:crypto';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, ConflictError, LimitError, messageOf, NotFoundError, UnavailableError } from '../../errors.ts';
import { BoundedQueue } from '../../util/bounded-queue.ts';
import { type Disposer, sleep } from '../../util/clock.ts';
import { type ClipOrder, type ClipTools, makeClip, WORK_PREFIX } from './clip-maker.ts';
import { CLIP_FILE, type ClipManifest, clipFolder, clipsFolder, readClips } from './clip-manifest.ts';
import { type ClipRequest, type ClipSource, clipRange } from './clip-range.ts';
import type { FrameRange } from '../recordings/frame-range.ts';
import type { LiveSession, LiveSessions } from '../session/live-session.ts';

/** What clips may take. */
export interface ClipLimits {
  /** Clips of one room. */
  readonly maxPerRoom: number;
  /** Megabytes of all clips of the server. */
  readonly maxMegabytes: number;
  /** Seconds of one clip. */
  readonly maxSeconds: number;
}

/** Options of `Clips.open`. */
export interface ClipsOptions extends ClipTools {
  readonly sessions: LiveSessions;
  /** `createdAt`: ISO 8601, UTC. */
  readonly rooms: { find(id: string): { readonly title: string; readonly createdAt: string } | undefined };
  /** The frames of a session that were recorded, oldest first. */
  readonly recordedOf: (session: string) => Promise<readonly FrameRange[]>;
  /** Rejects when too little of the disk is free, which recordings need more. Default: there is enough. */
  readonly admit?: () => Promise<void>;
  readonly limits: ClipLimits;
  /** Keeps the folder of a session from being deleted once it has ended. */
  readonly useSession: (session: string) => Disposer;
}

/** A finished clip, as it is shown. */
export type ClipView = Pick<ClipManifest, 'id' | 'room' | 'title' | 'from' | 'to' | 'duration' | 'bytes' | 'createdAt'>;

/** The film of a clip. */
export interface ClipFile {
  readonly path: string;
  readonly clip: ClipView;
}

interface Making {
  readonly room: string;
  readonly bytes: number;
  readonly abort: AbortController;
  /** Settles when nothing of it is under way any more. */
  done: Promise<unknown>;
}

/** Beside the one that is made. */
const MAX_WAITING = 4;
/** Of one room, under way: whoever asks for one after the other leaves places to other rooms. */
const MAX_OF_ROOM = 3;
// The newest part is at most a part's length behind; a mixer that restarts takes two seconds.
const WRITE_PATIENCE_MS = 10_000;
const MEGABYTE = 1_000_000;
const MOST_NAMED = 10;

/** One per server; `open` when the rooms are known. */
export class Clips {
  readonly #options: ClipsOptions;
  /** By id, oldest first. */
  readonly #clips = new Map<string, ClipManifest>();
  readonly #making = new Set<Making>();
  readonly #queue = new BoundedQueue(MAX_WAITING);
  readonly #closing = new AbortController();

  private constructor(options: ClipsOptions) {
    this.#options = options;
  }

  /** Finds what is on the disk, and deletes what was not finished. */
  static async open(options: ClipsOptions): Promise<Clips> {
    const clips = new Clips(options);
    const folder = join(options.dataDir, 'clips');
    const unfinished = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(WORK_PREFIX));
    await Promise.all(unfinished.map((name) => rm(join(folder, name), { recursive: true, force: true })));
    const others: string[] = [];
    for (const clip of await readClips(folder)) {
      if (isOfRoom(clip, options.rooms.find(clip.room)?.createdAt)) clips.#clips.set(clip.id, clip);
      else others.push(`${clip.room}/${clip.id}`);
    }
    if (others.length > 0) {
      const names = others.slice(0, MOST_NAMED);
      options.log.warn(
        'the data folder holds clips of rooms that are not there; they stay until somebody deletes them',
        { folder, count: others.length, names },
      );
    }
    return clips;
  }

  /**
   * Makes a clip and resolves when it is there. It begins and ends with whole frames, and ends early when the program did.
   * @throws NotFoundError `room_not_found`; ConflictError `not_live`, `clip_not_kept`, `clip_not_recorded`,
   *   `too_many_clips`, `clips_full`; BadRequestError `clip_empty`, `clip_too_long`; LimitError `clips_busy`; UnavailableError `clip_given_up`;
   *   AppError 507 `disk_floor`.
   */
  async make(room: string, request: ClipRequest, title?: string): Promise<ClipView> {
    const { limits, recordedOf, rooms, sessions } = this.#options;
    const found = rooms.find(room);
    if (!found) throw new NotFoundError('room_not_found', `There is no room "${room}"; create it first.`);
    const session = sessions.find(room);
    if (!session) throw notLive(room);
    // As it is before the answer: what comes later may belong to nobody's recording any more.
    const now = sourceOf(session);
    const source = { ...now, recorded: await recordedOf(session.id) };
    await this.#options.admit?.();
    if (sessions.find(room)?.id !== session.id) throw notLive(room);
    const range = clipRange(request, source, limits.maxSeconds);
    const { making, end } = this.#begin(room, session, range);
    const order = { room, title: title ?? found.title, beganMs: source.beganMs };
    const done = this.#queue.run(() => this.#make(order, session, range, making.abort.signal));
    if (!done) {
      end();
      throw busy();
    }
    making.done = done.finally(end).catch(() => {});
    return viewOf(await done);
  }

  /** Clips of a room, newest first. */
  list(room: string): readonly ClipView[] {
    return [...this.#clips.values()]
      .filter((clip) => clip.room === room)
      .map(viewOf)
      .reverse();
  }

  /** @throws NotFoundError `clip_not_found`. */
  file(room: string, id: string): ClipFile {
    const clip = this.#find(room, id);
    return { path: join(clipFolder(this.#options.dataDir, room, id), CLIP_FILE), clip: viewOf(clip) };
  }

  /** @throws NotFoundError `clip_not_found`. */
  async remove(room: string, id: string): Promise<void> {
    await this.#discard(this.#find(room, id));
  }

  /** A room is deleted: its clips go, and what is being made of it is given up. */
  async removeRoom(room: string): Promise<void> {
    const making = [...this.#making].filter((clip) => clip.room === room);
    for (const { abort } of making) abort.abort();
    await Promise.all(making.map(({ done }) => done));
    for (const clip of [...this.#clips.values()]) if (clip.room === room) await this.#discard(clip);
    // Another room's clips may lie there on a disk that does not tell capital letters apart.
    await rmdir(clipsFolder(this.#options.dataDir, room)).catch(() => {});
  }

  /** Gives up what is being made; resolves when no process and no file of it is left. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const { abort } of this.#making) abort.abort();
    await this.#queue.idle();
  }

  /** Books the clip's place and holds what it shows until `end`. */
  #begin(room: string, session: LiveSession, range: FrameRange): { readonly making: Making; readonly end: Disposer } {
    const { limits } = this.#options;
    if (this.#closing.signal.aborted) throw givenUp('The server is closing; try again when it is back.');
    if ([...this.#making].filter((clip) => clip.room === room).length >= MAX_OF_ROOM) throw busy();
    const all = [...this.#clips.values(), ...this.#making];
    if (all.filter((clip) => clip.room === room).length >= limits.maxPerRoom) {
      throw new ConflictError('too_many_clips', `A room has ${limits.maxPerRoom} clips at most; delete one first.`);
    }
    const bytes = session.log.parts(range.from, range.to).reduce((sum, part) => sum + part.bytes, 0);
    if (all.reduce((sum, clip) => sum + clip.bytes, bytes) > limits.maxMegabytes * MEGABYTE) {
      throw new ConflictError(
        'clips_full',
        `The clips of all rooms would take more than ${limits.maxMegabytes} megabytes; delete some first.`,
      );
    }
    const making: Making = { room, bytes, abort: new AbortController(), done: Promise.resolve() };
    this.#making.add(making);
    const disposers = [session.log.hold(range.from, range.to), this.#options.useSession(session.id)];
    const end = (): void => {
      this.#making.delete(making);
      for (const dispose of disposers) dispose();
    };
    return { making, end };
  }

  async #make(
    about: Pick<ClipOrder, 'room' | 'title' | 'beganMs'>,
    session: LiveSession,
    wanted: FrameRange,
    signal: AbortSignal,
  ): Promise<ClipManifest> {
    const { clock, log } = this.#options;
    const { framerate, id, log: sessionLog } = session;
    const patience = new AbortController();
    await Promise.race([
      sessionLog.reachedFrame(wanted.to),
      sleep(clock, WRITE_PATIENCE_MS, AbortSignal.any([signal, patience.signal])),
    ]);
    patience.abort();
    if (signal.aborted) throw givenUp('The clip was given up, for its room or the server ends.');
    const order: ClipOrder = {
      ...about,
      id: `c${randomBytes(9).toString('base64url')}`,
      session: id,
      folder: sessionLog.folder,
      range: wanted,
      parts: sessionLog.parts(wanted.from, wanted.to),
      framerate,
    };
    try {
      const clip = await makeClip(order, this.#options, signal);
      this.#clips.set(clip.id, clip);
      log.info('a clip was made', { room: about.room, clip: clip.id, seconds: clip.duration });
      return clip;
    } catch (error) {
      if (signal.aborted) throw givenUp('The clip was given up, for its room or the server ends.', error);
      if (error instanceof AppError) throw error;
      log.error('a clip could not be made', { room: about.room, reason: messageOf(error) });
      throw new UnavailableError('clip_failed', 'The clip could not be made; look at the disk, then try again.', error);
    }
  }

  #find(room: string, id: string): ClipManifest {
    const clip = this.#clips.get(id);
    if (clip?.room === room) return clip;
    throw new NotFoundError('clip_not_found', 'There is no such clip of this room; see the list of its clips.');
  }

  async #discard(clip: ClipManifest): Promise<void> {
    this.#clips.delete(clip.id);
    await rm(clipFolder(this.#options.dataDir, clip.room, clip.id), { recursive: true, force: true });
  }
}

/**
 * Clips go before their room does, so one of a room that is not there is older, or younger, than the list of rooms, which was lost or
 * came from a backup. A room that was made later is another one, whatever its name.
 */
function isOfRoom({ createdAt }: ClipManifest, roomMadeAt: string | undefined): boolean {
  return roomMadeAt !== undefined && Date.parse(roomMadeAt) <= Date.parse(createdAt);
}

function sourceOf(session: LiveSession): Omit<ClipSource, 'recorded'> {
  const { framerate, log } = session;
  return { framerate, beganMs: session.wallTimeOf(0), currentFrame: session.currentFrame(), spans: log.spans() };
}

function viewOf({ id, room, title, from, to, duration, bytes, createdAt }: ClipManifest): ClipView {
  return { id, room, title, from, to, duration, bytes, createdAt };
}

function notLive(room: string): ConflictError {
  return new ConflictError('not_live', `Nothing is live in the room "${room}"; a clip shows what is, or just was.`);
}

function busy(): LimitError {
  return new LimitError('clips_busy', 'Several clips are being made already; try again in some seconds.');
}

function givenUp(message: string, cause?: unknown): UnavailableError {
  return new UnavailableError('clip_given_up', message, cause);
}
