/** Files on the disk that the database does not know: it is older than they are, or new. */
import { existsSync } from 'node:fs';
import { readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Database } from '../../../src/database/database.ts';
import { FileBytes } from '../../../src/files/file-bytes.ts';
import { noteName } from '../../../src/files/file-note.ts';
import { fileMigrations, FileStore } from '../../../src/files/file-store.ts';
import { takeInUnlisted } from '../../../src/files/unlisted-files.ts';
import { type LogFields, nullLogger } from '../../../src/logger.ts';
import { defaultSettings } from '../../../src/room/room-settings.ts';
import { roomMigrations, RoomStore } from '../../../src/room/room-store.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { openFileRooms } from '../../helpers/file-rooms.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const ANN = { id: 'ann', name: 'Ann', role: 'participant' } as const;
const HOUR = 3_600_000;

let dir: string;
let clock: FakeClock;
let warned: LogFields[];

beforeEach(async () => {
  dir = join(await tempDir(), 'files');
  clock = new FakeClock();
  warned = [];
});

/** Another database over the same folder, with the hall made then. */
async function otherList(hallMadeMs?: number): Promise<FileStore> {
  const migrations = [...roomMigrations, ...fileMigrations];
  const database = await Database.open({ path: ':memory:', migrations, log: nullLogger });
  onTestFinished(() => database.close());
  if (hallMadeMs !== undefined) {
    const about = { title: 'Hall', tokenVersion: 1, settings: defaultSettings() };
    await new RoomStore(database, nullLogger).insert({ id: 'hall', createdAt: new Date(hallMadeMs), ...about });
  }
  return new FileStore(database);
}

async function takeIn(store: FileStore, isDoubted = false): Promise<void> {
  const log = { ...nullLogger, warn: (_: string, fields: LogFields = {}) => warned.push(fields) };
  const limits = { unfinishedMs: 24 * HOUR };
  await takeInUnlisted({ store, bytes: new FileBytes(dir), dir, limits, isDoubted, clock, log });
}

async function share(name = 'a.txt', keepMs?: number) {
  const rooms = await openFileRooms(clock, new Set(['hall']), { dir, limits: { keepMs } });
  onTestFinished(() => rooms.close());
  return rooms.put('hall', ANN, name, 'abc', 'text/plain');
}

describe('a shared file that is in no list', () => {
  it('does not go for its age by a clock that is not believed', async () => {
    const file = await share('a.txt', HOUR);
    clock.jumpWall(2 * HOUR);
    const store = await otherList(0);
    await takeIn(store, true);
    expect(await store.ofRoom('hall')).toEqual([file]);
  });

  it('is listed again with all that is known of it, once', async () => {
    const file = await share('a.txt', 30 * 24 * HOUR);
    const store = await otherList(0);
    await takeIn(store);
    await takeIn(store);
    expect(await store.ofRoom('hall')).toEqual([file]);
    expect(warned).toEqual([{ folder: dir, count: 1, names: [file.id] }]);
  });

  it('is listed in a room that was made at the moment at which it was begun', async () => {
    const file = await share();
    const store = await otherList(clock.wallMs());
    await takeIn(store);
    expect(await store.ofRoom('hall')).toEqual([file]);
  });

  it('goes when somebody has removed it, and stays gone in an old copy of the folder', async () => {
    const file = await share();
    const store = await otherList(0);
    await takeIn(store);
    expect(await store.remove(file.id, new Date(clock.wallMs()))).toBe(true);
    await takeIn(store);
    expect(await readdir(dir)).toEqual([]);
  });

  it('goes when its time is over', async () => {
    await share('a.txt', HOUR);
    // By the clock alone: its own server would remove it at this moment.
    clock.jumpWall(HOUR);
    await takeIn(await otherList(0));
    expect(await readdir(dir)).toEqual([]);
  });

  it.each([
    ['is not there', undefined],
    ['was made later, for it is another one', 1],
  ])('stays, and is shown to nobody, while its room %s', async (_, later) => {
    const file = await share();
    const store = await otherList(later === undefined ? undefined : clock.wallMs() + later);
    await takeIn(store);
    expect((await readdir(dir)).toSorted()).toEqual([file.id, noteName(file.id)]);
    expect(await store.ids()).toEqual(new Set());
    expect(warned).toEqual([{ folder: dir, count: 1, names: [file.id] }]);
  });
});

describe('what has not arrived as a whole', () => {
  it('waits as long as an upload may, and goes then', async () => {
    const file = await share();
    await writeFile(join(dir, file.id), 'ab');
    const written = (hours: number) => utimes(join(dir, file.id), new Date(), new Date(clock.wallMs() - hours * HOUR));
    await written(23);
    await takeIn(await otherList(0));
    expect(existsSync(join(dir, file.id))).toBe(true);
    await written(24);
    await takeIn(await otherList(0));
    expect(await readdir(dir)).toEqual([]);
  });

  it('goes when it is empty, a note alone, a draft, or nothing of ours', async () => {
    const file = await share();
    await rm(join(dir, file.id));
    for (const name of ['empty', 'draft.json.new', 'x y'])
      await writeFile(join(dir, name), name === 'empty' ? '' : 'x');
    await takeIn(await otherList(0));
    expect(await readdir(dir)).toEqual([]);
    expect(warned).toEqual([]);
  });
});

it('writes what a known file tells of itself, where that is missing', async () => {
  const file = await share();
  const store = await otherList(0);
  await store.adopt(file);
  await rm(join(dir, noteName(file.id)));
  await takeIn(store);
  const third = await otherList(0);
  await takeIn(third);
  expect(await third.ofRoom('hall')).toEqual([file]);
});
