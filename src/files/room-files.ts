/** The files that people share in rooms: what is known of them, their bytes, and when they go. */
import { randomBytes } from 'node:crypto';
import { AppError, ForbiddenError, messageOf, NotFoundError, UnauthorizedError } from '../errors.ts';
import type { EventPerson, EventSink } from '../events/event.ts';
import type { EventType } from '../events/event-types.ts';
import type { Logger } from '../logger.ts';
import type { FilePerson, FileView } from '../protocol/files.ts';
import type { KeptOutEntry } from '../room/kept-out.ts';
import type { Room } from '../room/room.ts';
import type { Clock } from '../util/clock.ts';
import { ClockDoubt } from '../util/clock-doubt.ts';
import { KeyedQueue } from '../util/keyed-queue.ts';
import { type Arriving, Arrivals } from './arrivals.ts';
import { BeginPaces } from './begin-paces.ts';
import { FileBytes } from './file-bytes.ts';
import { type FileLimits, fileRefusal } from './file-limits.ts';
import { cleanFileName, cleanFileType } from './file-name.ts';
import { writeNote } from './file-note.ts';
import type { FileStore, StoredFile } from './file-store.ts';
import { takeInUnlisted } from './unlisted-files.ts';

/** Options of the files. */
export interface RoomFilesOptions {
  readonly store: FileStore;
  /** Folder of the bytes. */
  readonly dir: string;
  readonly limits: FileLimits;
  readonly room: (id: string) => Room | undefined;
  /** Percent of the disk that may still be written. */
  readonly freePercent: (path: string) => Promise<number>;
  /** Keeps, or gives up, a complete file elsewhere; never rejects. */
  readonly kept?: FileKeeper;
  /** Whether its sender was sent out of the room of a file since they began it; asked at the start. Default: nobody was. */
  readonly sentOut?: (file: StoredFile) => KeptOutEntry['kind'] | undefined;
  /** People whose pace is remembered, at least 1; who began longest ago is forgotten. Default 10000. */
  readonly maxPaces?: number;
  readonly events?: EventSink;
  /** Whether the clock is to be believed; default: one that knows nothing of the time before it was made. */
  readonly doubt?: ClockDoubt | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Who else has the bytes of a file, for example a session that is recorded. */
export interface FileKeeper {
  /** Before anybody hears of the file. */
  keep(file: StoredFile, path: string): Promise<void>;
  /** Somebody has deleted it. */
  drop(file: StoredFile): Promise<void>;
}

/** What somebody wants to share, in their own words. */
export interface FileDraft {
  readonly name: string | null | undefined;
  readonly type: string | null | undefined;
  /** Bytes. */
  readonly size: number;
}

/** What somebody sees of a room's files. */
export interface FileListing {
  /** Complete ones of everybody, oldest first; then one's own that are not. */
  readonly items: readonly FileView[];
  readonly usage: {
    readonly roomBytes: number;
    readonly roomMaxBytes: number;
    readonly ownBytes: number;
    readonly ownMaxBytes: number;
    readonly maxFileBytes: number;
  };
  readonly enabled: boolean;
}

const SWEEP_MS = 600_000;

/** One per server; `close` waits for what is being written. */
export class RoomFiles {
  readonly #options: RoomFilesOptions;
  readonly #bytes: FileBytes;
  /** One change of what a room has after the other, so that its limits hold. */
  readonly #rooms = new KeyedQueue();
  readonly #arrivals: Arrivals;
  readonly #paces: BeginPaces;
  readonly #stop: () => void;
  #sweeping: Promise<void> = Promise.resolve();
  readonly #doubt: ClockDoubt;

  private constructor(options: RoomFilesOptions) {
    this.#options = options;
    this.#bytes = new FileBytes(options.dir);
    this.#arrivals = new Arrivals({
      bytes: this.#bytes,
      guard: () => this.#requireSpace(),
      isKnown: async ({ room, id }) => (await options.store.find(room, id)) !== undefined,
    });
    this.#paces = new BeginPaces(options.clock, options.maxPaces);
    const { clock, doubt, log } = options;
    this.#doubt =
      doubt ??
      new ClockDoubt(clock, () => log.warn('the clock was set ahead; for an hour no file is deleted for its age'));
    this.#stop = options.clock.every(SWEEP_MS, () => {
      this.sweep().catch((error: unknown) => {
        options.log.warn('files could not be looked through', { reason: messageOf(error) });
      });
    });
  }

  /** Brings disk and database in line after whatever ended the server before. */
  static async open(options: RoomFilesOptions): Promise<RoomFiles> {
    const files = new RoomFiles(options);
    try {
      await files.#recover();
      await files.sweep();
    } catch (error) {
      await files.close();
      throw error;
    }
    return files;
  }

  get limits(): FileLimits {
    return this.#options.limits;
  }

  /** Whether files can be shared in a room now. */
  enabled(room: Room): boolean {
    return this.#options.limits.enabled && room.files.enabled;
  }

  /** @throws NotFoundError `room_not_found` */
  async list(id: string, asker: string | undefined): Promise<FileListing> {
    const { store, limits } = this.#options;
    const room = this.#room(id);
    const stored = (await store.ofRoom(id)).filter(({ completed, by }) => completed || by.id === asker);
    const items = await Promise.all(stored.map((file) => this.#view(file)));
    const { roomBytes, ownBytes } = await store.usage(id, asker ?? '');
    const { maxRoomBytes: roomMaxBytes, maxUserBytes: ownMaxBytes, maxFileBytes } = limits;
    return {
      items,
      usage: { roomBytes, roomMaxBytes, ownBytes, ownMaxBytes, maxFileBytes },
      enabled: this.enabled(room),
    };
  }

  /** @throws NotFoundError `file_not_found` */
  async find(room: string, id: string): Promise<FileView> {
    return this.#view(await this.stored(room, id));
  }

  /** @throws NotFoundError `file_not_found` */
  async stored(room: string, id: string): Promise<StoredFile> {
    const file = await this.#options.store.find(room, id);
    if (file && !(this.#options.clock.wallMs() >= (file.expires ?? Number.POSITIVE_INFINITY))) return file;
    throw new NotFoundError('file_not_found', 'There is no such file in this room; it may have been deleted.');
  }

  /** The bytes of a complete file. @throws NotFoundError `file_not_found` or `file_incomplete` */
  async content(room: string, id: string): Promise<{ readonly path: string; readonly file: Required<StoredFile> }> {
    const file = await this.stored(room, id);
    const { completed, expires = Number.POSITIVE_INFINITY } = file;
    if (completed) return { path: this.#bytes.path(id), file: { ...file, completed, expires } };
    throw new NotFoundError(
      'file_incomplete',
      'This file has not arrived completely yet; try again when it is shared.',
    );
  }

  /** Bytes that have arrived. @throws NotFoundError `file_not_found` */
  async received({ id, size, completed }: StoredFile): Promise<number> {
    if (completed) return size;
    const received = await this.#bytes.size(id);
    if (received !== undefined) return Math.min(received, size);
    throw new NotFoundError('file_not_found', 'The part of this file that had arrived is gone; begin it again.');
  }

  /** Makes room for a file. @throws ForbiddenError `files_off`, LimitError for what `FileLimits` says. */
  begin(roomId: string, by: FilePerson, { name, type, size }: FileDraft): Promise<StoredFile> {
    return this.#rooms.run(roomId, async () => {
      const { store, limits, clock } = this.#options;
      const room = this.#room(roomId);
      this.#requireEnabled(room);
      this.#paces.begin(roomId, by.id);
      const refusal = fileRefusal(size, await store.usage(roomId, by.id), limits);
      if (refusal) throw refusal;
      await this.#requireSpace();
      const begun = Math.round(clock.wallMs());
      const expires = begun + limits.unfinishedMs;
      // Nobody who does not know it finds it: 144 bits.
      const id = randomBytes(18).toString('base64url');
      const file = { id, room: roomId, by, name: cleanFileName(name), type: cleanFileType(type), size, begun, expires };
      await this.#bytes.create(id);
      try {
        await store.insert(file);
      } catch (error) {
        // Nobody knows of it: it would lie there until the next start.
        await this.#bytes.remove(id).catch(() => {});
        throw error;
      }
      if (size === 0) await this.#finish(file);
      return file;
    });
  }

  /** Takes bytes, and tells the room when they were the last. Gives how many there are then. */
  async append(file: StoredFile, arriving: Arriving): Promise<number> {
    if (file.completed) return file.size;
    this.#requireEnabled(this.#room(file.room));
    return this.#arrivals.take(file, arriving, async () => {
      try {
        await arriving.mayShare?.();
      } catch (error) {
        // Complete, it would be shared with the next start. Whoever could not be asked about may come back for it.
        if (error instanceof UnauthorizedError || error instanceof ForbiddenError) await this.#forget(file);
        throw error;
      }
      await this.#finish(file);
    });
  }

  /** Finishes a file of which every byte is there but nobody was told, for example because the server died. */
  async settle(file: StoredFile): Promise<void> {
    if (!file.completed && (await this.received(file)) === file.size) await this.#finish(file);
  }

  /** Deletes it for good. @throws NotFoundError `file_not_found` */
  async remove(room: string, id: string, actor: EventPerson): Promise<void> {
    const file = await this.stored(room, id);
    await this.#delete(file, { type: 'file.removed', actor });
  }

  /** Deletes all files of a room that is being deleted. */
  async removeRoom(room: string): Promise<void> {
    await this.#rooms.run(room, async () => {
      for (const file of await this.#options.store.ofRoom(room)) await this.#forget(file);
    });
  }

  /** Deletes what has expired, as long as the clock is believed. */
  sweep(): Promise<void> {
    const swept = this.#sweeping.then(() => this.#sweep());
    this.#sweeping = swept.catch(() => {});
    return swept;
  }

  async #sweep(): Promise<void> {
    const { store, clock } = this.#options;
    if (this.#doubt.look()) return;
    for (const file of await store.expired(clock.wallMs())) await this.#delete(file, { type: 'file.expired' });
  }

  async close(): Promise<void> {
    this.#stop();
    await this.#arrivals.stopAll();
    await this.#sweeping;
    await this.#rooms.idle();
    await this.#arrivals.idle();
  }

  async #finish(file: StoredFile): Promise<void> {
    const { store, dir, limits, clock, kept, log } = this.#options;
    const { id } = file;
    const sha256 = await this.#arrivals.sum(file);
    const at = Math.round(clock.wallMs());
    const expires = limits.keepMs === undefined ? undefined : at + limits.keepMs;
    if (!(await store.completed(id, { at, sha256 }, expires))) return;
    const { expires: _before, ...known } = file;
    const complete = { ...known, completed: { at, sha256 }, ...(expires !== undefined && { expires }) };
    await kept?.keep(complete, this.#bytes.path(id));
    await writeNote(dir, complete).catch((error: unknown) => {
      // The next start does it.
      log.warn('what a shared file tells of itself was not written', { file: id, reason: messageOf(error) });
    });
    log.info('a file was shared', { room: file.room, file: id, bytes: file.size });
    this.#options.room(file.room)?.events.emit('file', await this.#view(complete));
    this.#record('file.shared', complete, file.by);
  }

  async #delete(file: StoredFile, { type, actor }: { type: EventType; actor?: EventPerson }): Promise<void> {
    // Somebody else was faster, and has told everybody.
    if (!(await this.#forget(file))) return;
    // What was kept for a recording is not another's to take away when only time has passed.
    if (actor) await this.#options.kept?.drop(file);
    this.#options.room(file.room)?.events.emit('fileGone', { id: file.id, deleted: actor !== undefined });
    this.#record(type, file, actor);
  }

  /** First the entry, then the bytes: what is left of a crash between the two is swept at the next start. */
  async #forget({ id }: StoredFile): Promise<boolean> {
    const { clock, store } = this.#options;
    const known = await store.remove(id, new Date(clock.wallMs()));
    this.#arrivals.stop(id);
    await this.#bytes.remove(id);
    this.#arrivals.forget(id);
    return known;
  }

  async #recover(): Promise<void> {
    const { store, log } = this.#options;
    await takeInUnlisted({ ...this.#options, bytes: this.#bytes, isDoubted: this.#doubt.look() });
    for (const file of await store.unfinished()) {
      try {
        // Whoever was removed may have come back with another invite since, and asks for it then.
        const out = this.#options.sentOut?.(file);
        if (out === 'banned') await this.#forget(file);
        else if (out === undefined) await this.settle(file);
      } catch (error) {
        const lost = error instanceof NotFoundError;
        // What is there is finished when somebody asks for it next, once disk and database can do that.
        const what = lost ? 'a file that had begun to arrive is lost' : 'a file that has arrived could not be finished';
        log.warn(what, { file: file.id, reason: messageOf(error) });
        if (lost) await this.#forget(file);
      }
    }
  }

  async #view(file: StoredFile): Promise<FileView> {
    const { id, name, type, size, by, begun, completed, expires } = file;
    return {
      id,
      name,
      type,
      size,
      received: completed ? size : await this.received(file).catch(() => 0),
      ...(completed && { sha256: completed.sha256 }),
      by,
      at: completed?.at ?? begun,
      ...(expires !== undefined && { expires }),
      complete: completed !== undefined,
    };
  }

  #record(type: EventType, { id, room, name, size, completed }: StoredFile, actor: EventPerson | undefined): void {
    const data = { file: id, name, size, ...(completed && { sha256: completed.sha256 }) };
    this.#options.events?.record({ type, room, ...(actor && { actor }), data });
  }

  #requireEnabled(room: Room): void {
    if (this.enabled(room)) return;
    throw new ForbiddenError('Files are switched off in this room; ask a host to switch them on.', 'files_off');
  }

  async #requireSpace(): Promise<void> {
    const { dir, limits, freePercent } = this.#options;
    const free = await freePercent(dir).catch(() => 100);
    if (limits.diskFloorPercent === 0 || free >= limits.diskFloorPercent) return;
    const message = 'The disk of the server is nearly full, so no files are taken; its operator must free some space.';
    throw new AppError(message, { code: 'disk_floor', fault: 'destination', status: 507 });
  }

  #room(id: string): Room {
    const room = this.#options.room(id);
    if (room) return room;
    throw new NotFoundError('room_not_found', 'There is no such room, or not any more; check the link.');
  }
}
