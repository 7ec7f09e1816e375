import { describe, expect, it } from 'vitest';
import type { Grant } from '../../../src/api/grant.ts';
import { ConflictError } from '../../../src/errors.ts';
import { DEFAULT_PROGRAM, viewOfParticipant, viewOfRoom } from '../../helpers/room-views.ts';
import { ADMIN_TOKEN, startApi, type TestApi } from './api-server.ts';
import { SIGN_IN } from './sign-in.ts';

function tokenOf(link: unknown): string {
  return new URL(String(link)).hash.replace('#token=', '');
}

async function grantOf(api: TestApi, link: unknown): Promise<Grant> {
  return api.deps.tokens.verify(tokenOf(link));
}

describe('creating a room', () => {
  it('answers with links whose tokens open that room only', async () => {
    const api = await startApi();
    const answer = await api.send('POST', '/api/rooms', {
      token: ADMIN_TOKEN,
      body: { id: 'den', title: ' The Den ' },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers['location']).toBe('/api/rooms/den');
    expect(answer.json).toMatchObject({ id: 'den', title: 'The Den', live: true, recording: false, participants: 1 });
    const base = `http://127.0.0.1:${api.port}`;
    const links = answer.json['links'] as Record<string, string>;
    expect(links).toMatchObject({ watch: `${base}/watch/den`, hls: `${base}/hls/den/index.m3u8` });
    expect(links['join']).toMatch(`${base}/r/den#token=`);
    expect(await grantOf(api, links['join'])).toMatchObject({ role: 'participant', room: 'den' });
    expect(await grantOf(api, links['join'])).not.toHaveProperty('identity');
    expect(await grantOf(api, links['host'])).toMatchObject({ role: 'host', room: 'den' });
  });

  it('makes up an id that can be said aloud', async () => {
    const api = await startApi();
    const { json } = await api.send('POST', '/api/rooms', { token: ADMIN_TOKEN });
    expect(json['id']).toMatch(/^[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
  });

  it('makes up another id when the first is taken, but not for ever', async () => {
    const tries: string[] = [];
    const api = await startApi();
    const taken = new ConflictError('room_exists', 'There is a room with this id; take another.');
    const rooms = { ...api.deps.rooms };
    rooms.create = async ({ id = '' }) => {
      tries.push(id);
      throw taken;
    };
    const full = await startApi({ ports: { rooms } });
    expect((await full.send('POST', '/api/rooms', { token: ADMIN_TOKEN })).status).toBe(409);
    expect(new Set(tries).size).toBe(5);
    await full.send('POST', '/api/rooms', { token: ADMIN_TOKEN, body: { id: 'mine' } });
    expect(tries.slice(5)).toEqual(['mine']);
  });

  it.each([
    { why: 'an id with a slash', body: { id: 'a/b' } },
    { why: 'an id that is too long', body: { id: 'a'.repeat(65) } },
    { why: 'an empty id', body: { id: '' } },
    { why: 'a title without a letter', body: { title: '  ' } },
    { why: 'a title that is too long', body: { title: 'a'.repeat(101) } },
    { why: 'a title of two lines', body: { title: 'a\nb' } },
    { why: 'a field nobody knows', body: { titel: 'x' } },
    { why: 'a list', body: [] },
    { why: 'a place within a field', body: { door: { opensAt: 'tomorrow' } }, field: 'door.opensAt' },
    { why: 'a name of a field within one', body: { door: { open: 1 } }, field: 'door.open' },
  ])('refuses $why', async ({ body, field }) => {
    const api = await startApi();
    const answer = await api.send('POST', '/api/rooms', { token: ADMIN_TOKEN, body });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ code: 'invalid_request', title: 'Bad Request', ...(field && { field }) });
  });

  it('takes the longest id and title', async () => {
    const api = await startApi();
    const body = { id: 'a'.repeat(64), title: 'é'.repeat(100) };
    const answer = await api.send('POST', '/api/rooms', { token: ADMIN_TOKEN, body });
    expect(answer.json).toMatchObject(body);
  });

  it.each([true, false])(
    'lets its maker hand out links that can be taken back, accounts or not (%s)',
    async (accounts) => {
      const api = await startApi({ openCreation: 'always', accounts });
      const { json } = await api.send('POST', '/api/rooms', { body: { id: 'made' } });
      const token = tokenOf((json['links'] as { host: string }).host);
      const invites = '/api/rooms/made/invites';
      const body = { role: 'participant', ttl: 30 * 86_400, label: 'Quick link' };
      const made = await api.send('POST', invites, { token, body });
      expect(made.status).toBe(201);
      expect(await grantOf(api, made.json['link'])).toMatchObject({ role: 'participant', invite: made.json['id'] });
      expect((await api.send('GET', invites, { token })).json['items']).toEqual([made.json]);
      await api.send('DELETE', `${invites}/${String(made.json['id'])}`, { token });
      await expect(grantOf(api, made.json['link'])).rejects.toMatchObject({ code: 'token_revoked' });
    },
  );

  it('needs no token when everybody may', async () => {
    const api = await startApi({ openCreation: 'always' });
    expect((await api.send('POST', '/api/rooms')).status).toBe(201);
  });

  it.each([
    { why: 'a program on this machine', headers: {}, status: 201 },
    { why: 'its own page', headers: { Host: 'localhost:1', Origin: 'http://localhost:1' }, status: 201 },
    { why: 'the page of another site', headers: { Host: 'localhost:1', Origin: 'https://evil.example' }, status: 403 },
    { why: 'a page without an origin', headers: { Host: 'localhost:1', Origin: 'null' }, status: 403 },
    {
      why: 'a name that was made to point here',
      headers: { Host: 'evil.example', Origin: 'http://evil.example' },
      status: 401,
    },
    { why: 'a reverse proxy', headers: { 'X-Forwarded-For': '192.0.2.1' }, status: 401 },
    { why: 'a reverse proxy that hides', headers: { Host: 'rooms.example' }, status: 401 },
  ])('open to this machine treats $why with $status', async ({ headers, status }) => {
    const api = await startApi({ openCreation: 'loopback', accounts: false });
    expect((await api.send('POST', '/api/rooms', { headers })).status).toBe(status);
  });

  it('takes the public address for links and for the origin of its own pages', async () => {
    const api = await startApi({ openCreation: 'always', publicUrl: 'https://rooms.example/' });
    const headers = { Origin: 'https://rooms.example' };
    const { status, json } = await api.send('POST', '/api/rooms', { headers, body: { id: 'den' } });
    expect(status).toBe(201);
    expect(json['links']).toMatchObject({ watch: 'https://rooms.example/watch/den' });
  });

  it('refuses a Host that is none', async () => {
    const api = await startApi();
    const answer = await api.send('POST', '/api/rooms', { token: ADMIN_TOKEN, headers: { Host: 'a b"<' } });
    expect(answer.json).toMatchObject({ status: 400, code: 'bad_host' });
  });
});

describe('looking at a room', () => {
  it('shows a stranger the title and whether it is live, and nothing else', async () => {
    const api = await startApi();
    const { json } = await api.send('GET', '/api/rooms/hall');
    expect(json).toEqual({ id: 'hall', title: 'The hall', live: true });
  });

  it.each([
    { role: 'viewer', links: ['hls', 'watch'] },
    { role: 'participant', links: ['hls', 'watch'] },
    { role: 'host', links: ['hls', 'join', 'watch'] },
  ] as const)('shows a $role the links $links', async ({ role, links }) => {
    const api = await startApi();
    const { token } = await api.deps.tokens.issue({ room: 'hall', role });
    const { json } = await api.send('GET', '/api/rooms/hall', { token });
    expect(Object.keys(json['links'] as object).toSorted()).toEqual(links);
    expect('currentRecording' in json).toBe(role === 'host');
  });

  it('shows an admin all links and the recording that runs', async () => {
    const api = await startApi();
    const { json } = await api.send('GET', '/api/rooms/hall', { token: ADMIN_TOKEN });
    expect(Object.keys(json['links'] as object).toSorted()).toEqual(['hls', 'host', 'join', 'watch']);
    expect(json['currentRecording']).toEqual({ id: 'rec1', state: 'recording', duration: 1.5 });
    expect(api.calls[0]).toBe('list {"room":"hall","state":"recording","limit":1}');
  });

  it('gives a host no invite that outlives their own token', async () => {
    const api = await startApi();
    const { token } = await api.deps.tokens.issue({ room: 'hall', role: 'host', ttlSeconds: 100 });
    const { json } = await api.send('GET', '/api/rooms/hall', { token });
    const grant = await grantOf(api, (json['links'] as Record<string, string>)['join']);
    expect(grant).toMatchObject({ expiresAt: new Date(api.clock.wallMs() + 100_000) });
  });

  it.each([
    ['GET', '/api/rooms/cellar'],
    ['PATCH', '/api/rooms/cellar'],
    ['DELETE', '/api/rooms/cellar'],
    ['POST', '/api/rooms/cellar/tokens'],
    ['GET', '/api/rooms/cellar/participants'],
    ['PATCH', '/api/rooms/cellar/participants/ann'],
    ['DELETE', '/api/rooms/cellar/participants/ann'],
    ['POST', '/api/rooms/cellar/recordings'],
    ['GET', '/api/rooms/cellar/layout'],
    ['PUT', '/api/rooms/cellar/layout'],
    ['GET', '/api/rooms/cellar/annotation'],
    ['PUT', '/api/rooms/cellar/annotation'],
    ['GET', '/api/rooms/cellar/images/logo'],
    ['PUT', '/api/rooms/cellar/images/logo'],
    ['DELETE', '/api/rooms/cellar/images/logo'],
    ['GET', '/api/rooms/cellar/participants/ann/avatar'],
    ['PUT', '/api/rooms/cellar/participants/ann/avatar'],
    ['DELETE', '/api/rooms/cellar/participants/ann/avatar'],
  ])('answers %s %s with 404 when there is none', async (method, path) => {
    const api = await startApi();
    const body = { tokens: { role: 'host' }, cellar: { title: 'x' }, ann: { name: 'x' } }[path.split('/').at(-1) ?? ''];
    const answer = await api.send(method, path, { token: ADMIN_TOKEN, ...(body ? { body } : {}) });
    expect(answer.json).toMatchObject({ status: 404, code: 'room_not_found' });
  });

  it('lists all rooms', async () => {
    const api = await startApi();
    const { json } = await api.send('GET', '/api/rooms', { token: ADMIN_TOKEN });
    expect(json['items']).toMatchObject([{ id: 'attic' }, { id: 'hall' }]);
  });

  it('lists to people the rooms that they made, with the way in as host, and to admins theirs alone when they ask', async () => {
    const api = await startApi();
    await api.people.control.own('hall', api.made[':user']);
    const signIn = async () => String((await api.send('POST', '/api/session', { body: SIGN_IN })).json['token']);
    const listed = async (query: string, by: string) => {
      const { json } = await api.send('GET', `/api/rooms${query}`, { token: by });
      return json['items'] as { readonly id: string; readonly links: { readonly host?: string } }[];
    };
    const [own, ...others] = await listed('', await signIn());
    expect([own?.id, others]).toEqual(['hall', []]);
    expect(await grantOf(api, own?.links.host)).toMatchObject({ role: 'host', room: 'hall' });
    const ids = async (query: string, by: string) => (await listed(query, by)).map(({ id }) => id);
    expect(await ids('?own=true', ADMIN_TOKEN)).toEqual([]);
    await api.people.accounts.change(api.made[':user'], { admin: true });
    const admin = await signIn();
    expect(await ids('', admin)).toEqual(['attic', 'hall']);
    expect(await ids('?own=true', admin)).toEqual(['hall']);
  });

  it('are so many of one person, also when they are asked for at once, and as many as admins like', async () => {
    const api = await startApi({ maxOwnRooms: 2 });
    const owners = new Map([['hall', api.made[':user']]]);
    const own = async (room: string, account: string) => void owners.set(room, account);
    Object.assign(api.deps.accounts, { own, ownerOf: (room: string) => owners.get(room) });
    const signIn = async () => String((await api.send('POST', '/api/session', { body: SIGN_IN })).json['token']);
    const make = async (id: string, token: string) => {
      const { json } = await api.send('POST', '/api/rooms', { token, body: { id } });
      return json['code'] ?? json['id'];
    };
    const una = await signIn();
    expect(await Promise.all(['made', 'den'].map((id) => make(id, una)))).toEqual(['made', 'too_many_own_rooms']);
    expect(api.rooms.has('den')).toBe(false);
    owners.delete('hall');
    expect(await make('den', una)).toBe('den');
    await api.people.accounts.change(api.made[':user'], { admin: true });
    expect(await make('loft', await signIn())).toBe('loft');
  });

  it('are nobody’s when their maker is gone meanwhile, and then there are none', async () => {
    const api = await startApi();
    const own = async () => Promise.reject(new Error('there is no such account'));
    Object.assign(api.deps.accounts, { own });
    const token = String((await api.send('POST', '/api/session', { body: SIGN_IN })).json['token']);
    expect((await api.send('POST', '/api/rooms', { token, body: { id: 'den' } })).status).toBe(500);
    expect(api.rooms.has('den')).toBe(false);
  });

  it('are entered by whoever made them, and by admins, with a token of their account for that room alone', async () => {
    const api = await startApi();
    const una = api.made[':user'];
    await api.people.control.own('hall', una);
    const opened = (await api.send('POST', '/api/session', { body: SIGN_IN })).json;
    const session = String(opened['token']);
    const join = async (room: string, token: string) => api.send('POST', `/api/rooms/${room}/join`, { token });
    const made = await join('hall', session);
    expect(made.json).toMatchObject({ role: 'host', identity: una, expires: opened['expires'] });
    expect(made.headers['cache-control']).toBe('no-store');
    expect(made.json['link']).toBe(`http://127.0.0.1:${api.port}/r/hall#token=${String(made.json['token'])}`);
    const token = String(made.json['token']);
    expect(await api.deps.tokens.verify(token)).toMatchObject({
      role: 'host',
      room: 'hall',
      identity: una,
      name: 'Una',
    });
    expect((await api.send('GET', '/api/rooms/hall/participants', { token })).status).toBe(200);
    // Beyond the room it opens nothing.
    const codes = [
      await join('attic', session),
      await join('attic', token),
      await api.send('POST', '/api/rooms', { token, body: {} }),
      await api.send('GET', '/api/directory', { token }),
    ].map(({ status, json }) => `${status} ${String(json['code'])}`);
    expect(codes).toEqual(['403 not_a_member', '403 wrong_room', '403 admin_only', '403 user_only']);
    // A room of the same name that somebody else made is another one.
    api.people.owners.removeRoom('hall');
    expect((await api.send('GET', '/api/rooms/hall/participants', { token })).json).toMatchObject({
      code: 'token_revoked',
    });
    await api.people.accounts.change(una, { admin: true });
    const admin = String((await api.send('POST', '/api/session', { body: SIGN_IN })).json['token']);
    expect((await join('attic', admin)).json).toMatchObject({ role: 'host', identity: una });
  });
});

describe('what a room is set to', () => {
  it('is said when it is created, and shown', async () => {
    const api = await startApi();
    const body = {
      id: 'den',
      program: { width: 720, height: 1280 },
      layout: { policy: 'portrait' },
      annotation: { title: true },
    };
    const made = await api.send('POST', '/api/rooms', { token: ADMIN_TOKEN, body });
    expect(made.json).toMatchObject({ layout: { policy: 'portrait', maxTiles: 25 }, annotation: { title: true } });
    const { token } = await api.deps.tokens.issue({ room: 'hall', role: 'viewer' });
    const shown = await api.send('GET', '/api/rooms/hall', { token });
    expect(shown.json).toMatchObject({
      program: { ordered: DEFAULT_PROGRAM },
      layout: { policy: 'grid' },
      annotation: { names: true },
      images: { logo: false, background: false },
    });
  });

  it('is who may watch, and in which form, named a field at a time', async () => {
    const api = await startApi();
    const change = async (body: object) =>
      (await api.send('PATCH', '/api/rooms/hall', { token: ADMIN_TOKEN, body })).json['viewing'];
    expect(await change({ viewing: { access: 'private' } })).toEqual({
      access: 'private',
      profile: 'standard',
      abr: false,
      captions: false,
    });
    expect(await change({ viewing: { profile: 'fast', abr: true } })).toEqual({
      access: 'private',
      profile: 'fast',
      abr: true,
      captions: false,
    });
    const body = { id: 'den', viewing: { access: 'private' } };
    const made = await api.send('POST', '/api/rooms', { token: ADMIN_TOKEN, body });
    expect(made.json['viewing']).toMatchObject({ access: 'private' });
  });

  it.each([
    { viewing: { access: 'secret' } },
    { viewing: { profile: 'slow' } },
    { viewing: { abr: 'yes' } },
    { viewing: { acess: 'private' } },
    { viewing: 'private' },
  ])('is refused for viewers as $viewing', async (body) => {
    const api = await startApi();
    const answer = await api.send('PATCH', '/api/rooms/hall', { token: ADMIN_TOKEN, body });
    expect(answer.json).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(api.rooms.get('hall')?.viewing.access).toBe('public');
  });

  it('changes a part at a time', async () => {
    const api = await startApi();
    const change = (body: object) => api.send('PATCH', '/api/rooms/hall', { token: ADMIN_TOKEN, body });
    expect((await change({ layout: { policy: 'speaker' } })).json).toMatchObject({ title: 'The hall' });
    const answer = await change({ annotation: { clock: false }, program: { framerate: 25 } });
    expect(answer.json).toMatchObject({ layout: { policy: 'speaker' }, annotation: { clock: false } });
    await change({ program: null });
    expect(api.calls).toEqual(['program hall {"framerate":25}', 'program hall null']);
  });

  it.each([
    { program: { width: 180, height: 320, framerate: 5, videoKbit: 100, audioKbit: 32, preset: 'ultrafast' } },
    { program: { width: 1088, height: 1920, framerate: 60, videoKbit: 20000, audioKbit: 320, preset: 'medium' } },
    { program: {} },
  ])('may be a program of $program', async (body) => {
    const api = await startApi();
    expect((await api.send('PATCH', '/api/rooms/hall', { token: ADMIN_TOKEN, body })).status).toBe(200);
  });

  it.each([
    { program: { width: 178 }, field: 'program.width' },
    { program: { width: 1922 }, field: 'program.width' },
    { program: { width: 721 }, field: 'program.width' },
    { program: { height: 178 }, field: 'program.height' },
    { program: { height: 1922 }, field: 'program.height' },
    { program: { framerate: 4 }, field: 'program.framerate' },
    { program: { framerate: 61 }, field: 'program.framerate' },
    { program: { framerate: 29.97 }, field: 'program.framerate' },
    { program: { videoKbit: 99 }, field: 'program.videoKbit' },
    { program: { videoKbit: 20001 }, field: 'program.videoKbit' },
    { program: { audioKbit: 31 }, field: 'program.audioKbit' },
    { program: { audioKbit: 321 }, field: 'program.audioKbit' },
    { program: { preset: 'placebo' }, field: 'program.preset' },
    { program: { ffmpegPath: '/bin/sh' }, field: 'program.ffmpegPath' },
  ])('is never a program of $program', async ({ program, field }) => {
    const api = await startApi();
    const answer = await api.send('PATCH', '/api/rooms/hall', { token: ADMIN_TOKEN, body: { program } });
    expect(answer.json).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(answer.json['detail']).toContain(`"${field}"`);
  });

  it.each([
    { role: 'admin', shown: true },
    { role: 'host', shown: true },
    { role: 'participant', shown: false },
    { role: 'viewer', shown: false },
  ] as const)('shows a $role the health of its program: $shown', async ({ role, shown }) => {
    const api = await startApi();
    const health = {
      step: 2,
      reason: 'the tick was late for 2 s',
      encoder: 'libx264',
      tiles: 9,
      frames: 900,
      lateFrames: 12,
      skippedFrames: 3,
      restarts: 0,
    };
    const inForce = { ...DEFAULT_PROGRAM, width: 720, height: 1280 };
    api.rooms.set('hall', viewOfRoom('hall', { live: true, health, program: { ordered: DEFAULT_PROGRAM, inForce } }));
    const token = role === 'admin' ? ADMIN_TOKEN : (await api.deps.tokens.issue({ room: 'hall', role })).token;
    const { json } = await api.send('GET', '/api/rooms/hall', { token });
    expect(json['health']).toEqual(shown ? health : undefined);
    expect(json['program']).toEqual({ ordered: DEFAULT_PROGRAM, inForce });
  });
});

describe('tokens of a room', () => {
  it('are for somebody in particular unless they are invites', async () => {
    const api = await startApi();
    const ask = (body: object) => api.send('POST', '/api/rooms/hall/tokens', { token: ADMIN_TOKEN, body });
    const own = await ask({ role: 'participant', identity: 'bob', name: 'Bob', ttl: 60 });
    expect(own.json).toMatchObject({ role: 'participant', identity: 'bob', expires: '2026-01-01T00:01:00.000Z' });
    expect(await grantOf(api, own.json['link'])).toMatchObject({ identity: 'bob', name: 'Bob', role: 'participant' });
    const random = await ask({ role: 'participant' });
    expect(random.json).toMatchObject({
      identity: expect.stringMatching(/^[\w-]{12}$/),
      expires: '2026-01-01T06:00:00.000Z',
    });
    const invite = await ask({ role: 'viewer', invite: true });
    expect(invite.json).not.toHaveProperty('identity');
    expect(invite.json['link']).toMatch(/\/watch\/hall#token=/);
  });

  it.each([
    { why: 'a role nobody has', body: { role: 'admin' } },
    { why: 'no role', body: {} },
    { why: 'no time at all', body: { role: 'host', ttl: 0 } },
    { why: 'more than 30 days', body: { role: 'host', ttl: 30 * 86_400 + 1 } },
    { why: 'an identity with a blank', body: { role: 'host', identity: 'a b' } },
    { why: 'a name that is too long', body: { role: 'host', name: 'a'.repeat(65) } },
  ])('are refused for $why', async ({ body }) => {
    const api = await startApi();
    expect((await api.send('POST', '/api/rooms/hall/tokens', { token: ADMIN_TOKEN, body })).status).toBe(400);
  });

  it('are for no identity under which somebody else is known', async () => {
    const api = await startApi();
    const ask = async (identity: string) => {
      const body = { role: 'host', identity };
      return (await api.send('POST', '/api/rooms/hall/tokens', { token: ADMIN_TOKEN, body })).status;
    };
    for (const identity of ['admin', 'w_abc', 'p-abc', 'u-abc']) expect(await ask(identity)).toBe(400);
    for (const identity of ['administrator', 'Admin', 'w-abc', 'pabc']) expect(await ask(identity)).toBe(201);
  });

  it('last no longer than the token of the host who signs them', async () => {
    const api = await startApi();
    const { token } = await api.deps.tokens.issue({ room: 'hall', role: 'host', ttlSeconds: 600 });
    const { json } = await api.send('POST', '/api/rooms/hall/tokens', { token, body: { role: 'host', ttl: 3600 } });
    expect(json['expires']).toBe('2026-01-01T00:10:00.000Z');
  });
});

describe('participants', () => {
  it('are listed, renamed and sent out', async () => {
    const api = await startApi();
    const list = await api.send('GET', '/api/rooms/hall/participants', { token: ADMIN_TOKEN });
    expect(list.json['items']).toEqual([viewOfParticipant('ann', { name: 'Ann' })]);
    const one = '/api/rooms/hall/participants/ann';
    const renamed = await api.send('PATCH', one, { token: ADMIN_TOKEN, body: { name: '<b>' } });
    expect(renamed.json).toMatchObject({ name: '<b>', muted: false });
    const changed = await api.send('PATCH', one, { token: ADMIN_TOKEN, body: { muted: true, gain: -6.5 } });
    expect(changed.json).toMatchObject({ name: 'Ann', muted: true, gain: -6.5 });
    expect((await api.send('DELETE', one, { token: ADMIN_TOKEN })).status).toBe(204);
    expect(api.calls).toEqual(['kick hall ann', 'by admin']);
  });

  it.each([
    { body: { gain: -30 }, status: 200 },
    { body: { gain: -30.1 }, status: 400 },
    { body: { gain: 12 }, status: 200 },
    { body: { gain: 12.1 }, status: 400 },
    { body: { gain: '3' }, status: 400 },
    { body: { muted: 1 }, status: 400 },
    { body: { name: 'a'.repeat(64) }, status: 200 },
    { body: { name: 'a'.repeat(65) }, status: 400 },
    { body: { role: 'host' }, status: 400 },
    { body: {}, status: 200 },
  ])('are changed by $body with $status', async ({ body, status }) => {
    const api = await startApi();
    const answer = await api.send('PATCH', '/api/rooms/hall/participants/ann', { token: ADMIN_TOKEN, body });
    expect(answer.status).toBe(status);
  });

  it('who are not there are not found', async () => {
    const api = await startApi();
    const answer = await api.send('PATCH', '/api/rooms/hall/participants/zoe', {
      token: ADMIN_TOKEN,
      body: { name: 'Z' },
    });
    expect(answer.json).toMatchObject({ status: 404, code: 'participant_not_found' });
  });
});
