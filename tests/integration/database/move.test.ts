import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Database, type DatabasePlace } from '../../../src/database/database.ts';
import type { Migration } from '../../../src/database/migrations.ts';
import { type MoveProgress, type MoveReport, moveToPostgres } from '../../../src/database/move/move-to-postgres.ts';
import { nullLogger } from '../../../src/logger.ts';
import { defaultSettings } from '../../../src/room/room-settings.ts';
import { serverMigrations } from '../../../src/server/server-migrations.ts';
import { fillStores, message, ODD_TEXT, readStores, storesOf } from '../../helpers/filled-stores.ts';
import { PostgresServer } from '../../helpers/postgres-server.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { tokensOf } from '../../helpers/tokens-of-rooms.ts';

const NEVER = new AbortController().signal;

let server: PostgresServer;

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(() => server.close());

async function open(place: DatabasePlace, migrations: readonly Migration[] = serverMigrations): Promise<Database> {
  const database = await Database.open({ ...place, migrations, log: nullLogger });
  onTestFinished(() => database.close());
  return database;
}

/** A file in which no table is empty, and nobody has open. */
async function filledFile(events?: number): Promise<string> {
  const path = join(await tempDir(), 'gridcast.db');
  const database = await open({ path });
  await fillStores(database, events);
  await database.close();
  return path;
}

interface Choices {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: MoveProgress) => void;
}

function move(file: string, postgres: string, { signal = NEVER, onProgress = () => {} }: Choices = {}) {
  return moveToPostgres({ file, postgres, migrations: serverMigrations, signal, onProgress });
}

/** By somebody who knows nothing of Gridcast. */
function change(path: string, statement: string): void {
  const file = new DatabaseSync(path);
  file.exec(statement);
  file.close();
}

/** Names of the tables in the database of an address. */
async function tablesAt(url: string): Promise<string[]> {
  const query = "select tablename as name from pg_tables where schemaname = 'public'";
  return (await server.query(new URL(url).pathname.slice(1), query)).map(({ name }) => String(name)).toSorted();
}

describe('a database that is moved from SQLite to Postgres', () => {
  it('is the same through every store, and numbers go on where they were', async () => {
    const path = await filledFile();
    const before = await readStores(await open({ path }));
    const url = await server.create("template template0 locale_provider icu icu_locale 'en'");
    const report = await move(path, url);
    // A new table has to be filled by `fillStores`.
    expect(report.tables.filter(({ rows }) => rows === 0)).toEqual([]);
    expect(await tablesAt(url)).toEqual(report.tables.map(({ name }) => name).toSorted());
    expect([report.foreign, report.wasThere]).toEqual([[], false]);
    const database = await open({ postgres: url });
    expect(await readStores(database)).toEqual(before);
    const { events, chat, markers, pictures } = storesOf(database);
    // The third was given, and is gone.
    expect(await events.add([{ type: 'room.closed', atMs: 1, room: 'hall', data: {} }])).toBe(4);
    await chat.insert('hall', 'key-9', message(9));
    expect((await chat.after('hall', 0, 9)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    await markers.insert('r1', { frame: 3, label: 'new' });
    expect((await markers.list('r1')).map(({ label }) => label)).toEqual([ODD_TEXT, 'new', ODD_TEXT, ODD_TEXT]);
    await pictures.put('hall', 'logo', Uint8Array.of(1));
    const { recordings } = storesOf(database);
    expect([await recordings.trash.takeOut('r5'), await recordings.trash.takeOut('r3')]).toMatchObject([
      undefined,
      { id: 'r3', state: 'failed' },
    ]);
    expect(await recordings.shown('r3')).toMatchObject({ title: ODD_TEXT });
    await storesOf(database).rooms.remove('hall');
    expect(await chat.after('hall', 0, 9)).toEqual([]);
  });

  it('knows the rooms that links and tokens were given out for', async () => {
    const path = await filledFile();
    const file = await open({ path });
    const den = { id: 'den', title: 'Den', tokenVersion: 1, settings: defaultSettings() };
    await storesOf(file).rooms.insert({ ...den, createdAt: new Date(Date.UTC(2026, 10, 24, 1, 2, 3, 45)) });
    const { token } = await (await tokensOf(storesOf(file).rooms)).issue({ room: 'den', role: 'viewer' });
    await file.close();
    const url = await server.create();
    await move(path, url);
    const { rooms } = storesOf(await open({ postgres: url }));
    expect(await (await tokensOf(rooms)).verify(token, 'den')).toMatchObject({ room: 'den', role: 'viewer' });
    await rooms.remove('den');
    await rooms.insert({ ...den, createdAt: new Date(Date.UTC(2026, 10, 24, 1, 2, 3, 46)) });
    await expect((await tokensOf(rooms)).verify(token, 'den')).rejects.toMatchObject({ code: 'token_earlier_room' });
  });

  it('keeps whole numbers of eight bytes and the largest and smallest of the others', async () => {
    const path = await filledFile();
    change(
      path,
      "update files set size = 9223372036854775807, begun = 1.7976931348623157e308, expires = -5e-324 where id = 'f2'",
    );
    const url = await server.create();
    await move(path, url);
    const query = "select size::text, begun, expires from files where id = 'f2'";
    expect(await server.query(new URL(url).pathname.slice(1), query)).toEqual([
      { size: '9223372036854775807', begun: Number.MAX_VALUE, expires: -Number.MIN_VALUE },
    ]);
  });

  it('goes over in batches, and tells how far it is', async () => {
    const path = await filledFile(2000);
    const seen: MoveProgress[] = [];
    const report = await move(path, await server.create(), { onProgress: (progress) => seen.push(progress) });
    const total = report.tables.reduce((sum, { rows }) => sum + rows, 0);
    const copied = seen.filter(({ phase }) => phase === 'copying').map(({ done }) => done);
    expect(copied.length).toBeGreaterThan(report.tables.length);
    expect(copied).toEqual(copied.toSorted((a, b) => a - b));
    expect([copied.at(-1), seen.at(-1)]).toEqual([total, { phase: 'checking', done: total, total }]);
  });

  it('of an older version is moved as it is, and the next start brings it up to date', async () => {
    const path = join(await tempDir(), 'gridcast.db');
    const newest = serverMigrations.findIndex(({ name }) => name === 'recordings-5-owner');
    await (await open({ path }, serverMigrations.slice(0, newest))).close();
    change(path, "insert into rooms (id, title, created_at) values ('hall', 'Hall', '2026-01-02T03:04:05.000Z')");
    const url = await server.create();
    expect((await move(path, url)).tables).toContainEqual({ name: 'rooms', rows: 1 });
    const database = await open({ postgres: url });
    expect(await storesOf(database).rooms.list()).toMatchObject([{ id: 'hall', title: 'Hall' }]);
    expect(await storesOf(database).recordings.list({ limit: 9, owner: 'ann' })).toEqual([]);
  });

  it('goes into one that a refused start has left with nothing but an empty list of steps', async () => {
    const path = await filledFile();
    const url = await server.create();
    const refuse = () => {
      throw new Error('there is a file');
    };
    const options = { postgres: url, migrations: serverMigrations, log: nullLogger, onEmpty: refuse };
    await expect(Database.open(options)).rejects.toThrow('there is a file');
    expect(await tablesAt(url)).toEqual(['migrations']);
    await move(path, url);
    expect(await storesOf(await open({ postgres: url })).rooms.list()).toHaveLength(2);
  });

  it('leaves behind what is not of Gridcast, and says so', async () => {
    const path = await filledFile();
    change(
      path,
      'create table _notes (a text references _more); create table _more (a text primary key references _notes)',
    );
    expect((await move(path, await server.create())).foreign.toSorted()).toEqual(['_more', '_notes']);
  });

  it('is found to be there when it was moved before, and not when it has changed since', async () => {
    const path = await filledFile();
    const url = await server.create();
    const first = await move(path, url);
    expect(await move(path, url)).toEqual({ ...first, wasThere: true } satisfies MoveReport);
    const database = await open({ postgres: url });
    await storesOf(database).chat.change('hall', message(1, 'changed'));
    await database.close();
    await expect(move(path, url)).rejects.toMatchObject({ code: 'database_not_empty' });
  });
});

describe('nothing is moved', () => {
  /** The server does `what` for each room, as triggers of others might. */
  async function meddle(url: string, trigger: string, what: string): Promise<void> {
    await server.query(
      new URL(url).pathname.slice(1),
      `create function meddle() returns trigger language plpgsql as $$ begin ${what}; return new; end $$;
       create function arm() returns event_trigger language plpgsql as $$ begin
         if to_regclass('rooms') is not null and not exists (select from pg_trigger where tgname = 'meddle') then
           create ${trigger} for each row execute function meddle();
         end if;
       end $$;
       create event trigger arm on ddl_command_end when tag in ('CREATE TABLE') execute function arm()`,
    );
  }

  async function expectRefused(
    path: string,
    url: string,
    words: string | RegExp,
    choices: Choices = {},
  ): Promise<void> {
    const before = await readFile(path);
    await expect(move(path, url, choices)).rejects.toThrow(words);
    expect(await readFile(path)).toEqual(before);
    expect(await tablesAt(url)).toEqual([]);
  }

  it('with a character that Postgres cannot hold: the row is named', async () => {
    const path = await filledFile();
    change(path, "update recording_markers set label = 'a' || char(0) where frame = 2");
    await expectRefused(
      path,
      await server.create(),
      /^The column label of the row with id "2" in the table recording_markers /,
    );
  });

  it('with a row whose room is gone: the reason is that of Postgres', async () => {
    const path = await filledFile();
    change(path, "pragma foreign_keys = off; delete from rooms where id = 'hall'");
    await expectRefused(
      path,
      await server.create(),
      /violates foreign key .+ \(room\)=\(hall\) is not present .+; nothing was changed/,
    );
  });

  it('from a file of a newer version, a damaged one or somebody else’s', async () => {
    const url = await server.create();
    const path = await filledFile();
    change(path, "insert into migrations values ('rooms-99-later', '')");
    await expectRefused(path, url, 'newer version (it has step "rooms-99-later"); move it with that version.');
    change(path, 'drop table migrations');
    await expectRefused(path, url, 'cannot be moved (it is none of Gridcast’s)');
    await expectRefused(join(import.meta.dirname, 'move.test.ts'), url, 'file is not a database');
  });

  it('with a column that the steps do not make', async () => {
    const path = await filledFile();
    change(path, 'alter table chat add column mood text');
    await expectRefused(path, await server.create(), 'The table chat has a column "mood" that is not Gridcast\'s');
  });

  it('that comes back from the server as something else', async () => {
    const url = await server.create();
    await meddle(url, 'trigger meddle before insert on rooms', "new.title := 'other'");
    await expectRefused(
      await filledFile(),
      url,
      /^The table rooms came out of Postgres with other rows than .+ made anew\.$/,
    );
  });

  it('when the connection is lost in the very end, and then the next time tells what became of it', async () => {
    const path = await filledFile();
    const url = await server.create();
    const trigger = 'constraint trigger meddle after insert on rooms deferrable initially deferred';
    await meddle(url, trigger, 'perform pg_terminate_backend(pg_backend_pid())');
    await expectRefused(path, url, /whether it is there is not known: run the command again, which finds out\.$/);
    await server.query(new URL(url).pathname.slice(1), 'drop event trigger arm');
    expect((await move(path, url)).wasThere).toBe(false);
  });

  it('while somebody writes to the file', async () => {
    const path = await filledFile();
    const other = new DatabaseSync(path);
    onTestFinished(() => other.close());
    other.exec('begin immediate');
    await expect(move(path, await server.create())).rejects.toThrow('cannot be moved (database is locked)');
  });

  it('into one that is in use, is not empty, or is not there', async () => {
    const path = await filledFile();
    const url = await server.create();
    const used = await open({ postgres: url });
    await expect(move(path, url)).rejects.toThrow(/^Gridcast runs on the database postgres:\/\/\/test\d+ already/);
    await used.close();
    await expect(move(path, url)).rejects.toThrow(/is not empty \(it has a table "migrations"\): name an empty one/);
    const others = await server.create();
    await server.query(new URL(others).pathname.slice(1), 'create table rooms (door text)');
    await expect(move(path, others)).rejects.toThrow('is not empty (it has a table "rooms")');
    await expect(move(path, server.url('nothing'))).rejects.toThrow('database "nothing" does not exist');
  });

  it('when it is told to stop, or the connection is lost, in the middle', async () => {
    const path = await filledFile(2000);
    const url = await server.create();
    for (const phase of ['copying', 'checking'] as const) {
      const stop = new AbortController();
      const onProgress = (now: MoveProgress): void => {
        if (now.phase === phase && now.done > 1000) stop.abort(new Error('enough'));
      };
      await expectRefused(path, url, /^enough$/, { signal: stop.signal, onProgress });
      let isCut = false;
      const cut = (now: MoveProgress): void => {
        if (isCut || now.phase !== phase || now.done <= 1000) return;
        isCut = true;
        server.cutOff(url);
      };
      await expectRefused(path, url, /could not be moved to postgres:.+; nothing was changed/, { onProgress: cut });
    }
    expect((await move(path, url)).wasThere).toBe(false);
  });
});
