import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { checkDatabase } from '../../../src/cli/doctor-checks.ts';
import { configSchema } from '../../../src/config/schema.ts';
import { Database } from '../../../src/database/database.ts';
import type { Migration } from '../../../src/database/migrations.ts';
import { connectPostgres } from '../../../src/database/postgres.ts';
import { dumpPostgres } from '../../../src/database/postgres-dump.ts';
import { nullLogger } from '../../../src/logger.ts';
import { RoomStore, roomMigrations } from '../../../src/room/room-store.ts';
import { defaultSettings } from '../../../src/room/room-settings.ts';
import { PostgresServer } from '../../helpers/postgres-server.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const WAIT = { timeout: 9000 };
const UNAVAILABLE = { code: 'database_unavailable', status: 503 };

let server: PostgresServer;

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(() => server.close());

async function open(postgres: string, migrations: readonly Migration[] = roomMigrations): Promise<Database> {
  const database = await Database.open({ postgres, migrations, log: nullLogger });
  onTestFinished(() => database.close());
  return database;
}

function room(id: string) {
  return { id, title: id, createdAt: new Date(0), tokenVersion: 1, settings: defaultSettings() };
}

/** What a store does between two statements of one transaction, with the way to its database cut there. */
async function cutInside(database: Database, cut: () => Promise<unknown>): Promise<void> {
  const tables = database.tables<{ rooms: { id: string } }>();
  await tables.transaction().execute(async (change) => {
    await change.deleteFrom('rooms').execute();
    await cut();
    await change.deleteFrom('rooms').execute();
  });
}

describe('a database on a Postgres server', () => {
  it('is brought up to date once, and keeps what it got', async () => {
    const url = await server.create();
    const onEmpty = vi.fn<() => void>();
    const first = await Database.open({
      postgres: url,
      migrations: roomMigrations.slice(0, 1),
      log: nullLogger,
      onEmpty,
    });
    await first.close();
    await (await Database.open({ postgres: url, migrations: roomMigrations, log: nullLogger, onEmpty })).close();
    const rooms = new RoomStore(await open(url), nullLogger);
    await rooms.insert(room('monday'));
    expect(await rooms.list()).toMatchObject([{ id: 'monday', settings: defaultSettings() }]);
    expect(onEmpty).toHaveBeenCalledTimes(1);
  });

  it('is left as it was by a step that fails', async () => {
    const url = await server.create();
    await open(url).then((database) => database.close());
    const bad: Migration = {
      name: 'bad-1',
      async up(db) {
        await db.schema.createTable('half').addColumn('id', 'text').execute();
        await db.schema.dropTable('nothing').execute();
      },
    };
    await expect(open(url, [...roomMigrations, bad])).rejects.toThrow('at step "bad-1" and was left as it was');
    await expect(server.query(new URL(url).pathname.slice(1), 'select * from half')).rejects.toThrow('does not exist');
    await expect(open(url, [])).rejects.toThrow('written by a newer version (it has step "rooms-1-create")');
  });

  it('has one server, and the next as soon as that one is gone', async () => {
    const url = await server.create();
    const first = await open(url);
    await expect(open(url)).rejects.toThrow(
      /^Gridcast runs on the database postgres:\/\/\/test\d+ already; stop that one/,
    );
    const next = open(url);
    await first.close();
    await expect((await next).ping()).resolves.toBeUndefined();
  });

  it('is back by itself when its server is, and never lets half of a change through', async () => {
    const own = await PostgresServer.start();
    onTestFinished(() => own.close());
    const database = await open(await own.create());
    const rooms = new RoomStore(database, nullLogger);
    await rooms.insert(room('monday'));
    await expect(cutInside(database, () => own.stop())).rejects.toMatchObject(UNAVAILABLE);
    await expect(database.ping()).rejects.toMatchObject(UNAVAILABLE);
    await own.resume();
    await vi.waitFor(() => database.ping(), WAIT);
    expect(await rooms.list()).toHaveLength(1);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'whose process ends by %s while it is asked is unavailable',
    async (signal) => {
      const own = await PostgresServer.start();
      onTestFinished(() => own.close());
      const database = await open(await own.create());
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(database.tables());
      const asked = sql`select pg_sleep(600)`.execute(database.tables());
      const busy = "select 1 from pg_stat_activity where query = 'select pg_sleep(600)'";
      await vi.waitFor(async () => expect(await own.query('postgres', busy)).toHaveLength(1), WAIT);
      process.kill(rows[0]?.pid ?? 0, signal);
      await expect(asked).rejects.toMatchObject(UNAVAILABLE);
    },
  );

  it('that answers too late leaves nothing open in which all that follows would be lost', async () => {
    const url = await server.create();
    await (await open(url)).close();
    const dialect = await connectPostgres(url, nullLogger, { serverMs: 60_000, answerMs: 2000 });
    const kysely = new Kysely<{ migrations: { name: string; applied_at: string } }>({ dialect });
    onTestFinished(() => kysely.destroy());
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(kysely);
    const pid = rows[0]?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    const insert = (name: string) => kysely.insertInto('migrations').values({ name, applied_at: '' });
    const begun = kysely.transaction().execute((change) => change.deleteFrom('migrations').execute());
    await begun.catch(() => {}).finally(() => process.kill(pid, 'SIGCONT'));
    await expect(begun).rejects.toMatchObject(UNAVAILABLE);
    await vi.waitFor(() => insert('later').execute(), WAIT);
    const name = new URL(url).pathname.slice(1);
    const kept = await server.query(name, "select name from migrations where name = 'later'");
    expect(kept).toEqual([{ name: 'later' }]);
  });

  it('ends what takes too long, which has no effect then, and takes what comes next', async () => {
    const url = await server.create();
    await (await open(url)).close();
    const dialect = await connectPostgres(url, nullLogger, { serverMs: 1000, answerMs: 60_000 });
    const kysely = new Kysely<{ migrations: { name: string } }>({ dialect });
    onTestFinished(() => kysely.destroy());
    await expect(sql`select pg_sleep(600)`.execute(kysely)).rejects.toMatchObject({
      ...UNAVAILABLE,
      cause: { message: expect.stringContaining('statement timeout') },
    });
    await expect(kysely.selectFrom('migrations').select('name').execute()).resolves.not.toEqual([]);
  });

  it('that cannot be reached, or is not in UTF-8, is refused with the remedy and without the password', async () => {
    await expect(open('postgres://gridcast:hunter2@localhost:1/gridcast')).rejects.toThrow(
      /^The database postgres:\/\/localhost:1\/gridcast cannot be used \(connect ECONNREFUSED .+\); check that the server runs/,
    );
    await expect(open(server.url('nothing'))).rejects.toThrow('database "nothing" does not exist');
    const latin = await server.create("encoding 'SQL_ASCII' template template0");
    await expect(open(latin)).rejects.toThrow('is not in UTF8');
  });

  it('is looked at by the doctor, also while a server has it', async () => {
    const url = await server.create();
    await open(url);
    const check = (text: string) => checkDatabase(configSchema.parse({ database: { url: text } }));
    expect(await check(url)).toEqual([
      { verdict: 'ok', subject: 'Database', text: expect.stringMatching(/^postgres:\/\/\/test\d+, Postgres \d+/) },
    ]);
    expect(await check(server.url('nothing'))).toEqual([
      { verdict: 'FAIL', subject: 'Database', text: expect.stringContaining('database "nothing" does not exist') },
    ]);
  });

  it('is no place to start with, says the doctor, while it is empty and the data folder has another', async () => {
    const data = await tempDir();
    await writeFile(join(data, 'gridcast.db'), '');
    const url = await server.create();
    const check = () => checkDatabase(configSchema.parse({ server: { data }, database: { url } }));
    const refusal = expect.stringContaining('move that there with "gridcast move-database"');
    expect(await check()).toMatchObject([{ verdict: 'FAIL', subject: 'Database', text: refusal }]);
    // What a start leaves that was refused for it.
    await open(url, []);
    expect(await check()).toMatchObject([{ verdict: 'FAIL', text: refusal }]);
    const used = await server.create();
    await open(used);
    const config = configSchema.parse({ server: { data }, database: { url: used } });
    expect(await checkDatabase(config)).toMatchObject([{ verdict: 'ok' }]);
  });

  it('is copied by its own program, and is the same when it is brought back', async () => {
    const url = await server.create();
    await new RoomStore(await open(url), nullLogger).insert(room('monday'));
    const to = join(await tempDir(), 'gridcast.dump');
    await dumpPostgres(url, to, process.env);
    const later = await server.create();
    await server.restore(to, later);
    expect(await new RoomStore(await open(later), nullLogger).list()).toMatchObject([{ id: 'monday' }]);
    await expect(dumpPostgres(server.url('nothing'), to, process.env)).rejects.toThrow('does not exist');
    await expect(dumpPostgres(url, to, { PATH: '/nowhere' })).rejects.toThrow('there is no pg_dump: install');
    await expect(readFile(to)).rejects.toThrow('ENOENT');
  });
});
