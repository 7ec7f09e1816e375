/** The files of rooms that exist in a list only, kept in a database and a folder of their own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { FileControl } from '../../src/api/file-port.ts';
import { configSchema } from '../../src/config/schema.ts';
import { Database } from '../../src/database/database.ts';
import { type FileLimits, fileLimits } from '../../src/files/file-limits.ts';
import { FileStore, type StoredFile, fileMigrations } from '../../src/files/file-store.ts';
import { RoomFiles, type RoomFilesOptions } from '../../src/files/room-files.ts';
import { nullLogger } from '../../src/logger.ts';
import type { FilePerson } from '../../src/protocol/files.ts';
import { defaultSettings } from '../../src/room/room-settings.ts';
import { RoomStore, roomMigrations } from '../../src/room/room-store.ts';
import { Room } from '../../src/room/room.ts';
import { fileControl } from '../../src/server/file-services.ts';
import type { Clock } from '../../src/util/clock.ts';

/** As the configuration has them when nobody says anything. */
export const DEFAULT_FILE_LIMITS: FileLimits = fileLimits(configSchema.parse({}).files);

/** What may be different. */
export interface FileRoomsOptions {
  readonly limits?: Partial<FileLimits>;
  readonly kept?: RoomFilesOptions['kept'];
  readonly events?: RoomFilesOptions['events'];
  readonly freePercent?: RoomFilesOptions['freePercent'];
  readonly maxPaces?: number;
  /** Default: a folder that is deleted at the end. */
  readonly dir?: string;
  /** Default: in memory. */
  readonly database?: string;
}

/** A list of rooms with files. */
export interface FileRooms {
  readonly files: RoomFiles;
  readonly control: FileControl;
  readonly store: FileStore;
  /** Folder of the bytes. */
  readonly dir: string;
  room(id: string): Room | undefined;
  /** Puts a complete file of whoever this is into a room. */
  put(room: string, by: FilePerson, name: string, bytes: string | Uint8Array, type?: string): Promise<StoredFile>;
  close(): Promise<void>;
}

/** A file belongs to a room of the database: one is made with its first file. */
class KeptAnywhere extends FileStore {
  readonly #rooms: RoomStore;

  constructor(database: Database, rooms: RoomStore) {
    super(database);
    this.#rooms = rooms;
  }

  override async insert(file: StoredFile): Promise<void> {
    const known = (await this.#rooms.list()).some(({ id }) => id === file.room);
    const stored = { title: file.room, createdAt: new Date(0), tokenVersion: 1, settings: defaultSettings() };
    if (!known) await this.#rooms.insert({ id: file.room, ...stored });
    await super.insert(file);
  }
}

/** @param rooms asked with each call, so that it may grow */
export async function openFileRooms(
  clock: Clock,
  rooms: Pick<ReadonlyMap<string, unknown>, 'has'>,
  options: FileRoomsOptions = {},
): Promise<FileRooms> {
  const own = await mkdtemp(join(tmpdir(), 'gridcast-files-'));
  const dir = options.dir ?? join(own, 'files');
  const migrations = [...roomMigrations, ...fileMigrations];
  const database = await Database.open({ path: options.database ?? ':memory:', migrations, log: nullLogger });
  const made = new Map<string, Room>();
  const room = (id: string): Room | undefined => {
    if (!rooms.has(id)) return undefined;
    const limits = { maxParticipants: 16, maxTracksPerParticipant: 6 };
    const found = made.get(id) ?? new Room({ id, title: id, createdAt: new Date(0), limits });
    made.set(id, found);
    return found;
  };
  const store = new KeptAnywhere(database, new RoomStore(database, nullLogger));
  const files = await RoomFiles.open({
    store,
    dir,
    limits: { ...DEFAULT_FILE_LIMITS, ...options.limits },
    room,
    freePercent: options.freePercent ?? (async () => 50),
    ...(options.kept && { kept: options.kept }),
    ...(options.events && { events: options.events }),
    ...(options.maxPaces !== undefined && { maxPaces: options.maxPaces }),
    clock,
    log: nullLogger,
  });
  return {
    files,
    control: fileControl(files, clock),
    store,
    dir,
    room,
    async put(where, by, name, bytes, type = 'application/octet-stream') {
      const all = Buffer.from(bytes);
      const file = await files.begin(where, by, { name, type, size: all.byteLength });
      if (all.byteLength > 0) {
        const source = Readable.from([all]);
        const cut = (): void => void source.destroy();
        const signal = new AbortController().signal;
        await files.append(file, { offset: 0, source, check: undefined, signal, cut });
      }
      return files.stored(where, file.id);
    },
    async close() {
      await files.close();
      await database.close();
      await rm(own, { recursive: true, force: true });
    },
  };
}
