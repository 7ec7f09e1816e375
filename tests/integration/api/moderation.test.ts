import { describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, startApi } from './api-server.ts';

const HALL = '/api/rooms/hall';

describe('moderation', () => {
  it('acts in the name of the host who asks', async () => {
    const api = await startApi();
    const host = { room: 'hall', role: 'host', identity: 'hanna', name: 'Hanna' } as const;
    const { token } = await api.deps.tokens.issue(host);
    const banned = await api.send('POST', `${HALL}/bans`, { token, body: { participant: 'ann' } });
    expect(banned.json).toMatchObject({ id: 'ban1', participant: 'ann', by: 'Hanna' });
    expect((await api.send('GET', `${HALL}/bans`, { token })).json['items']).toHaveLength(1);
    expect((await api.send('DELETE', `${HALL}/bans/ban1`, { token })).status).toBe(204);
    expect((await api.send('POST', `${HALL}/hands/lower`, { token })).json).toEqual({ changed: 2 });
    expect((await api.send('POST', `${HALL}/mute`, { token, body: {} })).json).toEqual({ changed: 3 });
    await api.send('POST', `${HALL}/mute`, { token, body: { muted: false } });
    expect((await api.send('POST', `${HALL}/end`, { token })).status).toBe(204);
    const by = 'by Hanna';
    const deeds = ['ban hall ann', 'unban hall ban1', 'lower hall', 'mute hall', 'unmute hall', 'end hall'];
    expect(api.calls).toEqual(deeds.flatMap((deed) => [deed, by]));
  });

  it.each([
    { path: '/participants/ann', method: 'PATCH', body: { stopVideo: true }, status: 200 },
    { path: '/participants/ann', method: 'PATCH', body: { stopVideo: false }, status: 400 },
    { path: '/participants/ann', method: 'PATCH', body: { hand: false }, status: 200 },
    { path: '/participants/ann', method: 'PATCH', body: { hand: true }, status: 400 },
    { path: '/bans', method: 'POST', body: {}, status: 400 },
    { path: '/bans', method: 'POST', body: { participant: '../ann' }, status: 400 },
    { path: '/mute', method: 'POST', body: { muted: 1 }, status: 400 },
  ])('answers $method $path with $body by $status', async ({ path, method, body, status }) => {
    const api = await startApi();
    expect((await api.send(method, HALL + path, { token: ADMIN_TOKEN, body })).status).toBe(status);
  });

  it.each(['GET bans', 'POST bans', 'DELETE bans/x', 'POST hands/lower', 'POST mute', 'POST end'])(
    'finds no room for %s when there is none',
    async (what) => {
      const api = await startApi();
      const [method = '', path = ''] = what.split(' ');
      const body = { 'POST bans': { participant: 'ann' }, 'POST mute': {} }[what];
      const answer = await api.send(method, `/api/rooms/cellar/${path}`, {
        token: ADMIN_TOKEN,
        ...(body && { body }),
      });
      expect(answer.json).toMatchObject({ status: 404, code: 'room_not_found' });
    },
  );
});
