import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { AccountStore, accountMigrations, type StoredAccount } from '../../../src/accounts/account-store.ts';
import { AuditStore, auditMigrations } from '../../../src/api/audit-store.ts';
import { CallStore, callMigrations } from '../../../src/calls/call-store.ts';
import { Database, type DatabasePlace } from '../../../src/database/database.ts';
import { EventStore, eventMigrations } from '../../../src/events/event-store.ts';
import { nullLogger } from '../../../src/logger.ts';
import type { ChatEntry } from '../../../src/protocol/chat.ts';
import { MarkerStore, markerMigrations } from '../../../src/recorder/recordings/marker-store.ts';
import { RecordingStore } from '../../../src/recorder/recordings/recording-store.ts';
import { recordingMigrations } from '../../../src/recorder/recordings/recording-tables.ts';
import type { Recording } from '../../../src/recorder/recordings/recording-view.ts';
import { Retention } from '../../../src/recorder/recordings/retention.ts';
import { setTrashMark } from '../../../src/recorder/recordings/trash-marks.ts';
import { ArchiveUse } from '../../../src/recorder/storage/archive-use.ts';
import { RenderStore, type StoredRender, renderMigrations } from '../../../src/recorder/render/render-store.ts';
import { ChatStore, chatMigrations } from '../../../src/room/chat-store.ts';
import { MAX_STORED_AVATARS, PictureStore, pictureMigrations } from '../../../src/room/picture-store.ts';
import { defaultSettings } from '../../../src/room/room-settings.ts';
import { RoomStore, roomMigrations } from '../../../src/room/room-store.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { PostgresServer } from '../../helpers/postgres-server.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { tokensOf } from '../../helpers/tokens-of-rooms.ts';

const migrations = [
  ...roomMigrations,
  ...chatMigrations,
  ...pictureMigrations,
  ...recordingMigrations,
  ...markerMigrations,
  ...renderMigrations,
  ...auditMigrations,
  ...eventMigrations,
  ...callMigrations,
  ...accountMigrations,
];

let server: PostgresServer;

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(() => server.close());

// English order puts "a" before "B": a database that sorts so is what an administrator most likely has.
const ENGLISH = "template template0 locale_provider icu icu_locale 'en'";

describe.each(['SQLite', 'Postgres'])('what the stores count on holds with %s:', (kind) => {
  async function open(): Promise<Database> {
    const place: DatabasePlace = kind === 'SQLite' ? { path: ':memory:' } : { postgres: await server.create(ENGLISH) };
    const database = await Database.open({ ...place, migrations, log: nullLogger });
    onTestFinished(() => database.close());
    const rooms = new RoomStore(database, nullLogger);
    await rooms.insert({
      id: 'hall',
      title: 'Hall',
      createdAt: new Date(5),
      tokenVersion: 1,
      settings: defaultSettings(),
    });
    return database;
  }

  it('a token holds in its room, and not in one of the same id that was made a millisecond later', async () => {
    const rooms = new RoomStore(await open(), nullLogger);
    const madeMs = Date.UTC(2026, 10, 24, 1, 2, 3, 45);
    const den = { id: 'den', title: 'Den', tokenVersion: 1, settings: defaultSettings() };
    // The clock of the wall has fractions.
    await rooms.insert({ ...den, createdAt: new Date(madeMs + 0.7) });
    const { token } = await (await tokensOf(rooms)).issue({ room: 'den', role: 'participant' });
    expect(await (await tokensOf(rooms)).verify(token, 'den')).toMatchObject({ room: 'den', made: madeMs });
    await rooms.remove('den');
    await rooms.insert({ ...den, createdAt: new Date(madeMs + 1) });
    await expect((await tokensOf(rooms)).verify(token, 'den')).rejects.toMatchObject({ code: 'token_earlier_room' });
  });

  it('numbers grow, and are not given again after the last is gone', async () => {
    const events = new EventStore(await open());
    expect([await events.newest(), await events.oldest()]).toEqual([0, undefined]);
    const event = (type: string, atMs: number) => ({ type, atMs, room: 'hall', data: { size: 2 ** 40 } });
    expect(await events.add([event('room.created', 1_700_000_000_001), event('room.opened', 1_700_000_000_002)])).toBe(
      2,
    );
    expect(await events.prune({ beforeMs: 1_800_000_000_000, maxEvents: 100, limit: 10 })).toBe(2);
    expect([await events.newest(), await events.oldest()]).toEqual([2, undefined]);
    expect(await events.add([event('room.closed', 3)])).toBe(3);
    const page = { after: 0, upTo: 3, limit: 10 };
    expect(await events.list({ ...page, types: ['room.*'] })).toEqual([
      { seq: 3, at: '1970-01-01T00:00:00.003Z', type: 'room.closed', room: 'hall', data: { size: 2 ** 40 } },
    ]);
    expect(await events.list({ ...page, rooms: [] })).toEqual([]);
  });

  it('of many messages of a room the newest stay', async () => {
    const chat = new ChatStore(await open(), 3);
    for (let rev = 1; rev <= 101; rev += 1) {
      const entry: ChatEntry = {
        id: `m${rev}`,
        rev,
        at: rev + 0.5,
        author: { id: 'ann', name: 'Ann', role: 'host' },
        text: '日本 \\ %',
      };
      await chat.insert('hall', `key-${rev}`, entry);
    }
    expect((await chat.before('hall', undefined, 10, undefined)).map(({ id }) => id)).toEqual([
      'm98',
      'm99',
      'm100',
      'm101',
    ]);
    expect(await chat.find('hall', 'm101', undefined)).toMatchObject({ at: 101.5, text: '日本 \\ %' });
    expect(await chat.revision('hall')).toBe(101);
    await expect(
      chat.insert('attic', 'key-1', {
        id: 'm1',
        rev: 1,
        at: 1,
        author: { id: 'ann', name: 'Ann', role: 'host' },
        text: 'x',
      }),
    ).rejects.toThrow(/foreign key/i);
  });

  it('pictures are replaced, and the oldest avatars go', async () => {
    const pictures = new PictureStore(await open());
    await pictures.put('hall', 'logo', Uint8Array.of(0, 255));
    for (let index = 0; index <= MAX_STORED_AVATARS; index += 1) {
      await pictures.put('hall', `avatar/p${index}`, Uint8Array.of(index));
      if (index === 1) await pictures.put('hall', 'avatar/p0', Uint8Array.of(99));
    }
    const [logo, first, second] = await Promise.all(
      (['logo', 'avatar/p0', 'avatar/p1'] as const).map((slot) => pictures.get('hall', slot)),
    );
    expect([[...(logo ?? [])], [...(first ?? [])], second]).toEqual([[0, 255], [99], undefined]);
  });

  it('recordings are found by words with any signs in them, and paged by their time', async () => {
    const recordings = new RecordingStore(await open());
    const make = (id: string, title: string): Recording => ({
      id,
      room: 'hall',
      title,
      session: 's',
      state: 'ready',
      startedAt: new Date(1000),
      ranges: [],
      framerate: 29.97,
    });
    await recordings.adopt(make('a', '50% off_all \\ Ünïted'));
    await recordings.adopt(make('B', '50 offal'));
    await recordings.adopt(make('c', 'Third'));
    const found = async (...words: string[]) => (await recordings.list({ limit: 9, words })).map(({ id }) => id);
    expect([
      await found('0%'),
      await found('f_a'),
      await found('\\'),
      await found('ünïted'),
      await found('50', 'off'),
    ]).toEqual([['a'], ['a'], ['a'], ['a'], ['a', 'B']]);
    // By code points, whatever the language of the database.
    expect(await found()).toEqual(['c', 'a', 'B']);
    const after = { startedAt: new Date(1000).toISOString(), id: 'a' };
    expect((await recordings.list({ limit: 9, after })).map(({ id }) => id)).toEqual(['B']);
    expect(await recordings.change('a', ['ready'], { film: { duration: 1.5, size: 2 ** 40, sha256: 'f' } })).toBe(true);
    expect(await recordings.change('a', [], { error: 'x' })).toBe(false);
    expect(await recordings.find('a')).toMatchObject({ framerate: 29.97, film: { duration: 1.5, size: 2 ** 40 } });
    expect([...(await recordings.countByState())]).toEqual([['ready', 3]]);
  });

  const thrownAway = (id: string): Recording => ({
    ...{ id, room: 'hall', title: id, session: 's', state: 'ready', ranges: [], framerate: 30 },
    ...{ startedAt: new Date(1000), stoppedAt: new Date(2000) },
  });

  it('the trash gives back what is in it, last first in pages, until that is deleted for good', async () => {
    const recordings = new RecordingStore(await open());
    const { trash } = recordings;
    const at = (second: number): Date => new Date(Date.UTC(2026, 10, 24, 1, 2, second));
    for (const id of ['a', 'B', 'c', 'd']) await recordings.adopt(thrownAway(id));
    await recordings.adopt({ ...thrownAway('runs'), state: 'recording' });
    expect([await trash.putIn('runs', at(0)), await trash.putIn('none', at(0))]).toEqual([undefined, undefined]);
    await trash.putIn('c', at(2));
    for (const id of ['B', 'a']) expect(await trash.putIn(id, at(1))).toMatchObject({ id, trashedAt: at(1) });
    expect(await trash.putIn('a', at(9))).toBeUndefined();
    expect((await recordings.list({ limit: 9 })).map(({ id }) => id)).toEqual(['runs', 'd']);
    expect([await recordings.shown('a'), await trash.find('d')]).toEqual([undefined, undefined]);

    // By code points, whatever the language of the database.
    const page = async (limit: number, id?: string, second = 1): Promise<string[]> =>
      (await trash.list({ limit, ...(id && { after: { startedAt: at(second).toISOString(), id } }) })).map(
        (one) => one.id,
      );
    expect([await page(2), await page(2, 'a'), await page(2, 'B'), await page(1, 'c', 2)]).toEqual([
      ['c', 'a'],
      ['B'],
      [],
      ['a'],
    ]);

    expect(await trash.takeOut('a')).toMatchObject({ id: 'a', state: 'ready' });
    expect([await trash.takeOut('a'), await trash.condemn('a'), await trash.condemn('B')]).toEqual([
      undefined,
      false,
      true,
    ]);
    expect([await trash.takeOut('B'), await trash.find('B'), await page(9)]).toEqual([undefined, undefined, ['c']]);
    for (const id of ['a', 'B', 'c']) await trash.begin(id, at(5));
    expect(await trash.all()).toEqual([
      { id: 'B', trashedMs: at(1).getTime(), isDeleting: true, isStored: false },
      { id: 'c', trashedMs: at(5).getTime(), isDeleting: false, isStored: false },
    ]);
    expect(await trash.find('c')).toMatchObject({ trashedAt: at(5) });
    await recordings.remove('B', at(6));
    expect([await recordings.wasRemoved('B'), (await trash.all()).map(({ id }) => id)]).toEqual([true, ['c']]);
  });

  it('the trash goes by its age, and what was put in first when the disk is short', async () => {
    const recordings = new RecordingStore(await open());
    const [dataDir, clock] = [await tempDir(), new FakeClock()];
    const days = (ago: number): Date => new Date(clock.wallMs() - ago * 86_400_000);
    for (const [id, ago] of [
      ['due', 8],
      ['second', 4],
      ['first', 5],
      ['third', 3],
    ] as const) {
      await recordings.adopt(thrownAway(id));
      await setTrashMark(dataDir, id, days(ago));
      await recordings.trash.putIn(id, days(ago));
    }
    await recordings.adopt(thrownAway('kept'));
    const removed: string[] = [];
    let isEnough = 3;
    const remove = (id: string): Promise<unknown> => recordings.remove(id, days(0));
    const keeper = new Retention({
      rules: { days: 0, maxGigabytes: 0, trashDays: 7 },
      ...{ store: recordings, dataDir, clock, log: nullLogger, use: new ArchiveUse() },
      isBusy: async () => false,
      isShort: async () => removed.length < isEnough,
      remove: async (id) => void (await remove(id)),
      removeTrashed: async (id) => void ((await recordings.trash.condemn(id)) && (await remove(id))),
      onRemoved: async ({ id, reason }) => void removed.push(`${id} ${reason}`),
    });
    await keeper.sweep();
    expect(removed).toEqual(['due trashDays', 'first diskFloor', 'second diskFloor']);
    isEnough = 9;
    expect(await keeper.makeRoom()).toBe(true);
    expect([removed.at(-1), (await recordings.list({ limit: 9 })).map(({ id }) => id)]).toEqual([
      'third diskFloor',
      ['kept'],
    ]);
  });

  it('markers come in the order of their frames, then as they were set, and go with their recording', async () => {
    const database = await open();
    const [recordings, markers] = [new RecordingStore(database), new MarkerStore(database)];
    const recording = {
      id: 'r',
      room: 'hall',
      title: 'R',
      session: 's',
      ranges: [],
      framerate: 30,
      startedAt: new Date(0),
    };
    await recordings.adopt({ ...recording, state: 'recording' });
    for (const [frame, label] of [
      [9, 'late'],
      [2, 'b'],
      [2, 'a'],
    ] as const)
      await markers.insert('r', { frame, label });
    expect((await markers.list('r')).map(({ label }) => label)).toEqual(['b', 'a', 'late']);
    expect(await markers.count('r')).toBe(3);
    await recordings.remove('r', new Date(0));
    await recordings.remove('r', new Date(1));
    expect([await markers.list('r'), await recordings.wasRemoved('r')]).toEqual([[], true]);
  });

  it('renders are counted, those of one recording and those that wait', async () => {
    const renders = new RenderStore(await open());
    const order: StoredRender['order'] = { kind: 'film', tracks: [] } as never;
    const render = { order, createdAt: new Date(0), progress: 0.25 };
    await renders.insert({ ...render, id: 'a', recording: 'r', state: 'waiting' });
    await renders.insert({ ...render, id: 'b', recording: 'r', state: 'failed' });
    await renders.insert({ ...render, id: 'c', recording: 'q', state: 'active' });
    expect(await renders.counts('r')).toEqual({ pending: 2, ofRecording: 2 });
  });

  it('the audit log and the history of calls keep their newest', async () => {
    const database = await open();
    const audit = new AuditStore(database, 2);
    for (const who of ['a', 'b', 'c']) await audit.add({ who, action: 'delete' }, new Date(0));
    expect((await audit.list({ limit: 9 })).map(({ id, who }) => [id, who])).toEqual([
      [3, 'c'],
      [2, 'b'],
    ]);
    const calls = new CallStore(database, 2);
    for (const id of ['x', 'y', 'z']) {
      const people = { from: { id: 'ann', name: 'Ann' }, to: { id: 'ben', name: 'Ben' } };
      await calls.insert({ id, talk: id, ...people, state: 'no_answer', offline: true, startedMs: 1.5 }, undefined);
    }
    expect((await calls.list('ann', { limit: 9 })).map(({ id }) => id)).toEqual(['z', 'y']);
    expect(await calls.missedCount('ben')).toBe(2);
  });

  it('accounts are in the order of code points, and a login is given once', async () => {
    const accounts = new AccountStore(await open());
    const account = (login: string, name: string): StoredAccount => ({
      id: `u-${login}`,
      login,
      name,
      admin: false,
      disabled: false,
      createdAt: '2026-01-02T03:04:05.000Z',
      tokenVersion: 1,
    });
    for (const [login, name] of [
      ['c', 'été'],
      ['a', 'Zoë_1'],
      ['b', 'zoe-1'],
    ] as const) {
      expect(await accounts.insert(account(login, name))).toBe(true);
    }
    expect(await accounts.insert({ ...account('a', 'Twice'), id: 'u-2' })).toBe(false);
    const names = async (text: string) =>
      (await accounts.search({ text, limit: 9, withDisabled: true })).map(({ name }) => name);
    expect([await names(''), await names('_'), await names('Z')]).toEqual([
      ['zoe-1', 'Zoë_1', 'été'],
      ['Zoë_1'],
      ['zoe-1', 'Zoë_1'],
    ]);
    expect([await accounts.count(), await accounts.countAdmins()]).toEqual([3, 0]);
  });
});
