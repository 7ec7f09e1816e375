import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../../../src/database/database.ts';
import type { Migration } from '../../../src/database/migrations.ts';
import { ConfigError } from '../../../src/errors.ts';
import { nullLogger } from '../../../src/logger.ts';

interface Tables {
  things: { id: string; count: number };
}

const create: Migration = {
  name: 'things-1-create',
  async up(db) {
    await sql`create table things (id text primary key, count integer not null) strict`.execute(db);
  },
};

let folder: string;
let path: string;
const open = (...migrations: Migration[]) => Database.open({ path, migrations, log: nullLogger });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridcast-db-'));
  path = join(folder, 'sub', 'gridcast.sqlite');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('Database', () => {
  it('makes the folder, migrates once, and keeps rows over a reopening', async () => {
    const first = await open(create);
    await first.tables<Tables>().insertInto('things').values({ id: 'a', count: 1 }).execute();
    await first.close();
    await first.close();
    const second = await open(create);
    const rows = await second.tables<Tables>().selectFrom('things').selectAll().execute();
    expect(rows).toEqual([{ id: 'a', count: 1 }]);
    await second.close();
  });

  it('is for its owner alone, with the files beside it', async () => {
    const database = await open(create);
    const names = await readdir(dirname(path));
    expect(names).toContain('gridcast.sqlite-wal');
    const modes = await Promise.all(names.map(async (name) => (await stat(join(dirname(path), name))).mode & 0o777));
    expect(new Set(modes)).toEqual(new Set([0o600]));
    await database.close();
  });

  it('leaves no file when it is in memory', async () => {
    path = ':memory:';
    const database = await open(create);
    await database.close();
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  it('counts the rows that a statement changed', async () => {
    const database = await open(create);
    const db = database.tables<Tables>();
    await db
      .insertInto('things')
      .values([
        { id: 'a', count: 1 },
        { id: 'b', count: 1 },
      ])
      .execute();
    const result = await db
      .updateTable('things')
      .set({ count: 2 })
      .where('id', 'in', ['a', 'b', 'c'])
      .executeTakeFirst();
    expect(result.numUpdatedRows).toBe(2n);
    await database.close();
  });

  it('rolls a failing step back whole, names it, and works with the version before', async () => {
    const failing: Migration = {
      name: 'things-2-broken',
      async up(db) {
        await sql`alter table things add column extra text`.execute(db);
        await sql`insert into nowhere values (1)`.execute(db);
      },
    };
    await (await open(create)).close();
    await expect(open(create, failing)).rejects.toThrow(/things-2-broken/);
    const again = await open(create);
    const columns = await sql<{ name: string }>`pragma table_info(things)`.execute(again.tables());
    expect(columns.rows.map((row) => row.name)).toEqual(['id', 'count']);
    await again.close();
  });

  it('refuses a database of a newer version', async () => {
    await (await open(create, { name: 'future-1', up: async () => {} })).close();
    await expect(open(create)).rejects.toThrow(/newer version.*future-1/);
  });

  it('refuses a damaged file with the remedy', async () => {
    const database = await open(create);
    const rows = Array.from({ length: 500 }, (_, index) => ({ id: `row-${index}`, count: index }));
    await database.tables<Tables>().insertInto('things').values(rows).execute();
    await database.close();
    const bytes = await readFile(path);
    bytes.fill(0xff, 4096);
    await writeFile(path, bytes);
    const failure = await open(create).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigError);
    expect(String(failure)).toMatch(/restore a backup/);
  });

  it('undoes a transaction that throws and lets the next one in', async () => {
    const database = await open(create);
    const db = database.tables<Tables>();
    const first = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('things').values({ id: 'a', count: 1 }).execute();
      throw new Error('no');
    });
    const second = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('things').values({ id: 'b', count: 2 }).execute();
    });
    await expect(first).rejects.toThrow('no');
    await second;
    expect(await db.selectFrom('things').select('id').execute()).toEqual([{ id: 'b' }]);
    await database.close();
  });
});
