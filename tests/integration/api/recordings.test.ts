import { describe, expect, it } from 'vitest';
import { ConflictError } from '../../../src/errors.ts';
import { ADMIN_TOKEN, startApi } from './api-server.ts';

describe('recordings', () => {
  it('start in a room and say where they are', async () => {
    const api = await startApi();
    const answer = await api.send('POST', '/api/rooms/hall/recordings', { token: ADMIN_TOKEN });
    expect(answer).toMatchObject({ status: 201, json: { id: 'rec2', room: 'hall', state: 'recording' } });
    expect(answer.headers['location']).toBe('/api/recordings/rec2');
  });

  it.each(['pause', 'resume', 'stop', 'retry'])('%s on request', async (verb) => {
    const api = await startApi();
    const answer = await api.send('POST', `/api/recordings/rec1/${verb}`, { token: ADMIN_TOKEN });
    expect(answer).toMatchObject({ status: 200, json: { id: 'rec1' } });
    expect(api.calls).toEqual([`${verb} rec1`]);
  });

  it('say why they cannot do something now', async () => {
    const { deps } = await startApi();
    const pause = async (): Promise<never> => {
      throw new ConflictError('recording_stopped', 'The recording has stopped; start another.');
    };
    const api = await startApi({ ports: { recordings: { ...deps.recordings, pause } } });
    const answer = await api.send('POST', '/api/recordings/rec1/pause', { token: ADMIN_TOKEN });
    expect(answer.json).toMatchObject({ status: 409, code: 'recording_stopped', title: 'Conflict' });
  });

  it.each([
    ['GET', '/api/recordings/rec9'],
    ['PATCH', '/api/recordings/rec9'],
    ['DELETE', '/api/recordings/rec9'],
    ['POST', '/api/recordings/rec9/stop'],
    ['POST', '/api/recordings/rec9/retry'],
  ])('that do not exist are not found by %s %s', async (method, path) => {
    const api = await startApi();
    const body = method === 'PATCH' ? { body: { title: 'Named' } } : {};
    const answer = await api.send(method, path, { token: ADMIN_TOKEN, ...body });
    expect(answer.json).toMatchObject({ status: 404, code: 'recording_not_found' });
    expect(api.calls).toEqual([]);
  });

  it('are listed by room, state and page', async () => {
    const api = await startApi();
    const path = '/api/recordings?room=hall&state=ready&limit=2&cursor=abc';
    const { json } = await api.send('GET', path, { token: ADMIN_TOKEN });
    expect(json).toMatchObject({ items: [{ id: 'rec1' }], next: 'more' });
    await api.send('GET', '/api/recordings', { token: ADMIN_TOKEN });
    expect(api.calls).toEqual(['list {"limit":2,"room":"hall","state":"ready","cursor":"abc"}', 'list {"limit":50}']);
  });

  it('are listed by words and by day', async () => {
    const api = await startApi();
    const path = '/api/recordings?q=%20Zo%C3%AB%20%25&since=2031-05-14T00:00:00%2B02:00&until=2031-05-15T00:00:00Z';
    expect((await api.send('GET', path, { token: ADMIN_TOKEN })).status).toBe(200);
    await api.send('GET', '/api/recordings?q=%20', { token: ADMIN_TOKEN });
    const days = '"since":"2031-05-13T22:00:00.000Z","until":"2031-05-15T00:00:00.000Z"';
    expect(api.calls).toEqual([`list {"limit":50,"q":"Zoë %",${days}}`, 'list {"limit":50}']);
  });

  it.each([
    `q=${'x'.repeat(101)}`,
    'since=yesterday',
    'until=2031-05-14',
    'limit=0',
    'limit=101',
    'limit=many',
    'limit=',
    'state=gone',
    'room=a/b',
    'state=ready&state=failed',
    'rom=hall',
  ])('are not listed for ?%s', async (query) => {
    const api = await startApi();
    const answer = await api.send('GET', `/api/recordings?${query}`, { token: ADMIN_TOKEN });
    expect(answer.json).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  it('are given another title, under the rules for titles of rooms', async () => {
    const api = await startApi();
    const name = (body: object) => api.send('PATCH', '/api/recordings/rec1', { token: ADMIN_TOKEN, body });
    expect(await name({ title: '  Ebb & 会议 ' })).toMatchObject({
      status: 200,
      json: { id: 'rec1', title: 'Ebb & 会议' },
    });
    expect(api.calls).toEqual(['rename rec1 Ebb & 会议']);
    expect((await api.send('GET', '/api/recordings/rec1', { token: ADMIN_TOKEN })).json['title']).toBe('Ebb & 会议');
    expect((await name({ title: 'x'.repeat(100) })).status).toBe(200);
    for (const body of [{}, { title: ' ' }, { title: 'x'.repeat(101) }, { title: 'a\nb' }, { title: 'a', room: 'b' }]) {
      expect((await name(body)).json).toMatchObject({ status: 400, code: 'invalid_request' });
    }
    expect(api.calls).toHaveLength(2);
    const { json } = await api.send('GET', '/api/audit', { token: ADMIN_TOKEN });
    expect(json['items']).toMatchObject([
      { action: 'rename', detail: { before: 'Ebb & 会议' } },
      { who: 'admin', action: 'rename', recording: 'rec1', detail: { title: 'Ebb & 会议', before: 'hall' } },
    ]);
    // Nothing is written down of what changed nothing.
    await name({ title: 'x'.repeat(100) });
    const again = await api.send('GET', '/api/audit', { token: ADMIN_TOKEN });
    expect(again.json['items']).toHaveLength(2);
  });

  it('disappear, and the log says so', async () => {
    const api = await startApi();
    expect((await api.send('DELETE', '/api/recordings/rec1', { token: ADMIN_TOKEN })).status).toBe(204);
    expect(api.recordings.size).toBe(0);
    expect(api.log).toContainEqual({
      level: 'info',
      message: 'A recording was deleted',
      fields: { recording: 'rec1' },
    });
  });
});
