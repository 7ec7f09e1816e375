import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { AuditLog } from '../../../src/api/audit-log.ts';
import { AuditStore, auditMigrations } from '../../../src/api/audit-store.ts';
import { Database } from '../../../src/database/database.ts';
import { nullLogger } from '../../../src/logger.ts';
import { ClientAddresses } from '../../../src/util/client-address.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { ADMIN_TOKEN, startApi, storedFile, type TestApi } from './api-server.ts';

interface Entry {
  readonly who: string;
  readonly action: string;
}

async function apiWithFilm(): Promise<TestApi> {
  const api = await startApi();
  const path = join(await tempDir(), 'film');
  await writeFile(path, '0123456789');
  api.files.set('recording.mp4', storedFile(path, 10));
  return api;
}

async function entries(api: TestApi): Promise<Entry[]> {
  const { json } = await api.send('GET', '/api/audit', { token: ADMIN_TOKEN });
  return json['items'] as Entry[];
}

describe('the audit log', () => {
  it('tells who downloaded, shared and deleted what, and when, newest first', async () => {
    const api = await apiWithFilm();
    const admin = { token: ADMIN_TOKEN };
    await api.send('GET', '/api/recordings/rec1/download', admin);
    const { json: link } = await api.send('POST', '/api/recordings/rec1/link', admin);
    api.clock.advance(1000);
    const { pathname, search } = new URL(String(link['url']));
    await api.send('GET', pathname + search);
    const { json: share } = await api.send('POST', '/api/recordings/rec1/shares', { ...admin, body: {} });
    const token = String(share['url']).split('/').at(-1);
    await api.send('GET', `/api/shared/${token}`);
    await api.send('DELETE', `/api/recordings/rec1/shares/${String(share['id'])}`, admin);
    await api.send('DELETE', '/api/recordings/rec1', admin);
    const about = { recording: 'rec1', address: '127.0.0.1' };
    const detail = { share: share['id'] };
    expect(await entries(api)).toMatchObject([
      { ...about, who: 'admin', action: 'delete', room: 'hall' },
      { ...about, who: 'admin', action: 'share_revoked', detail },
      { ...about, who: `share:${String(share['id'])}`, action: 'share_used' },
      { ...about, who: 'admin', action: 'share_made', detail },
      { ...about, who: 'link', action: 'download', at: '2026-01-01T00:00:01.000Z' },
      { ...about, who: 'admin', action: 'download', at: '2026-01-01T00:00:00.000Z', detail: { file: 'recording.mp4' } },
    ]);
  });

  it('tells where the asker is, behind a proxy that is believed, as the log does; else where the proxy is', async () => {
    const headers = { 'X-Forwarded-For': '198.51.100.1, 203.0.113.7' };
    for (const [trusted, address] of [
      ['127.0.0.0/8', '203.0.113.7'],
      ['192.0.2.1', '127.0.0.1'],
    ] as const) {
      const api = await startApi({ ports: { addresses: new ClientAddresses([trusted]) } });
      await api.send('DELETE', '/api/recordings/rec1', { token: ADMIN_TOKEN, headers });
      expect(await entries(api)).toMatchObject([{ action: 'delete', address }]);
      const told = () => api.log.find(({ message, fields }) => message === 'request' && fields['method'] === 'DELETE');
      await vi.waitFor(() => expect(told()?.fields).toMatchObject({ address }), { timeout: 9000 });
    }
  });

  it('has a visitor with many addresses of one network once', async () => {
    const api = await apiWithFilm();
    const { json } = await api.send('POST', '/api/recordings/rec1/shares', { token: ADMIN_TOKEN, body: {} });
    const share = `/api/shared/${String(json['url']).split('/').at(-1)}`;
    const from = (address: string) => api.send('GET', share, { headers: { 'X-Forwarded-For': address } });
    for (const host of [':1', ':2', 'ffff:ffff:ffff:3']) await from(`2001:db8:0:7:${host}`);
    expect(await entries(api)).toMatchObject([{ action: 'share_used', address: '2001:db8:0:7::1' }, {}]);
    await from('2001:db8:0:8::1');
    expect(await entries(api)).toHaveLength(3);
  });

  it('has a film that is fetched in parts once, and once again later', async () => {
    const api = await apiWithFilm();
    const part = (range: string) =>
      api.send('GET', '/api/recordings/rec1/download', { token: ADMIN_TOKEN, headers: { Range: range } });
    for (const range of ['bytes=0-1', 'bytes=2-3', 'bytes=4-']) await part(range);
    await api.send('HEAD', '/api/recordings/rec1/download', { token: ADMIN_TOKEN });
    expect(await entries(api)).toHaveLength(1);
    api.clock.advance(10 * 60_000);
    await part('bytes=0-1');
    expect(await entries(api)).toHaveLength(2);
  });

  it('has nothing of the pictures that a page shows beside a film', async () => {
    const api = await apiWithFilm();
    const film = api.files.get('recording.mp4');
    const names = ['poster.jpg', 'sprite.vtt', 'sprite-2.jpg', 'waveform.json', 'timeline.json'];
    for (const name of names) {
      if (film) api.files.set(name, film);
      await api.send('GET', `/api/recordings/rec1/files/${name}`, { token: ADMIN_TOKEN });
    }
    expect(await entries(api)).toMatchObject([{ action: 'download', detail: { file: 'timeline.json' } }]);
  });

  it('has nothing of what was refused', async () => {
    const api = await apiWithFilm();
    const { token } = await api.deps.tokens.issue({ room: 'hall', role: 'host' });
    await api.send('GET', '/api/recordings/rec1/download', { token });
    await api.send('DELETE', '/api/recordings/rec1', { token });
    await api.send('GET', '/api/recordings/rec1/files/none.vtt', { token: ADMIN_TOKEN });
    expect(await entries(api)).toEqual([]);
  });

  it('comes in pages', async () => {
    const api = await startApi();
    for (const n of [1, 2, 3, 4, 5]) await api.deps.audit.note({ who: `host:${n}`, action: 'render' });
    const page = async (cursor = '') =>
      (await api.send('GET', `/api/audit?limit=2${cursor && `&cursor=${cursor}`}`, { token: ADMIN_TOKEN })).json as {
        items: Entry[];
        next?: string;
      };
    const seen: string[] = [];
    for (let at: string | undefined = ''; at !== undefined; ) {
      const { items, next } = await page(at);
      seen.push(items.map(({ who }) => who).join());
      at = next;
    }
    expect(seen).toEqual(['host:5,host:4', 'host:3,host:2', 'host:1']);
    expect((await api.send('GET', '/api/audit?cursor=x', { token: ADMIN_TOKEN })).status).toBe(400);
  });

  it('tells of renders, from their order to their end', async () => {
    const api = await startApi();
    const admin = { token: ADMIN_TOKEN };
    const all = '/api/recordings/rec1/renders';
    const { json, status } = await api.send('POST', all, { ...admin, body: {} });
    expect(status).toBe(202);
    await api.send('DELETE', `${all}/${String(json['id'])}`, admin);
    expect(await entries(api)).toMatchObject([
      { action: 'delete', recording: 'rec1', detail: { render: json['id'] } },
      { action: 'render', recording: 'rec1', room: 'hall', detail: { render: json['id'] } },
    ]);
  });

  it('tells of settings when they are others than before', async () => {
    const api = await startApi();
    const start = (port: string) =>
      api.deps.audit.noteChange({ who: 'server', action: 'settings', detail: { 'server.port': port } });
    for (const port of ['1', '1', '2', '2', '1']) await start(port);
    expect(await entries(api)).toMatchObject([
      { detail: { 'server.port': '1' } },
      { detail: { 'server.port': '2' } },
      { detail: { 'server.port': '1' } },
    ]);
  });

  it('keeps the newest so many entries', async () => {
    const database = await Database.open({
      path: join(await tempDir(), 'db.sqlite'),
      migrations: auditMigrations,
      log: nullLogger,
    });
    const log = new AuditLog({ store: new AuditStore(database, 3), clock: new FakeClock(), log: nullLogger });
    const who = async (): Promise<string[]> => (await log.list({ limit: 10 })).items.map((item) => item.who);
    for (const n of [1, 2, 3]) await log.note({ who: `${n}`, action: 'download' });
    expect(await who()).toEqual(['3', '2', '1']);
    await log.note({ who: '4', action: 'download' });
    expect(await who()).toEqual(['4', '3', '2']);
    await database.close();
    // Nobody is kept from their film by a log that cannot be written.
    await log.note({ who: '5', action: 'download' });
  });
});
