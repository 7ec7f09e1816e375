import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, startApi } from './api-server.ts';
import { RENDER_PATH } from '../../helpers/fake-renders.ts';

const ALL = '/api/recordings/rec1/renders';
const CONTENT = readFileSync(RENDER_PATH, 'utf8');

describe('renders over HTTP', () => {
  it('are ordered with all that was said, and defaults for the rest', async () => {
    const api = await startApi();
    const body = { layout: { policy: 'speaker' }, from: 3, to: 9, without: ['ben'], format: 'webm' };
    const answer = await api.send('POST', ALL, { token: ADMIN_TOKEN, body });
    expect(answer.status).toBe(202);
    expect(answer.headers.location).toBe(`${ALL}/v1`);
    expect(answer.json).toMatchObject({ state: 'waiting', from: 3, to: 9, without: ['ben'], format: 'webm' });
    expect(answer.json['layout']).toMatchObject({ policy: 'speaker', fit: 'contain' });
    await api.send('POST', ALL, { token: ADMIN_TOKEN, body: {} });
    expect(api.calls.at(-1)).toBe('render rec1 {"layout":"recorded","from":0,"without":[],"format":"mp4"}');
  });

  it.each([
    [{ format: 'exe' }, 'format'],
    [{ from: -1 }, 'from'],
    [{ from: 5, to: 5 }, 'to'],
    [{ layout: { policy: 'spiral' } }, 'layout'],
    [{ layout: { policy: 'custom' } }, 'layout'],
    [{ without: ['a b'] }, 'without'],
    [{ width: 4000, height: 2000 }, 'width'],
    [{ path: '/etc/passwd' }, 'path'],
  ])('refuse %j and say what is wrong', async (body, field) => {
    const api = await startApi();
    const answer = await api.send('POST', ALL, { token: ADMIN_TOKEN, body });
    expect(answer).toMatchObject({ status: 400, json: { code: 'invalid_request' } });
    expect(answer.json['detail']).toContain(`"${field}`);
    expect(api.calls).toEqual([]);
  });

  it('are of recordings that exist', async () => {
    const api = await startApi();
    const answer = await api.send('POST', '/api/recordings/none/renders', { token: ADMIN_TOKEN, body: {} });
    expect(answer).toMatchObject({ status: 404, json: { code: 'recording_not_found' } });
    const other = await api.send('GET', `${ALL}/v3`, { token: ADMIN_TOKEN });
    expect(other).toMatchObject({ status: 404, json: { code: 'render_not_found' } });
  });

  it('are downloaded in part, under a name that says what they are', async () => {
    const api = await startApi();
    const headers = { Range: 'bytes=2-4' };
    const part = await api.send('GET', `${ALL}/v1/download`, { token: ADMIN_TOKEN, headers });
    expect(part).toMatchObject({ status: 206, text: CONTENT.slice(2, 5) });
    expect(part.headers).toMatchObject({
      'content-range': `bytes 2-4/${Buffer.byteLength(CONTENT)}`,
      etag: '"abc"',
      'content-type': 'video/mp4',
    });
    expect(part.headers['content-disposition']).toBe('attachment; filename=hall-2026-01-01T00-00-00Z-0-12.mp4');
    const again = await api.send('GET', `${ALL}/v1/download`, {
      token: ADMIN_TOKEN,
      headers: { 'If-None-Match': '"abc"' },
    });
    expect(again.status).toBe(304);
  });

  it('are downloaded by a link for a minute, which opens nothing else', async () => {
    const api = await startApi();
    const link = await api.send('POST', `${ALL}/v1/link`, { token: ADMIN_TOKEN });
    expect(link.status).toBe(201);
    const { pathname, search } = new URL(String(link.json['url']));
    expect(await api.send('GET', `${pathname}${search}`)).toMatchObject({ status: 200, text: CONTENT });
    expect((await api.send('GET', `/api/recordings/rec1/download${search}`)).status).toBe(401);
    expect((await api.send('GET', `${ALL}/v2/download${search}`)).status).toBe(401);
    api.clock.advance(61_000);
    const late = await api.send('GET', `${pathname}${search}`);
    expect(late).toMatchObject({ status: 401, json: { code: 'ticket_expired' } });
  });

  it('that are not ready have no file and no link', async () => {
    const api = await startApi();
    for (const [method, path] of [
      ['GET', 'download'],
      ['POST', 'link'],
    ] as const) {
      const answer = await api.send(method, `${ALL}/v2/${path}`, { token: ADMIN_TOKEN });
      expect(answer).toMatchObject({ status: 409, json: { code: 'not_ready' } });
    }
  });
});
