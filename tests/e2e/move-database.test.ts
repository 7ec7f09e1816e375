/** A server that began with SQLite goes on with Postgres, and nobody notices. */
import { readdir } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { moveDatabaseCommand } from '../../src/cli/move/move-database-command.ts';
import { PostgresServer } from '../helpers/postgres-server.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { TestServer } from '../helpers/test-server.ts';

const PATHS = ['/api/rooms', '/api/users?limit=10', '/api/rooms/monday/chat', '/api/webhooks'];
const PASSWORD = 'a good long password';

async function start(data: string, url?: string): Promise<TestServer> {
  const server = await TestServer.start({
    server: { data, port: 0 },
    database: url === undefined ? {} : { url },
    accounts: { mode: 'on' },
  });
  onTestFinished(() => server.close());
  return server;
}

async function seen(server: TestServer): Promise<unknown[]> {
  const answers = await Promise.all(PATHS.map((path) => server.api<object>('GET', path)));
  // Links have the server's port, and tokens that are made anew for each answer.
  const plain = JSON.stringify(answers)
    .replaceAll(server.url, '')
    .replaceAll(/token=[\w.-]+/g, '');
  return JSON.parse(plain) as unknown[];
}

async function say(server: TestServer, text: string) {
  const body = { text, key: `a-key-for-${text}`.padEnd(22, 'x') };
  return server.api<{ rev: number }>('POST', '/api/rooms/monday/chat', body);
}

async function newestEvent(server: TestServer): Promise<number> {
  return (await server.api<{ newest: number }>('GET', '/api/events')).body.newest;
}

it('is the same on Postgres after a move, with accounts that sign in and numbers that go on', async () => {
  const postgres = await PostgresServer.start();
  onTestFinished(() => postgres.close());
  const data = await tempDir();
  const url = await postgres.create();
  const first = await start(data);
  await first.api('POST', '/api/rooms', { id: 'monday', title: 'Mönday 日本' });
  await first.api('POST', '/api/users', { login: 'ann', name: 'Ann', password: PASSWORD });
  await first.api('POST', '/api/webhooks', { url: 'https://example.com/', types: ['room.deleted'] });
  expect((await say(first, 'before')).body.rev).toBe(1);
  const before = await seen(first);
  const newest = await newestEvent(first);
  let text = '';
  const move = () =>
    moveDatabaseCommand(['--quiet'], { GRIDCAST_DATA: data, DATABASE_URL: url }, { print: (more) => (text += more) });
  await expect(move()).rejects.toThrow('Gridcast runs on the data folder');
  await first.close();

  await expect(start(data, url)).rejects.toThrow('move that there with "gridcast move-database"');
  expect(await move()).toBe(0);
  expect(text).toMatch(/^accounts +1$/m);
  expect((await readdir(data)).filter((name) => name.startsWith('gridcast.db'))).toEqual([
    expect.stringMatching(/^gridcast\.db\.moved-\d{4}-\d\d-\d\d$/),
  ]);

  const second = await start(data, url);
  expect(await seen(second)).toEqual(before);
  const session = await second.api('POST', '/api/session', { login: 'ann', password: PASSWORD }, '');
  expect(session).toMatchObject({ status: 201, body: { user: { name: 'Ann' } } });
  expect((await say(second, 'after')).body.rev).toBe(2);
  expect(await newestEvent(second)).toBeGreaterThan(newest);
});
