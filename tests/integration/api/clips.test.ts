import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../../helpers/temp-dir.ts';
import { ADMIN_TOKEN, startApi, storedFile, type TestApi } from './api-server.ts';

const CLIPS = '/api/rooms/hall/clips';
const make = (api: TestApi, body: object) => api.send('POST', CLIPS, { token: ADMIN_TOKEN, body });

async function withFile(): Promise<TestApi> {
  const api = await startApi();
  const path = join(await tempDir(), 'clip.mp4');
  await writeFile(path, '0123456789');
  api.files.set('recording.mp4', storedFile(path, 10));
  return api;
}

describe('clips', () => {
  it('are made of the newest seconds, and say where they are and which time they show', async () => {
    const api = await startApi();
    const answer = await make(api, { last: 2.5, title: ' The tide ' });
    expect(api.calls).toEqual(['clip hall {"last":2.5} admin The tide']);
    expect(answer).toMatchObject({ status: 201, headers: { location: `${CLIPS}/clip1` } });
    expect(answer.json).toEqual({
      id: 'clip1',
      room: 'hall',
      title: 'Gezeiten 🌊 潮',
      url: `http://127.0.0.1:${api.port}${CLIPS}/clip1`,
      from: '2026-01-01T00:00:01.000Z',
      to: '2026-01-01T00:00:03.500Z',
      duration: 2.5,
      bytes: 10,
      createdAt: '2026-01-01T00:00:04.000Z',
    });
  });

  it.each([
    { from: '2026-11-21T19:00:00.250Z', to: '2026-11-21T20:01:00+01:00' },
    { from: 1_795_287_600_250, to: 1_795_287_660_000 },
  ])('are made of a time, however it is written: %o', async (body) => {
    const api = await startApi();
    expect((await make(api, body)).status).toBe(201);
    expect(api.calls).toEqual(['clip hall {"from":1795287600250,"to":1795287660000} admin undefined']);
  });

  it.each([
    {},
    { from: '2026-11-21T19:00:00Z' },
    { to: 5 },
    { from: 1, to: 2, last: 3 },
    { from: '2026-11-21T19:00:00', to: '2026-11-21T19:00:01' },
    { from: 'yesterday', to: 'now' },
    { from: -1, to: 2 },
    { from: 1.5, to: 2 },
    { from: 1e300, to: 2e300 },
    { last: '5' },
    { last: 5, title: 'a\nb' },
    { last: 5, path: '/etc/passwd' },
  ])('are not made of what is no time: %o', async (body) => {
    const api = await startApi();
    expect(await make(api, body)).toMatchObject({ status: 400, json: { code: 'invalid_request' } });
    expect(api.calls).toEqual([]);
  });

  it('are listed with their addresses', async () => {
    const api = await startApi();
    const { json } = await api.send('GET', CLIPS, { token: ADMIN_TOKEN });
    expect(json['items']).toMatchObject([{ id: 'clip1', url: `http://127.0.0.1:${api.port}${CLIPS}/clip1` }]);
  });

  it('are downloaded under their title and time, whole or in part', async () => {
    const api = await withFile();
    const whole = await api.send('GET', `${CLIPS}/clip1`, { token: ADMIN_TOKEN });
    expect(whole).toMatchObject({ status: 200, text: '0123456789' });
    expect(whole.headers).toMatchObject({ 'content-type': 'video/mp4', 'accept-ranges': 'bytes', etag: '"clip1"' });
    const [, name = ''] = /filename\*=UTF-8''(\S+)$/.exec(whole.headers['content-disposition'] ?? '') ?? [];
    expect(decodeURIComponent(name)).toBe('Gezeiten 🌊 潮 2026-01-01T00-00-01Z.mp4');
    expect(whole.headers['content-disposition']).toMatch(/^attachment;/);
    const part = await api.send('GET', `${CLIPS}/clip1`, { token: ADMIN_TOKEN, headers: { Range: 'bytes=2-4' } });
    expect(part).toMatchObject({ status: 206, text: '234' });
  });

  it('are downloaded with a link, too, that is for one clip and ends', async () => {
    const api = await withFile();
    const { json } = await api.send('POST', `${CLIPS}/clip1/link`, { token: ADMIN_TOKEN, body: { ttl: 3600 } });
    const { pathname, search } = new URL(String(json['url']));
    expect(pathname).toBe(`${CLIPS}/clip1`);
    expect(await api.send('GET', pathname + search)).toMatchObject({ status: 200, text: '0123456789' });
    for (const path of [`${CLIPS}/clip2`, '/api/rooms/attic/clips/clip1']) {
      expect(await api.send('GET', path + search)).toMatchObject({ status: 401, json: { code: 'ticket_invalid' } });
    }
    expect(await api.send('GET', pathname)).toMatchObject({ status: 401, json: { code: 'token_missing' } });
    const week = 7 * 24 * 3600;
    for (const [ttl, status] of [
      [week, 201],
      [week + 1, 400],
    ] as const) {
      expect((await api.send('POST', `${CLIPS}/clip1/link`, { token: ADMIN_TOKEN, body: { ttl } })).status).toBe(
        status,
      );
    }
    const none = await api.send('POST', `${CLIPS}/clip2/link`, { token: ADMIN_TOKEN, body: {} });
    expect(none).toMatchObject({ status: 404, json: { code: 'clip_not_found' } });
  });

  it('are in the audit log: who saved, downloaded and deleted them', async () => {
    const api = await withFile();
    const { token } = await api.deps.tokens.issue({ room: 'hall', role: 'host', identity: 'hal' });
    await api.send('POST', CLIPS, { token, body: { last: 2 } });
    const { json } = await api.send('POST', `${CLIPS}/clip1/link`, { token, body: {} });
    const { pathname, search } = new URL(String(json['url']));
    for (const Range of ['bytes=0-4', 'bytes=5-9']) await api.send('GET', pathname + search, { headers: { Range } });
    await api.send('HEAD', `${CLIPS}/clip1`, { token });
    await api.send('DELETE', `${CLIPS}/clip1`, { token });
    await api.send('DELETE', `${CLIPS}/clip2`, { token });
    const about = { room: 'hall', address: '127.0.0.1', detail: { clip: 'clip1', title: 'Gezeiten 🌊 潮' } };
    const log = await api.send('GET', '/api/audit', { token: ADMIN_TOKEN });
    const entry = (who: string, action: string) => expect.objectContaining({ ...about, who, action });
    expect(log.json['items']).toEqual([
      entry('host:hal', 'delete'),
      entry('link', 'download'),
      entry('host:hal', 'clip_saved'),
    ]);
  });

  it('that do not exist are not found', async () => {
    const api = await withFile();
    const answer = await api.send('GET', `${CLIPS}/clip2`, { token: ADMIN_TOKEN });
    expect(answer).toMatchObject({ status: 404, json: { code: 'clip_not_found' } });
    const other = await api.send('POST', '/api/rooms/none/clips', { token: ADMIN_TOKEN, body: { last: 1 } });
    expect(other).toMatchObject({ status: 404, json: { code: 'room_not_found' } });
  });
});
