import { describe, expect, it } from 'vitest';
import { ViewerCount } from '../../../src/room/viewer-count.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { startApi } from './api-server.ts';

const ONE = { viewers: 1, perSecond: 1, burst: 1 };
const PATH = '/api/rooms/hall/viewers';

describe('the clock', () => {
  it("is the server's, fresh each time, for players on any site", async () => {
    const api = await startApi();
    api.clock.advance(1234.4);
    const { json, headers } = await api.send('GET', '/api/time');
    expect(json).toEqual({ ms: Date.UTC(2026, 0, 1) + 1234 });
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' });
  });

  it('is that of a room’s program while there is one, wherever the machine’s was set to', async () => {
    const api = await startApi();
    const programMs = api.clock.wallMs();
    api.clock.jumpWall(600_000);
    api.programTimes.set('hall', programMs + 0.4);
    expect((await api.send('GET', '/api/time?room=hall')).json).toEqual({ ms: programMs });
    expect((await api.send('GET', '/api/time?room=other')).json).toEqual({ ms: programMs + 600_000 });
    expect((await api.send('GET', '/api/time')).json).toEqual({ ms: programMs + 600_000 });
  });
});

describe('the count of viewers', () => {
  it('answers how many watch', async () => {
    const api = await startApi();
    expect((await api.send('POST', PATH, { body: { id: 'one' } })).json).toEqual({ viewers: 1, recording: false });
    expect((await api.send('POST', PATH, { body: { id: 'two' } })).json).toEqual({ viewers: 2, recording: false });
    const { headers } = await api.send('OPTIONS', PATH, { headers: { Origin: 'https://elsewhere.example' } });
    expect(headers['access-control-allow-headers']).toContain('Content-Type');
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  it('is nobody while nothing is live, and not there for a room that is not', async () => {
    const api = await startApi();
    const hall = api.rooms.get('hall');
    if (hall) api.rooms.set('hall', { ...hall, live: false });
    expect((await api.send('POST', PATH, { body: { id: 'one' } })).json).toEqual({ viewers: 0, recording: false });
    expect((await api.send('POST', '/api/rooms/cellar/viewers', { body: { id: 'one' } })).status).toBe(404);
    expect(api.deps.viewers.rooms).toBe(0);
  });

  it('takes names of tabs only, and no more of them than it may', async () => {
    const viewers = new ViewerCount(new FakeClock(), { room: ONE, address: ONE });
    const api = await startApi({ ports: { viewers } });
    expect((await api.send('POST', PATH, { body: { id: 'x'.repeat(65) } })).status).toBe(400);
    expect((await api.send('POST', PATH, { body: { id: 'one' } })).status).toBe(200);
    const { status, json, headers } = await api.send('POST', PATH, { body: { id: 'one' } });
    expect([status, json['code'], headers['access-control-allow-origin']]).toEqual([429, 'too_many_viewers', '*']);
  });

  it('counts no more of one address than it may', async () => {
    const many = { viewers: 10, perSecond: 10, burst: 10 };
    const viewers = new ViewerCount(new FakeClock(), { room: many, address: { ...many, viewers: 1 } });
    const api = await startApi({ ports: { viewers } });
    const report = async (id: string, address: string): Promise<unknown> =>
      (await api.send('POST', PATH, { body: { id }, headers: { 'X-Forwarded-For': address } })).json['viewers'];
    expect(await report('one', '192.0.2.1')).toBe(1);
    expect(await report('two', '192.0.2.1')).toBe(1);
    expect(await report('three', '192.0.2.2')).toBe(2);
  });
});
