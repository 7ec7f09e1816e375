/** The trash: what it hides, and what is left of it wherever the server is killed. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ShareStore, shareMigrations } from '../../../../src/api/share-store.ts';
import { Database } from '../../../../src/database/database.ts';
import { nullLogger } from '../../../../src/logger.ts';
import { RecordingStore } from '../../../../src/recorder/recordings/recording-store.ts';
import { recordingMigrations } from '../../../../src/recorder/recordings/recording-tables.ts';
import { NO_LIMITS } from '../../../../src/recorder/recordings/recording-limits.ts';
import type { RecordingsOptions } from '../../../../src/recorder/recordings/recordings-options.ts';
import type { RecordingState } from '../../../../src/recorder/recordings/recording-view.ts';
import { applyTrashMarks, setTrashMark, trashMark } from '../../../../src/recorder/recordings/trash-marks.ts';
import { sweepArchives } from '../../../../src/recorder/recordings/unlisted.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { numberedProgram } from '../../../helpers/numbered-program.ts';
import { type RecordingServer, startRecordingServer } from '../../../helpers/recording-server.ts';
import { startTestRedis, type TestRedis } from '../../../helpers/redis.ts';
import { writeArchive } from '../../../helpers/small-archive.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';
import { TestSession } from '../../../helpers/test-session.ts';

const AT = new Date('2031-05-14T12:00:00.000Z');
const SECOND = new Date('2031-05-14T12:00:01.000Z');

let redis: TestRedis;
let dataDir: string;

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.close());
beforeEach(async () => {
  dataDir = await tempDir();
});

async function open(more: Partial<RecordingsOptions> = {}, session?: TestSession): Promise<RecordingServer> {
  const sessions = { find: (room: string) => (room === 'demo' ? session : undefined) };
  const server = await startRecordingServer({ redis: redis.url, dataDir, sessions, worker: undefined, more });
  onTestFinished(() => server.close());
  return server;
}

async function list(store: RecordingStore, id: string, state: RecordingState = 'ready', startedAt = AT): Promise<void> {
  await store.insert({
    id,
    room: 'hall',
    title: `Of ${id}`,
    session: 's1',
    state,
    startedAt,
    ranges: [],
    framerate: 30,
  });
}

/** A list in memory, with links. */
async function listed(...ids: readonly string[]): Promise<{ store: RecordingStore; shares: ShareStore }> {
  const migrations = [...recordingMigrations, ...shareMigrations];
  const database = await Database.open({ path: ':memory:', migrations, log: nullLogger });
  onTestFinished(() => database.close());
  const store = new RecordingStore(database);
  for (const id of ids) await list(store, id);
  return { store, shares: new ShareStore(database) };
}

const marks = async (): Promise<string[]> =>
  (await readdir(join(dataDir, 'recordings'))).filter((name) => name.includes('.trashed')).toSorted();

describe('a recording in the trash', () => {
  it('is not there for anybody who looks, and comes back as it was', async () => {
    const { recordings, store } = await open();
    await list(store, 'r1');
    await list(store, 'r2', 'failed', SECOND);
    const before = await recordings.find('r1');
    expect(await recordings.trash('r1')).toMatchObject({ ...before, trashedAt: expect.any(String) });
    expect(await recordings.find('r1')).toBeUndefined();
    expect((await recordings.list({ limit: 10 })).items.map(({ id }) => id)).toEqual(['r2']);
    expect((await recordings.list({ limit: 10, q: 'r1' })).items).toEqual([]);
    const gone = { status: 404, code: 'recording_not_found' };
    await expect(recordings.file('r1', 'recording.mp4')).rejects.toMatchObject(gone);
    await expect(recordings.rename('r1', 'Ebb')).rejects.toMatchObject(gone);
    await expect(recordings.trash('r1')).rejects.toMatchObject(gone);
    // It takes up space still.
    expect((await recordings.countByState()).get('ready')).toBe(1);

    await recordings.trash('r2');
    const first = await recordings.listTrash({ limit: 1 });
    const second = await recordings.listTrash({ limit: 1, ...(first.next !== undefined && { cursor: first.next }) });
    expect([...first.items, ...second.items].map(({ id }) => id).toSorted()).toEqual(['r1', 'r2']);
    expect(second.next).toBeUndefined();
    expect(await marks()).toEqual(['.r1.trashed', '.r2.trashed']);

    expect(await recordings.restore('r1')).toEqual(before);
    expect(await marks()).toEqual(['.r2.trashed']);
    expect(await recordings.find('r1')).toEqual(before);
    const notThere = { status: 404, code: 'not_in_trash' };
    await expect(recordings.restore('r1')).rejects.toMatchObject(notThere);
    await expect(recordings.removeTrashed('r1')).rejects.toMatchObject(notThere);
    expect(await recordings.find('r1')).toEqual(before);

    await recordings.removeTrashed('r2');
    expect((await recordings.listTrash({ limit: 10 })).items).toEqual([]);
    await recordings.trash('r1');
    await recordings.remove('r1');
    expect(await store.wasRemoved('r1')).toBe(true);
    expect(await marks()).toEqual([]);
  });

  it.each(['remove', 'removeTrashed'] as const)(
    'is not given back once %s has begun, though that was cut off',
    async (how) => {
      let isCutOff = true;
      const { recordings, store } = await open({
        onRemoving: async () => {
          if (isCutOff) throw new Error('The server was killed.');
        },
      });
      await list(store, 'r1');
      await recordings.trash('r1');
      await expect(recordings[how]('r1')).rejects.toThrow('killed');
      await expect(recordings.restore('r1')).rejects.toMatchObject({ code: 'not_in_trash' });
      await applyTrashMarks({ store, dataDir });
      expect([await recordings.find('r1'), await recordings.findTrashed('r1')]).toEqual([undefined, undefined]);
      expect(await store.trash.all()).toMatchObject([{ id: 'r1', isDeleting: true }]);
      // As retention does then.
      isCutOff = false;
      await recordings.removeTrashed('r1');
      expect([await store.wasRemoved('r1'), await marks()]).toEqual([true, []]);
    },
  );

  it('was stopped first, when it ran', async () => {
    const session = await TestSession.open(dataDir, 's1', await numberedProgram({ seconds: 2 }));
    onTestFinished(() => session.log.close());
    const { recordings, marks: told } = await open({}, session);
    session.feed(30);
    const { id } = await recordings.start('demo');
    session.feed(45);
    expect(await recordings.trash(id)).toMatchObject({ state: 'archiving', stopReason: 'asked' });
    expect(told.at(-1)).toEqual(['demo', 'off']);
    expect(await recordings.start('demo')).toMatchObject({ state: 'recording' });
  });

  it('stays where it was when that cannot be stored', async () => {
    const { recordings, store } = await open();
    await list(store, 'r1');
    store.trash.putIn = () => Promise.reject(new Error('SQLITE_FULL'));
    await expect(recordings.trash('r1')).rejects.toThrow('SQLITE_FULL');
    expect(await marks()).toEqual([]);
    expect(await recordings.find('r1')).toBeDefined();
  });

  it('has no links, neither for who has one nor for viewers of its room', async () => {
    const { store, shares } = await listed('r1');
    const link = { id: 's1', recording: 'r1', tokenHash: 'h', createdAt: AT, expiresAt: new Date('2032-01-01') };
    await shares.insert({ ...link, watchToken: 'w' });
    const forViewers = () => shares.newestForViewers({ room: 'hall', since: new Date(0), session: undefined, now: AT });
    await store.trash.putIn('r1', AT);
    expect([await shares.findByHash('h'), await forViewers()]).toEqual([undefined, undefined]);
    await store.trash.takeOut('r1');
    expect([await shares.findByHash('h'), await forViewers()]).toMatchObject([{ id: 's1' }, { id: 's1' }]);
  });

  it('gives way to what is to be recorded, when too little of the disk is free', async () => {
    const session = await TestSession.open(dataDir, 's1', await numberedProgram({ seconds: 2 }));
    onTestFinished(() => session.log.close());
    let free = 4;
    let trash = 1;
    const { recordings } = await open(
      {
        limits: { ...NO_LIMITS, floorPercent: 5 },
        freePercent: async () => free,
        makeRoom: async () => {
          free += trash;
          return trash > 0;
        },
      },
      session,
    );
    session.feed(30);
    const { id } = await recordings.start('demo');
    await recordings.stop(id);
    [free, trash] = [4, 0];
    await expect(recordings.start('demo')).rejects.toMatchObject({ code: 'disk_floor' });
  });
});

describe('at the start the trash', () => {
  it('has what was marked before the server was killed, and not what was unmarked', async () => {
    const { store } = await listed('marked', 'unmarked', 'other', 'condemned');
    await setTrashMark(dataDir, 'marked', AT);
    await store.trash.putIn('unmarked', AT);
    await store.trash.putIn('condemned', AT);
    await store.trash.condemn('condemned');
    const told: string[] = [];
    store.events.on('trashed', ({ id }) => told.push(`${id} in`));
    store.events.on('restored', ({ id }) => told.push(`${id} out`));
    await applyTrashMarks({ store, dataDir });
    await applyTrashMarks({ store, dataDir });
    expect(told).toEqual(['unmarked out', 'marked in']);
    expect((await store.trash.find('marked'))?.trashedAt).toEqual(AT);
    // What has lost its key or its objects is not given back.
    expect(await store.trash.takeOut('condemned')).toBeUndefined();
    expect((await store.trash.all()).map(({ id, isDeleting }) => [id, isDeleting])).toEqual([
      ['condemned', true],
      ['marked', false],
    ]);
  });

  it('has what was in it when the list was lost', async () => {
    const film = join(dataDir, 'film.mp4');
    await writeFile(film, 'a film');
    await writeArchive(dataDir, film);
    await setTrashMark(dataDir, 'r1', AT);
    const { store } = await listed();
    await sweepArchives({ store, dataDir, clock: new FakeClock(), log: nullLogger });
    await applyTrashMarks({ store, dataDir });
    expect(await store.list({ limit: 10 })).toEqual([]);
    expect(await store.trash.list({ limit: 10 })).toMatchObject([{ id: 'r1', title: 'Demo' }]);
  });

  it('stays as it is while the disk with the archives is away', async () => {
    const { store } = await listed('r1');
    await store.trash.putIn('r1', AT);
    await rm(join(dataDir, 'recordings'), { recursive: true, force: true });
    await applyTrashMarks({ store, dataDir });
    expect(await store.trash.find('r1')).toBeDefined();
    await mkdir(join(dataDir, 'recordings'));
    await applyTrashMarks({ store, dataDir });
    expect(await store.shown('r1')).toBeDefined();
    expect(await trashMark(dataDir, 'r1')).toBeUndefined();
  });
});
