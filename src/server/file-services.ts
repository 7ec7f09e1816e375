/** The files that people share, built from the configuration. */
import type { FileControl } from '../api/file-port.ts';
import type { Config } from '../config/schema.ts';
import type { Database } from '../database/database.ts';
import type { EventSink } from '../events/event.ts';
import { BanStore } from '../room/ban-store.ts';
import { KeptOut } from '../room/kept-out.ts';
import { fileLimits } from '../files/file-limits.ts';
import { FileStore, type StoredFile } from '../files/file-store.ts';
import { type FileKeeper, RoomFiles } from '../files/room-files.ts';
import { TusDoor } from '../files/tus-door.ts';
import type { Logger } from '../logger.ts';
import type { Room } from '../room/room.ts';
import type { Clock } from '../util/clock.ts';
import type { ClockDoubt } from '../util/clock-doubt.ts';
import { freePercent } from '../util/free-space.ts';

/** What they are made of. */
export interface FileParts {
  readonly config: Pick<Config, 'files'>;
  readonly database: Database;
  readonly dataDir: string;
  readonly room: (id: string) => Room | undefined;
  readonly kept?: FileKeeper;
  readonly events?: EventSink;
  /** Whether the clock is to be believed; default: one that knows nothing of the time before it was made. */
  readonly doubt?: ClockDoubt | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The caller closes `files`. */
export async function openFiles(
  parts: FileParts,
): Promise<{ readonly files: RoomFiles; readonly control: FileControl }> {
  const { config, database, dataDir, clock } = parts;
  const files = await RoomFiles.open({
    ...parts,
    store: new FileStore(database),
    dir: `${dataDir}/files`,
    limits: fileLimits(config.files),
    freePercent,
    sentOut: await keptOutOf(database),
  });
  return { files, control: fileControl(files, clock) };
}

/** Who was kept out when the server ended: the rooms themselves know it only later. */
async function keptOutOf(database: Database): Promise<(file: StoredFile) => ReturnType<KeptOut['reason']>> {
  const rooms = new Map<string, KeptOut>();
  for (const { room, entry } of await new BanStore(database).list()) {
    const keptOut = rooms.get(room) ?? new KeptOut();
    rooms.set(room, keptOut);
    keptOut.add(entry);
  }
  // Of their invite only that much is known: it let them in to begin the file.
  return ({ room, by, begun }) => rooms.get(room)?.reason({ id: by.id, issuedAt: new Date(begun) });
}

/** The files as the API needs them. */
export function fileControl(files: RoomFiles, clock: Clock): FileControl {
  const door = new TusDoor(files, clock);
  return {
    list: (room, asker) => files.list(room, asker),
    find: (room, id) => files.find(room, id),
    stored: (room, id) => files.stored(room, id),
    content: (room, id) => files.content(room, id),
    remove: (room, id, actor) => files.remove(room, id, actor),
    upload: (request) => door.handle(request),
  };
}
