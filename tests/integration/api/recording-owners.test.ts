import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../../helpers/temp-dir.ts';
import { type Row, rows, urlOf } from './api-routes.ts';
import { ADMIN_TOKEN, startApi, storedFile, type TestApi } from './api-server.ts';
import { SIGN_IN } from './sign-in.ts';

/** What only admins do, whoever made the room. */
const FOR_ADMINS = /\/(?:retry|trash)$|\/renders/;
/** Of a room that runs: hosts do these. */
const FOR_HOSTS = /\/(?:pause|resume|stop|markers)$/;
const owned = rows.filter(
  ({ method, route }) =>
    /^\/api\/recordings\/:recording(?:\/|$)/.test(route) &&
    !FOR_ADMINS.test(route) &&
    !FOR_HOSTS.test(route) &&
    !(method === 'DELETE' && route === '/api/recordings/:recording'),
);

async function signIn(api: TestApi): Promise<string> {
  return (await api.people.control.signIn(SIGN_IN.login, SIGN_IN.password, undefined)).token;
}

async function codeOf(api: TestApi, { method, route, send }: Row, token: string | undefined): Promise<string> {
  const { status, json } = await api.send(method, urlOf(route), { ...send, token });
  return `${status} ${String(json['code'])}`;
}

describe('the recordings of a room that somebody has made', () => {
  it('are opened to their owner by thirteen routes', () => {
    expect(owned).toHaveLength(13);
  });

  it.each(owned)('$method $route tells others with an account that there is none', async (row) => {
    const api = await startApi();
    expect(await codeOf(api, row, await signIn(api))).toBe('404 recording_not_found');
    const there = { ...row, route: row.route.replace(':recording', 'no-such') };
    expect(await codeOf(api, there, await signIn(api))).toBe('404 recording_not_found');
    expect(api.calls).toEqual([]);
  });

  it.each(owned)('$method $route is closed at once to who has signed out, is disabled or removed', async (row) => {
    const api = await startApi();
    await api.people.owners.set('hall', api.made[':user']);
    const { control } = api.people;
    const token = await signIn(api);
    expect((await api.send('DELETE', '/api/session', { token })).status).toBe(204);
    expect(await codeOf(api, row, token)).toBe('401 signed_out');
    const again = await signIn(api);
    await control.change(api.made[':user'], { disabled: true });
    expect(await codeOf(api, row, again)).toBe('401 signed_out');
    await control.remove(api.made[':user']);
    expect(await codeOf(api, row, again)).toBe('401 signed_out');
    expect(api.calls).toEqual([]);
  });

  it('open no longer by links of who has signed out or is disabled, and by those of others', async () => {
    const api = await startApi();
    await api.people.owners.set('hall', api.made[':user']);
    const film = join(await tempDir(), 'film');
    await writeFile(film, '0123456789');
    api.files.set('recording.mp4', storedFile(film, 10));
    const [first, second] = [await signIn(api), await signIn(api)];
    const answers = async (token: string): Promise<() => Promise<readonly string[]>> => {
      const links = await Promise.all(
        ['link', 'hls-link'].map((kind) => api.send('POST', `/api/recordings/rec1/${kind}`, { token, body: {} })),
      );
      const codeAt = async (url: string): Promise<string> => {
        const { json, status } = await api.send('GET', url.slice(new URL(url).origin.length));
        return `${status} ${String(json['code'])}`;
      };
      return () => Promise.all(links.map(({ json }) => codeAt(String(json['url']))));
    };
    const [own, other, admin] = [await answers(first), await answers(second), await answers(ADMIN_TOKEN)];
    const before = await admin();
    expect(await own()).toEqual(before);
    await api.send('DELETE', '/api/session', { token: first });
    expect(await own()).toEqual(['401 token_revoked', '401 token_revoked']);
    expect(await other()).toEqual(before);
    await api.people.control.change(api.made[':user'], { disabled: true });
    expect(await other()).toEqual(['401 signed_out', '401 signed_out']);
    expect(await admin()).toEqual(before);
  });

  it.each(owned)('$method $route is for admins alone where the configuration says so', async (row) => {
    const api = await startApi({ ownRecordings: false });
    await api.people.owners.set('hall', api.made[':user']);
    expect(await codeOf(api, row, await signIn(api))).toBe('403 admin_only');
    expect(api.calls).toEqual([]);
  });

  it.each(owned)('$method $route does not take the key to the room, which others may have', async (row) => {
    const api = await startApi();
    await api.people.owners.set('hall', api.made[':user']);
    const joined = await api.send('POST', '/api/rooms/hall/join', { token: await signIn(api) });
    expect(await codeOf(api, row, String(joined.json['token']))).toBe('403 admin_only');
  });

  it('are all that their owner lists, and what an admin lists who wants their own', async () => {
    const api = await startApi();
    const [id, token] = [api.made[':user'], await signIn(api)];
    await api.send('GET', '/api/recordings?limit=2&q=hall', { token });
    await api.send('GET', '/api/recordings?own=false', { token });
    await api.send('GET', '/api/recordings', { token: ADMIN_TOKEN });
    await api.send('GET', '/api/recordings?own=true', { token: ADMIN_TOKEN });
    await api.people.control.change(id, { admin: true });
    await api.send('GET', '/api/recordings?own=true', { token: await signIn(api) });
    await api.send('GET', '/api/recordings', { token: await signIn(api) });
    expect(api.calls.map((call) => JSON.parse(call.slice('list '.length)))).toEqual([
      { limit: 2, owner: id, q: 'hall' },
      { limit: 50, owner: id },
      { limit: 50 },
      { limit: 50, owner: '' },
      { limit: 50, owner: id },
      { limit: 50 },
    ]);
  });

  it('are a permission that is told, unless the configuration takes it', async () => {
    const permissions = async (api: TestApi) =>
      (await api.send('GET', '/api/session', { token: await signIn(api) })).json['permissions'];
    expect(await permissions(await startApi())).toContain('recordings.own');
    expect(await permissions(await startApi({ ownRecordings: false }))).not.toContain('recordings.own');
  });

  it('keep what their worker wrote to themselves: that is for admins', async () => {
    const jobs = async () => ({ steps: [], log: ['ffmpeg …'] });
    const api = await startApi({ ports: { archives: { jobs, files: async () => [] } } });
    await api.people.owners.set('hall', api.made[':user']);
    const ofOwner = await api.send('GET', '/api/recordings/rec1', { token: await signIn(api) });
    expect(ofOwner.json).toMatchObject({ id: 'rec1', steps: [] });
    expect(ofOwner.json).not.toHaveProperty('log');
    const ofAdmin = await api.send('GET', '/api/recordings/rec1', { token: ADMIN_TOKEN });
    expect(ofAdmin.json['log']).toEqual(['ffmpeg …']);
  });

  it('say in plain words why there is no film, and in those of the machine to admins alone', async () => {
    const error = 'FFmpeg failed: file:/srv/gridcast/recordings/.rec1.steps/film/a.mp4: No space left on device';
    const step = { name: 'film', state: 'failed', progress: 0, attempts: 3, error } as const;
    const api = await startApi({
      ports: { archives: { jobs: async () => ({ steps: [step] }), files: async () => [] } },
    });
    await api.people.owners.set('hall', api.made[':user']);
    const shown = api.recordings.get('rec1');
    if (shown) api.recordings.set('rec1', { ...shown, state: 'failed', error });
    const token = await signIn(api);
    const failure = { code: 'disk_full', message: expect.stringMatching(/^The disk of the server was full .*space/) };
    const one = await api.send('GET', '/api/recordings/rec1', { token });
    expect(one.json).toMatchObject({ state: 'failed', failure, steps: [{ name: 'film', failure }] });
    const all = await api.send('GET', '/api/recordings', { token });
    expect(all.json['items']).toEqual([expect.objectContaining({ state: 'failed', failure })]);
    for (const { text } of [one, all]) expect(text).not.toMatch(/srv|ffmpeg/i);
    const ofAdmin = await api.send('GET', '/api/recordings/rec1', { token: ADMIN_TOKEN });
    expect(ofAdmin.json).toMatchObject({ error, failure, steps: [{ error, failure }] });
  });

  it('tell hosts of the room no more than that', async () => {
    const error = 'spawn /usr/lib/ffmpeg EACCES';
    const api = await startApi();
    Object.assign(api.deps.recordings, {
      stop: async () => ({ ...api.recordings.get('rec1'), state: 'failed', error }),
    });
    const { token } = await api.deps.tokens.issue({ room: 'hall', role: 'host' });
    const stopped = await api.send('POST', '/api/recordings/rec1/stop', { token });
    expect(stopped.json).toMatchObject({ state: 'failed', failure: { code: 'disk_failed' } });
    expect(stopped.text).not.toContain('/usr');
  });

  it('are announced to their owner while they run, and to other hosts as somebody else’s', async () => {
    const api = await startApi();
    await api.people.owners.set('hall', api.made[':user']);
    const current = async (token: string) =>
      (await api.send('GET', '/api/rooms/hall', { token })).json['currentRecording'];
    const about = { id: 'rec1', state: 'recording', duration: 1.5 };
    expect(await current(await signIn(api))).toEqual({ ...about, owned: true, own: true });
    const joined = await api.send('POST', '/api/rooms/hall/join', { token: await signIn(api) });
    expect(await current(String(joined.json['token']))).toEqual({ ...about, owned: true, own: true });
    const link = (await api.deps.tokens.issue({ room: 'hall', role: 'host' })).token;
    expect(await current(link)).toEqual({ ...about, owned: true });
    expect(await current(ADMIN_TOKEN)).toEqual({ ...about, owned: true });
  });

  it('are announced as nobody’s where only admins have them', async () => {
    const api = await startApi({ ownRecordings: false });
    await api.people.owners.set('hall', api.made[':user']);
    const { json } = await api.send('GET', '/api/rooms/hall', { token: await signIn(api) });
    expect(json['currentRecording']).toEqual({ id: 'rec1', state: 'recording', duration: 1.5 });
  });

  it('are written down with who downloaded and shared them', async () => {
    const api = await startApi();
    await api.people.owners.set('hall', api.made[':user']);
    const token = await signIn(api);
    await api.send('POST', '/api/recordings/rec1/shares', { token, body: {} });
    const { json } = await api.send('GET', '/api/audit', { token: ADMIN_TOKEN });
    expect(json['items']).toMatchObject([
      { who: `user:${api.made[':user']}`, action: 'share_made', recording: 'rec1' },
    ]);
  });
});
