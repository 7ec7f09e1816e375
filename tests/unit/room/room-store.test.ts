import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../../../src/database/database.ts';
import { ConflictError, NotFoundError } from '../../../src/errors.ts';
import type { LogFields } from '../../../src/logger.ts';
import { nullLogger } from '../../../src/logger.ts';
import { layoutSchema } from '../../../src/layout/layout.ts';
import { defaultSettings } from '../../../src/room/room-settings.ts';
import { roomMigrations, RoomStore } from '../../../src/room/room-store.ts';

let folder: string;
let database: Database;
let store: RoomStore;
let warnings: LogFields[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridcast-rooms-'));
  database = await Database.open({ path: join(folder, 'db.sqlite'), migrations: roomMigrations, log: nullLogger });
  warnings = [];
  store = new RoomStore(database, { ...nullLogger, warn: (_message, fields = {}) => warnings.push(fields) });
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
  settings: defaultSettings(),
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

  it('keeps what a room is set to', async () => {
    const settings = {
      program: { width: 720, height: 1280 },
      layout: layoutSchema.parse({ policy: 'portrait', pinned: ['ann/1'] }),
      annotation: {
        ...defaultSettings().annotation,
        lowerThird: { title: '\u674e "x"', text: "'; drop table rooms; --" },
      },
      viewing: { access: 'private', abr: true },
      recording: { auto: true, consent: 'ask' },
      chat: { viewers: 'write', slowSeconds: 5, private: false },
      door: { locked: true, waitingRoom: true, password: '$scrypt$x', capacity: 4, whenEmpty: 'end' },
      files: { enabled: false },
      passVersion: 3,
    } as const;
    await store.insert({ ...room('a', 1), settings });
    expect((await store.list())[0]?.settings).toEqual(settings);
    await store.update('a', { settings: defaultSettings() });
    expect((await store.list())[0]?.settings).toEqual(defaultSettings());
    expect(warnings).toEqual([]);
  });

  it('gives a room whose settings cannot be read its defaults, and says so', async () => {
    await store.insert({ ...room('a', 1), settings: { ...defaultSettings(), program: { framerate: 25 } } });
    await store.insert(room('b', 2));
    const tables = database.tables<{ rooms: { id: string; settings: string } }>();
    const write = (id: string, settings: string) =>
      tables.updateTable('rooms').set({ settings }).where('id', '=', id).execute();
    await write('a', '{"program":{"framerate":25},"layout":{"policy":"spiral"}}');
    await write('b', '{"program":');
    const [first, second] = await store.list();
    expect(first?.settings).toEqual({ ...defaultSettings(), program: { framerate: 25 } });
    const chat = { viewers: 'off', slowSeconds: 0, private: false };
    const door = { ...defaultSettings().door, locked: true };
    const careful = { viewing: { access: 'private' }, recording: { consent: 'ask' }, chat, door };
    expect(second?.settings).toEqual({ ...defaultSettings(), files: { enabled: false }, ...careful });
    expect(warnings).toMatchObject([
      { room: 'a', part: 'layout', reason: expect.stringContaining('policy') },
      { room: 'b', part: 'all' },
    ]);
  });

  it.each([
    { text: '{"viewing":{"access":"privat"}}', access: 'private' },
    { text: '{"viewing":{"access":"private","glow":1}}', access: 'private' },
    { text: 'private', access: 'private' },
    { text: '{}', access: undefined },
    { text: '{"viewing":{"access":"public"},"passVersion":-1}', access: 'public' },
  ])('never takes a room for public whose own words cannot be read: $text', async ({ text, access }) => {
    await store.insert(room('a', 1));
    await database.tables<{ rooms: { settings: string } }>().updateTable('rooms').set({ settings: text }).execute();
    expect((await store.list())[0]?.settings).toMatchObject({ viewing: access === undefined ? {} : { access } });
    expect(warnings).toHaveLength(text === '{}' ? 0 : 1);
  });

  it('brings rooms of a version without settings along', async () => {
    const path = join(folder, 'old.sqlite');
    const old = await Database.open({ path, migrations: roomMigrations.slice(0, 1), log: nullLogger });
    await old
      .tables<{ rooms: { id: string; title: string; created_at: string } }>()
      .insertInto('rooms')
      .values({ id: 'a', title: 'Old', created_at: '2025-01-01T00:00:00.000Z' })
      .execute();
    await old.close();
    const now = await Database.open({ path, migrations: roomMigrations, log: nullLogger });
    const list = await new RoomStore(now, nullLogger).list();
    await now.close();
    expect(list).toMatchObject([{ id: 'a', title: 'Old', settings: defaultSettings() }]);
  });
});
