import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { nullLogger } from '../../../src/logger.ts';
import { CLOCK_FILE, ClockRecord } from '../../../src/server/clock-record.ts';
import { GridcastServer } from '../../../src/server/server.ts';
import { type Clock, systemClock } from '../../../src/util/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const YEAR = 366 * 86_400_000;

async function ask(server: GridcastServer, method: string, path: string, token: string, body?: object) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(`${server.url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? {} : JSON.parse(text) };
}

it('a server that starts with its clock in another decade deletes nothing for its age, and forgets nothing that was taken back', async () => {
  const data = await tempDir();
  const start = async (aheadMs: number): Promise<GridcastServer> => {
    const config = configSchema.parse({ server: { port: 0, data }, log: { level: 'silent' } });
    const clock: Clock = { ...systemClock, wallMs: () => systemClock.wallMs() + aheadMs };
    const server = await GridcastServer.start({ config, env: process.env, log: nullLogger, clock });
    onTestFinished(() => server.close());
    return server;
  };
  const before = await start(0);
  const admin = before.adminToken;
  await ask(before, 'POST', '/api/rooms', admin, { id: 'hall' });
  const invite = await ask(before, 'POST', '/api/rooms/hall/invites', admin, { role: 'host' });
  const stolen = await ask(before, 'POST', '/api/rooms/hall/tokens', admin, { role: 'host', ttl: 86_400 });
  await ask(before, 'DELETE', `/api/rooms/hall/tokens/${stolen.json.id}`, admin);
  await before.close();
  const wrong = await start(11 * YEAR);
  await wrong.close();
  // As often as it starts with that.
  await (await start(11 * YEAR)).close();
  const after = await start(0);
  const events = await ask(after, 'GET', '/api/events?type=room.created', admin);
  expect(events.json.items).toHaveLength(1);
  const link = new URL(invite.json.link).hash.replace('#token=', '');
  expect((await ask(after, 'GET', '/api/rooms/hall', link)).status).toBe(200);
  expect((await ask(after, 'GET', '/api/rooms/hall', stolen.json.token)).json.code).toBe('token_revoked');
});

it('the time is noted each minute and at the end, and what is no time is as if there were none', async () => {
  const dataDir = await tempDir();
  const file = join(dataDir, CLOCK_FILE);
  await writeFile(file, 'soon\n');
  const clock = new FakeClock();
  const record = await ClockRecord.open({ dataDir, clock, log: nullLogger });
  expect(record.doubt.look()).toBe(false);
  clock.advance(60_000);
  await record.close();
  expect(await readFile(file, 'utf8')).toBe(`${new Date(clock.wallMs()).toISOString()}\n`);
  expect(clock.pending).toBe(0);
});
