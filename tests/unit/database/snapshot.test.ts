import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { Database } from '../../../src/database/database.ts';
import { snapshotDatabase } from '../../../src/database/snapshot.ts';
import { nullLogger } from '../../../src/logger.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const ROWS_AT_ONCE = 100;

/** A database with a log, as the server's is, and somebody who adds rows by the hundred. */
function open(path: string): { readonly database: DatabaseSync; add(): void } {
  const database = new DatabaseSync(path);
  database.exec('pragma journal_mode = wal; create table things (text)');
  const insert = database.prepare('insert into things values (?)');
  const add = (): void => {
    database.exec('begin');
    for (let row = 0; row < ROWS_AT_ONCE; row += 1) insert.run('x'.repeat(500));
    database.exec('commit');
  };
  return { database, add };
}

function countIn(path: string): number {
  const copy = new DatabaseSync(path, { readOnly: true });
  const count = copy.prepare('select count(*) as n from things').get()?.['n'];
  copy.close();
  return Number(count);
}

describe('a snapshot of a database', () => {
  it('has all that was committed, also what is in the log only, in one file', async () => {
    const folder = await tempDir();
    const { database, add } = open(join(folder, 'a.db'));
    add();
    await snapshotDatabase(join(folder, 'a.db'), join(folder, 'copy.db'));
    database.close();
    expect(countIn(join(folder, 'copy.db'))).toBe(ROWS_AT_ONCE);
    expect((await readdir(folder)).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
  });

  it('is none of a database whose index has not what its table has, with which a server still starts', async () => {
    const path = join(await tempDir(), 'a.db');
    const change = (text: string): void => {
      const database = new DatabaseSync(path, { defensive: false });
      database.exec(`pragma writable_schema = on; ${text}`);
      database.close();
    };
    change('create table things (n integer); insert into things values (1); create index by_n on things (n)');
    change(
      "create table hidden as select * from sqlite_schema where name = 'by_n'; delete from sqlite_schema where name = 'by_n'",
    );
    change('update things set n = 2');
    change('insert into sqlite_schema select * from hidden');
    await expect(snapshotDatabase(path, `${path}.copy`)).rejects.toThrow('row 1 missing from index by_n');
    await (await Database.open({ path, migrations: [], log: nullLogger })).close();
  });

  it('ends, and is of one moment, while somebody writes all the time', async () => {
    const folder = await tempDir();
    const { database, add } = open(join(folder, 'a.db'));
    for (let times = 0; times < 100; times += 1) add();
    let isDone = false;
    let added = 0;
    const copying = snapshotDatabase(join(folder, 'a.db'), join(folder, 'copy.db')).finally(() => {
      isDone = true;
    });
    await new Promise<void>((resolve) => {
      const turn = (): void => {
        if (isDone) {
          resolve();
          return;
        }
        add();
        added += 1;
        setImmediate(turn);
      };
      turn();
    });
    await copying;
    database.close();
    const count = countIn(join(folder, 'copy.db'));
    expect(added).toBeGreaterThan(1);
    expect(count % ROWS_AT_ONCE).toBe(0);
    expect(count).toBeGreaterThanOrEqual(100 * ROWS_AT_ONCE);
  });

  it('says what cannot be copied, and leaves nothing behind', async () => {
    const folder = await tempDir();
    await writeFile(join(folder, 'a.db'), 'no database at all, but long enough to be taken for one'.repeat(100));
    const copying = snapshotDatabase(join(folder, 'a.db'), join(folder, 'copy.db'));
    await expect(copying).rejects.toMatchObject({ code: 'backup_failed', message: expect.stringContaining('a.db') });
    expect(await readdir(folder)).toEqual(['a.db']);
  });
});
