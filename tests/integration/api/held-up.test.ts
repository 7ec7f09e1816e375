import { describe, expect, it } from 'vitest';
import type { RoomRole } from '../../../src/api/grant.ts';
import { guestId } from '../../../src/room/participant-id.ts';
import { fakeDoor } from '../../helpers/fake-door.ts';
import { type Answer, startApi, type TestApi } from './api-server.ts';
import { origin, setAccess } from './private-hall.ts';

const SECRET = 'a-secret-of-this-browser';
const ROOM = '/api/rooms/hall';

/** The hall, whose door lets in whom it is told. */
async function closedHall(
  access: 'public' | 'private' = 'private',
): Promise<TestApi & { readonly inside: Set<string> }> {
  const inside = new Set<string>();
  const door = fakeDoor({ calls: [] });
  const heldUp: typeof door.heldUp = (_room, { id = '', own }) => {
    if (inside.has(id)) return undefined;
    return own ? 'admission' : 'password';
  };
  const api = await startApi({ ports: { hls: origin, door: { ...door, heldUp } } });
  setAccess(api, access);
  api.pictures.set('hall/avatar/ann', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
  return Object.assign(api, { inside });
}

const WAYS: readonly (readonly [string, string])[] = [
  ['GET', '/hls/hall/index.m3u8'],
  ['GET', '/hls/hall/poster.jpg'],
  ['GET', `${ROOM}/participants`],
  ['GET', `${ROOM}/participants/ann/avatar`],
  ['GET', `${ROOM}/chat`],
  ['POST', `${ROOM}/chat`],
  ['GET', `${ROOM}/chat/export`],
  ['GET', `${ROOM}/files`],
  ['POST', `${ROOM}/files`],
];

function ask(api: TestApi, [method, path]: readonly [string, string], token: string, secret?: string): Promise<Answer> {
  const body =
    path.endsWith('/chat') && method === 'POST'
      ? { text: 'hello', key: 'k'.repeat(22), name: 'Bob', me: SECRET }
      : undefined;
  return api.send(method, path, { token, ...(body && { body }), headers: { 'Gridcast-Identity': secret } });
}

async function tokenOf(api: TestApi, role: RoomRole, identity: string): Promise<string> {
  return (await api.deps.tokens.issue({ room: 'hall', role, identity })).token;
}

describe('whoever is held up at the door of a private room', () => {
  it.each(WAYS)('is refused %s %s until they are let in', async (...way) => {
    const api = await closedHall();
    const token = await tokenOf(api, 'participant', 'bob');
    expect(await ask(api, way, token)).toMatchObject({ status: 403, json: { code: 'not_admitted' } });
    api.inside.add('bob');
    expect((await ask(api, way, token)).json['code']).not.toBe('not_admitted');
  });

  it.each(WAYS.filter(([, path]) => path.startsWith(ROOM)))(
    'is known by their secret with a link for many, for %s %s',
    async (...way) => {
      const api = await closedHall();
      const { token } = await api.deps.tokens.invite({ room: 'hall', role: 'participant' });
      api.inside.add(guestId('hall', token, SECRET));
      for (const secret of [undefined, `another-${SECRET}`]) {
        expect(await ask(api, way, token, secret)).toMatchObject({ status: 403, json: { code: 'not_admitted' } });
      }
      expect((await ask(api, way, token, SECRET)).json['code']).not.toBe('not_admitted');
    },
  );

  it('keeps neither hosts nor those who may only watch', async () => {
    const api = await closedHall();
    for (const role of ['host', 'viewer'] as const) {
      const token = await tokenOf(api, role, 'bob');
      expect((await ask(api, ['GET', '/hls/hall/index.m3u8'], token)).status).toBe(200);
      expect((await ask(api, ['GET', `${ROOM}/participants`], token)).status).toBe(200);
    }
  });

  it('is given no link to watch it', async () => {
    const api = await closedHall();
    const token = await tokenOf(api, 'participant', 'bob');
    const links = async (): Promise<string> => JSON.stringify((await api.send('GET', ROOM, { token })).json['links']);
    expect(await links()).not.toContain('token=');
    api.inside.add('bob');
    expect(await links()).toContain('token=');
  });
});

describe('whoever is held up at the door of a public room', () => {
  it('has of its chat what anybody has who watches', async () => {
    const api = await closedHall('public');
    const token = await tokenOf(api, 'participant', 'bob');
    expect((await ask(api, ['GET', `${ROOM}/chat`], token)).json).toMatchObject({ mayWrite: false });
    expect(await ask(api, ['POST', `${ROOM}/chat`], token)).toMatchObject({ json: { code: 'chat_read_only' } });
    api.inside.add('bob');
    expect((await ask(api, ['GET', `${ROOM}/chat`], token)).json).toMatchObject({ mayWrite: true });
  });
});
