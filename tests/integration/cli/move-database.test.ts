import { execFile } from 'node:child_process';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { moveDatabaseCommand } from '../../../src/cli/move/move-database-command.ts';
import { Database } from '../../../src/database/database.ts';
import { moveToPostgres } from '../../../src/database/move/move-to-postgres.ts';
import { nullLogger } from '../../../src/logger.ts';
import { DataLock } from '../../../src/server/data-lock.ts';
import { MachineMark } from '../../../src/server/machine-mark.ts';
import { serverMigrations } from '../../../src/server/server-migrations.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { startGridcast } from '../../helpers/command.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { fillStores, readStores } from '../../helpers/filled-stores.ts';
import { PostgresServer } from '../../helpers/postgres-server.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const run = promisify(execFile);
const MAIN = fileURLToPath(new URL('../../helpers/move-main.ts', import.meta.url));
/** A command takes a second of a processor to begin, which on a busy machine are many. */
const PATIENCE = 180_000;
const WAIT = { timeout: PATIENCE / 2, interval: 100 };
/** Of `FakeClock`. */
const MOVED = 'gridcast.db.moved-2026-01-01';

let server: PostgresServer;
let data: string;
let file: string;
let url: string;

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(() => server.close());

beforeEach(async () => {
  data = await tempDir();
  file = join(data, 'gridcast.db');
  url = await server.create();
  const database = await Database.open({ path: file, migrations: serverMigrations, log: nullLogger });
  await fillStores(database, 2000);
  await database.close();
});

async function command(...args: string[]): Promise<string> {
  let text = '';
  const print = (more: string) => (text += more);
  const env = { GRIDCAST_DATA: data, DATABASE_URL: url };
  expect(await moveDatabaseCommand([...args, '--quiet'], env, { print, clock: new FakeClock() })).toBe(0);
  return text;
}

async function inPostgres(): Promise<unknown> {
  const database = await Database.open({ postgres: url, migrations: serverMigrations, log: nullLogger });
  onTestFinished(() => database.close());
  return readStores(database);
}

async function inFile(path: string): Promise<unknown> {
  const database = await Database.open({ path, migrations: serverMigrations, log: nullLogger });
  try {
    return await readStores(database);
  } finally {
    await database.close();
  }
}

describe('gridcast move-database', () => {
  it('says what it moved, and keeps the file under another name', async () => {
    const before = await inFile(file);
    const text = await command();
    expect(text).toMatch(/^rooms +2\n/);
    expect(text).toMatch(/\nevents +1999\n/);
    expect(text).not.toMatch(/ 0\n/);
    expect(text).toMatch(/\n\nMoved: \d+ rows to postgres:\/\/\/test\d+, each compared with the file's\.\n/);
    expect(text).toContain(`The file is kept as ${join(data, MOVED)}. Start the server with the same DATABASE_URL.\n`);
    expect(await readdir(data)).toEqual([MOVED]);
    expect(await inFile(join(data, MOVED))).toEqual(before);
    expect(await inPostgres()).toEqual(before);
  });

  it('takes another file than that of the data folder, and writes over none that it kept before', async () => {
    const elsewhere = join(data, 'lists.db');
    await rm(file);
    const other = await Database.open({ path: elsewhere, migrations: serverMigrations, log: nullLogger });
    await other.close();
    await writeFile(`${elsewhere}.moved-2026-01-01`, 'kept');
    expect(await command(elsewhere)).toContain(`Moved: 0 rows to postgres:`);
    expect((await readdir(data)).toSorted()).toEqual(['lists.db.moved-2026-01-01', 'lists.db.moved-2026-01-01-2']);
  });

  it('keeps with the file what somebody who has it open has not written into it yet', async () => {
    const other = new DatabaseSync(file);
    other.exec("pragma wal_autocheckpoint = 0; update rooms set title = 'late' where id = 'hall'");
    await command();
    expect((await readdir(data)).toSorted()).toEqual([MOVED, `${MOVED}-shm`, `${MOVED}-wal`]);
    const kept = new DatabaseSync(join(data, MOVED));
    expect(kept.prepare("select title from rooms where id = 'hall'").get()).toEqual({ title: 'late' });
    kept.close();
    other.close();
    expect(await inPostgres()).toMatchObject({ rooms: [{ id: 'attic' }, { id: 'hall', title: 'late' }] });
  });

  it('ends what a crash has left between the two: all is there, only the file has its old name', async () => {
    const { signal } = new AbortController();
    await moveToPostgres({ file, postgres: url, migrations: serverMigrations, signal, onProgress: () => {} });
    expect(await command()).toMatch(/\nThey were there already: \d+ rows in postgres:/);
    expect(await readdir(data)).toEqual([MOVED]);
  });

  it.each(['copying', 'checking'])(
    'killed while %s leaves the file as it was',
    { timeout: PATIENCE },
    async (phase) => {
      const before = await inFile(file);
      await expect(run(process.execPath, [MAIN, file, url, phase])).rejects.toMatchObject({ signal: 'SIGKILL' });
      expect(
        await server.query(new URL(url).pathname.slice(1), "select 1 from pg_tables where schemaname = 'public'"),
      ).toEqual([]);
      expect(await inFile(file)).toEqual(before);
      await command();
      expect(await inPostgres()).toEqual(before);
    },
  );

  it('interrupted says that nothing was changed, by its exit code, too', { timeout: PATIENCE }, async () => {
    const before = await inFile(file);
    // Somebody who is making a table of that name holds it up in the middle.
    const other = new Client({ connectionString: url });
    onTestFinished(() => other.end());
    await other.connect();
    await other.query('begin');
    await other.query('create table rooms (id text)');
    const moving = startGridcast(['move-database'], { GRIDCAST_DATA: data, DATABASE_URL: url });
    await vi.waitFor(async () => {
      const waiting = await server.query(
        'postgres',
        "select 1 from pg_locks where not granted and locktype = 'transactionid'",
      );
      expect(waiting).toHaveLength(1);
    }, WAIT);
    moving.interrupt();
    await other.query('rollback');
    expect(await moving.ended).toEqual({ code: 130, stdout: '', stderr: 'Interrupted; nothing was changed.\n' });
    expect(await inFile(file)).toEqual(before);
    await command();
  });
});

describe('gridcast move-database refuses', () => {
  async function refused(env: NodeJS.ProcessEnv, ...args: string[]): Promise<unknown> {
    const error = await moveDatabaseCommand(args, { GRIDCAST_DATA: data, DATABASE_URL: url, ...env }).catch(
      (caught: unknown) => caught,
    );
    expect(await readdir(data)).toEqual(['gridcast.db']);
    return error;
  }

  it('without a server to move to, a file, or with too much', async () => {
    expect(await refused({ DATABASE_URL: undefined })).toMatchObject({
      message: expect.stringMatching(/^DATABASE_URL names no Postgres server to move to; set it to postgres:/),
    });
    expect(await refused({ DATABASE_URL: 'sqlite:/tmp/x.db' })).toMatchObject({ code: 'config' });
    expect(await refused({}, join(data, 'none.db'))).toMatchObject({ code: 'database_not_found' });
    expect(await refused({}, 'a', 'b')).toMatchObject({ code: 'usage' });
    expect(await refused({}, '--force')).toMatchObject({ code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' });
  });

  it('while a server runs on the data folder, or on the file', async () => {
    for (const lock of [() => DataLock.take(data), () => DataLock.takeDatabase(file)]) {
      const held = await lock();
      const error = await moveDatabaseCommand([], { GRIDCAST_DATA: data, DATABASE_URL: url }).catch(String);
      expect(error).toMatch(/Gridcast runs on the (data folder|database) .+ already \(process \d+\); stop that one/);
      await held.close();
    }
  });

  it('while a server on another machine has the data folder', async () => {
    const mark = await MachineMark.set({
      dataDir: data,
      host: 'studio',
      beatMs: 20,
      clock: systemClock,
      log: nullLogger,
    });
    onTestFinished(() => mark.close());
    await expect(command()).rejects.toThrow('already, on the machine studio; stop that one');
    expect(await readdir(data)).toEqual(expect.arrayContaining(['gridcast.db']));
  });
});
