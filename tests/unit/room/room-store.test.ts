import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../../../src/database/database.ts';
import { ConflictError, NotFoundError } from '../../../src/errors.ts';
import { nullLogger } from '../../../src/logger.ts';
import { roomMigrations, RoomStore } from '../../../src/room/room-store.ts';

let folder: string;
let database: Database;
let store: RoomStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridcast-rooms-'));
  database = await Database.open({ path: join(folder, 'db.sqlite'), migrations: roomMigrations, log: nullLogger });
  store = new RoomStore(database);
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const room = (id: string, minute: number) => ({
  id,
  title: `Room ${id} – "größer" 🎥`,
  createdAt: new Date(Date.UTC(2026, 0, 1, 12, minute)),
  tokenVersion: 1,
});

describe('RoomStore', () => {
  it('lists rooms as they were inserted, oldest first', async () => {
    await store.insert(room('b', 2));
    await store.insert(room('a', 1));
    expect(await store.list()).toEqual([room('a', 1), room('b', 2)]);
  });

  it('refuses a second room of the same id and leaves the first alone', async () => {
    await store.insert(room('a', 1));
    await expect(store.insert({ ...room('a', 2), title: 'other' })).rejects.toBeInstanceOf(ConflictError);
    expect(await store.list()).toEqual([room('a', 1)]);
  });

  it('changes only what is named', async () => {
    await store.insert(room('a', 1));
    await store.update('a', { title: 'new' });
    await store.update('a', { tokenVersion: 2 });
    await store.update('a', {});
    expect(await store.list()).toEqual([{ ...room('a', 1), title: 'new', tokenVersion: 2 }]);
  });

  it('says so when the room to change does not exist, and removing it again is no error', async () => {
    await expect(store.update('a', { title: 'x' })).rejects.toBeInstanceOf(NotFoundError);
    await store.insert(room('a', 1));
    await store.remove('a');
    await store.remove('a');
    expect(await store.list()).toEqual([]);
  });
});
