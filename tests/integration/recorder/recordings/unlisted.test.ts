import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Database } from '../../../../src/database/database.ts';
import { type LogFields, type Logger, nullLogger } from '../../../../src/logger.ts';
import { adoptArchive } from '../../../../src/recorder/recordings/adoption.ts';
import { giveTitle } from '../../../../src/recorder/recordings/given-titles.ts';
import { RecordingStore } from '../../../../src/recorder/recordings/recording-store.ts';
import { recordingMigrations } from '../../../../src/recorder/recordings/recording-tables.ts';
import type { RecordingState } from '../../../../src/recorder/recordings/recording-view.ts';
import { discardRemoved, sweepArchives } from '../../../../src/recorder/recordings/unlisted.ts';
import { EVENTS_FILE, formatEvent } from '../../../../src/recorder/session/session-events.ts';
import { SessionFolders } from '../../../../src/recorder/session/session-folders.ts';
import { RecordingKeys } from '../../../../src/recorder/storage/recording-keys.ts';
import { writeStored } from '../../../../src/recorder/storage/stored-marker.ts';
import { removeLocalCopy } from '../../../../src/recorder/storage/upload-job.ts';
import { sealFile } from '../../../../src/recorder/storage/sealed-file.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { writeArchive } from '../../../helpers/small-archive.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

let dataDir: string;
let store: RecordingStore;
let clock: FakeClock;
let warned: LogFields[];
let log: Logger;

beforeEach(async () => {
  dataDir = await tempDir();
  const database = await Database.open({
    path: join(dataDir, 'gridcast.db'),
    migrations: recordingMigrations,
    log: nullLogger,
  });
  onTestFinished(() => database.close());
  store = new RecordingStore(database);
  clock = new FakeClock();
  warned = [];
  log = { ...nullLogger, warn: (_, fields = {}) => warned.push(fields) };
});

async function list(id: string, state: RecordingState): Promise<void> {
  const about = { room: 'hall', title: 'Hall', session: `s-${id}`, ranges: [{ from: 0, to: 30 }], framerate: 30 };
  await store.insert({ id, state, startedAt: new Date(clock.wallMs()), ...about });
}

async function archive(name: string): Promise<void> {
  const folder = join(dataDir, 'recordings', name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'recording.mp4'), 'a film');
}

async function archives(): Promise<string[]> {
  return (await readdir(join(dataDir, 'recordings'))).toSorted();
}

describe('archives that are in no list', () => {
  it('are deleted where somebody removed the recording, and stay everywhere else', async () => {
    await list('removed', 'archiving');
    await store.remove('removed', new Date(clock.wallMs()));
    await archive('removed');
    await archive('unknown');
    for (const id of ['removed', 'unknown']) await discardRemoved({ store, dataDir }, id);
    expect(await archives()).toEqual(['unknown']);
  });

  it('stay at the start, with a word, when the list is another one: the database was lost, or is older', async () => {
    await list('removed', 'archiving');
    await store.remove('removed', new Date(clock.wallMs()));
    await list('ready', 'ready');
    await list('working', 'archiving');
    for (const name of ['removed', '.removed.steps', 'ready', '.ready.0a1b', '.working.steps', 'lost', '.lost.steps']) {
      await archive(name);
    }
    await sweepArchives({ store, dataDir, clock, log });
    expect(await archives()).toEqual(['.lost.steps', '.working.steps', 'lost', 'ready']);
    expect(warned).toEqual([expect.objectContaining({ count: 2 })]);
  });

  it('are not spoken of when there are none', async () => {
    await sweepArchives({ store, dataDir, clock, log });
    await list('ready', 'ready');
    await archive('ready');
    await sweepArchives({ store, dataDir, clock, log });
    expect(warned).toEqual([]);
  });
});

describe('finished archives that are in no list', () => {
  const found = { id: 'r1', room: 'demo', title: 'Demo', session: 's1', state: 'archiving', framerate: 30 } as const;
  const times = { startedAt: new Date('2031-05-14T12:00:00Z'), stoppedAt: new Date('2031-05-14T12:00:02Z') };

  async function finished(): Promise<string> {
    const film = join(dataDir, 'film.mp4');
    await writeFile(film, 'a film');
    return writeArchive(dataDir, film);
  }

  it('are listed again without asking the store that has all the rest of them', async () => {
    const folder = await finished();
    const stored = { version: 1, place: 'a bucket', storedAt: '2031-05-14T13:00:00.000Z' } as const;
    const about = { size: 1, sha256: 'f', sealed: false, modifiedAt: '2031-05-14T13:00:00.000Z' };
    const names = await readdir(folder);
    await writeStored(folder, { ...stored, files: names.map((name) => ({ name, key: `r1/${name}`, ...about })) });
    await removeLocalCopy(dataDir, 'r1');
    expect((await readdir(folder)).toSorted()).toEqual(['manifest.json', 'stored.json', 'timeline.json']);
    await sweepArchives({ store, dataDir, clock, log });
    expect(await store.find('r1')).toMatchObject({ ...found, ...times });
  });

  it('are listed again by what they tell of themselves, once, without a word of a beginning', async () => {
    await finished();
    const stored: unknown[] = [];
    store.events.on('stored', (event) => stored.push(event));
    await sweepArchives({ store, dataDir, clock, log });
    expect(await store.find('r1')).toMatchObject({ ...found, ...times });
    expect((await store.find('r1'))?.owner).toBeUndefined();
    expect(stored).toEqual([]);
    await sweepArchives({ store, dataDir, clock, log });
    expect(warned).toEqual([{ folder: join(dataDir, 'recordings'), count: 1, names: ['r1'] }]);
  });

  it('are listed again when they are encrypted, and stay as they are without their key', async () => {
    const folder = await finished();
    const keys = new RecordingKeys({ dataDir });
    await sealFile(join(folder, 'timeline.json'), await keys.create('r1'));
    expect(await adoptArchive({ store, dataDir, clock }, 'r1')).toBe(true);
    await store.remove('r1', new Date(clock.wallMs()));
    await keys.remove('r1');
    expect(await adoptArchive({ store, dataDir, clock }, 'r1')).toBe(false);
    expect(await archives()).toEqual(['r1']);
  });

  it.each([
    ['of another recording', (folder: string) => rename(folder, join(dirname(folder), 'r2'))],
    ['without a manifest', (folder: string) => rm(join(folder, 'manifest.json'))],
    ['without a timeline', (folder: string) => rm(join(folder, 'timeline.json'))],
    ['with a timeline that is none', (folder: string) => writeFile(join(folder, 'timeline.json'), '{}')],
  ])('stay as they are %s', async (_, spoil) => {
    await spoil(await finished());
    await sweepArchives({ store, dataDir, clock, log });
    expect(await archives()).toHaveLength(1);
    expect(await store.list({ limit: 10 })).toEqual([]);
    expect(warned).toEqual([expect.objectContaining({ count: 1 })]);
  });
});

describe('titles that recordings were given', () => {
  const renamed: string[] = [];
  const titles = async () => (await archives()).filter((name) => name.includes('.title'));

  beforeEach(() => {
    renamed.length = 0;
    store.events.on('renamed', ({ recording, before }) => renamed.push(`${before} > ${recording.title}`));
  });

  it('are listed at the start where the list is older than they are', async () => {
    await list('r1', 'archiving');
    await giveTitle(dataDir, 'r1', 'Ebb');
    await sweepArchives({ store, dataDir, clock, log });
    expect((await store.find('r1'))?.title).toBe('Ebb');
    await sweepArchives({ store, dataDir, clock, log });
    expect(renamed).toEqual(['Hall > Ebb']);
    expect(warned).toEqual([]);
  });

  it('come back with the archive of a recording that is in no list', async () => {
    const film = join(dataDir, 'film.mp4');
    await writeFile(film, 'a film');
    await writeArchive(dataDir, film);
    await giveTitle(dataDir, 'r1', 'Ebb');
    await sweepArchives({ store, dataDir, clock, log });
    expect((await store.find('r1'))?.title).toBe('Ebb');
    expect(renamed).toEqual([]);
  });

  it('go with the recording, and what a killed server left of one goes at the start', async () => {
    await list('r1', 'ready');
    await list('r2', 'ready');
    for (const id of ['r1', 'r2', 'r3']) await giveTitle(dataDir, id, 'Ebb');
    await writeFile(join(dataDir, 'recordings', '.r2.title-0a1b'), '{"ver');
    await store.remove('r1', new Date(clock.wallMs()));
    await discardRemoved({ store, dataDir }, 'r1');
    expect(await titles()).toEqual(['.r2.title', '.r2.title-0a1b', '.r3.title']);
    await store.remove('r2', new Date(clock.wallMs()));
    await sweepArchives({ store, dataDir, clock, log });
    // Its archive may lie on a disk that is away.
    expect(await titles()).toEqual(['.r3.title']);
  });

  it('that cannot be read change nothing', async () => {
    await list('r1', 'ready');
    for (const text of ['', '{"version": 1, "title": ""}', '[]']) {
      await mkdir(join(dataDir, 'recordings'), { recursive: true });
      await writeFile(join(dataDir, 'recordings', '.r1.title'), text);
      await sweepArchives({ store, dataDir, clock, log });
    }
    expect((await store.find('r1'))?.title).toBe('Hall');
  });
});

describe('sessions of recordings that are in no list', () => {
  async function session(id: string, ...recordings: readonly string[]): Promise<void> {
    const folder = join(dataDir, 'sessions', id);
    await mkdir(folder, { recursive: true });
    const lines = recordings.map((recording) =>
      formatEvent({ type: 'recording', ms: 0, recording, state: 'recording' }),
    );
    await writeFile(join(folder, EVENTS_FILE), lines.join(''));
  }

  it('stay at the start, and all others that nothing needs are deleted', async () => {
    await list('r1', 'ready');
    await list('r2', 'archiving');
    await list('r3', 'archiving');
    await store.remove('r3', new Date(clock.wallMs()));
    await session('s-r1', 'r1');
    await session('s-r2', 'r2');
    await session('s-r3', 'r3');
    await session('never-recorded');
    await session('of-another-list', 'r3', 'r4');
    await mkdir(join(dataDir, 'sessions', 'empty'));
    await new SessionFolders(join(dataDir, 'sessions'), store, log).sweep();
    expect((await readdir(join(dataDir, 'sessions'))).toSorted()).toEqual(['of-another-list', 's-r2']);
    expect(warned).toEqual([{ folder: join(dataDir, 'sessions', 'of-another-list') }]);
    expect(existsSync(join(dataDir, 'sessions', 'of-another-list', EVENTS_FILE))).toBe(true);
  });
});
