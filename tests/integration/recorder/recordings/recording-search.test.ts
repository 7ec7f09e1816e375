import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Database } from '../../../../src/database/database.ts';
import { nullLogger } from '../../../../src/logger.ts';
import { searchWords } from '../../../../src/recorder/recordings/recording-search.ts';
import { type RecordingListFilter, RecordingStore } from '../../../../src/recorder/recordings/recording-store.ts';
import { recordingMigrations } from '../../../../src/recorder/recordings/recording-tables.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

interface Given {
  readonly title: string;
  readonly room?: string;
  readonly at?: string;
  readonly people?: readonly string[];
}

/** Recordings `r0`, `r1`… in the order given. */
async function storeOf(...given: readonly Given[]): Promise<RecordingStore> {
  const path = join(await tempDir(), 'db.sqlite');
  const database = await Database.open({ path, migrations: recordingMigrations, log: nullLogger });
  onTestFinished(() => database.close());
  const store = new RecordingStore(database);
  for (const [index, { title, room = 'hall', at = '2031-05-14T12:00:00.000Z', people }] of given.entries()) {
    const id = `r${index}`;
    await store.insert({
      id,
      room,
      title,
      session: `s${index}`,
      state: 'archiving',
      startedAt: new Date(at),
      ranges: [],
      framerate: 30,
    });
    if (people) await store.change(id, ['archiving'], { people });
  }
  return store;
}

async function found(store: RecordingStore, q: string, more: Partial<RecordingListFilter> = {}): Promise<string[]> {
  const list = await store.list({ words: searchWords(q), limit: 10, ...more });
  return list.map(({ id }) => id).sort();
}

describe('the search for recordings', () => {
  it('finds a recording by the title that it was given, and not by the one before, whenever its people come', async () => {
    const store = await storeOf({ title: 'Réunion', people: ['Ann Lee'] }, { title: 'Réunion' });
    await store.rename('r0', 'Ebb');
    await Promise.all([store.change('r1', ['archiving'], { people: ['Ann Lee'] }), store.rename('r1', 'Ebb')]);
    expect(await found(store, 'ebb ann')).toEqual(['r0', 'r1']);
    expect(await found(store, 'réunion')).toEqual([]);
    expect(await store.rename('r9', 'Ebb')).toBeUndefined();
  });

  it('finds words of titles, rooms and people, whatever their case', async () => {
    const store = await storeOf(
      { title: 'Réunion du lundi', people: ['Zoë Ångström', 'Ann Lee'] },
      { title: 'Town hall', room: 'lundi-2', people: ['Ann Smith'] },
      { title: 'Nothing' },
    );
    expect(await found(store, 'RÉUNION')).toEqual(['r0']);
    expect(await found(store, 'lundi')).toEqual(['r0', 'r1']);
    expect(await found(store, 'ann LUNDI')).toEqual(['r0', 'r1']);
    expect(await found(store, 'ångström lee')).toEqual(['r0']);
    expect(await found(store, 'ann missing')).toEqual([]);
    expect((await store.find('r0'))?.people).toEqual(['Zoë Ångström', 'Ann Lee']);
  });

  it('takes signs that a database knows as the letters they are', async () => {
    const store = await storeOf(
      { title: '100 % done' },
      { title: '100 x done' },
      { title: "it's a_b" },
      { title: 'axb' },
    );
    expect(await found(store, '%')).toEqual(['r0']);
    expect(await found(store, 'a_b')).toEqual(['r2']);
    expect(await found(store, "it's")).toEqual(['r2']);
    expect(await found(store, "' or 1=1 --")).toEqual([]);
    expect(await found(store, '\\')).toEqual([]);
  });

  it('keeps to a stretch of time, its beginning included and its end not', async () => {
    const day = (date: number): string => `2031-05-${date}T00:00:00.000Z`;
    const store = await storeOf({ title: 'a', at: day(13) }, { title: 'b', at: day(14) }, { title: 'c', at: day(15) });
    const since = new Date(day(14));
    const until = new Date(day(15));
    expect(await found(store, '', { since })).toEqual(['r1', 'r2']);
    expect(await found(store, '', { until })).toEqual(['r0', 'r1']);
    expect(await found(store, '', { since, until })).toEqual(['r1']);
  });

  it('knows recordings that were there before it', async () => {
    const path = join(await tempDir(), 'db.sqlite');
    const at = recordingMigrations.findIndex(({ name }) => name === 'recordings-3-search');
    const before = await Database.open({ path, migrations: recordingMigrations.slice(0, at), log: nullLogger });
    const old = `insert into recordings (id, room, title, session, state, started_at, ranges, framerate)
      values ('r0', 'Hall', 'Old TOWN', 's0', 'ready', '2031-05-14T12:00:00.000Z', '[]', 30)`;
    await sql.raw(old).execute(before.tables());
    await before.close();
    const database = await Database.open({ path, migrations: recordingMigrations, log: nullLogger });
    onTestFinished(() => database.close());
    expect(await found(new RecordingStore(database), 'town hall')).toEqual(['r0']);
  });
});
