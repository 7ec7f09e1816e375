import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RecordingView } from '../../src/api/ports.ts';

import { PATIENCE } from '../helpers/patience.ts';
import { TestParticipant } from '../helpers/test-participant.ts';
import { type Answer, TestServer } from '../helpers/test-server.ts';
import { unzip } from '../helpers/unzip.ts';

const ROOM = 'workshop';
const PASSWORD = 'one long password';
const PROGRAM = { width: 320, height: 180, preset: 'ultrafast', videoKbit: 200 } as const;

interface Problem {
  readonly code: string;
}

let server: TestServer;
let id: string;
/** Tokens of sessions. */
let rosa: string;
let otto: string;

async function account(at: TestServer, login: string): Promise<string> {
  const { body } = await at.api<{ id: string }>('POST', '/api/users', { login, name: login, password: PASSWORD });
  return body.id;
}

async function signIn(at: TestServer, login: string): Promise<string> {
  const { body } = await at.api<{ token: string }>('POST', '/api/session', { login, password: PASSWORD }, '');
  return body.token;
}

async function refusal(answer: Promise<Answer<unknown>>): Promise<string> {
  const { status, body } = await answer;
  return `${status} ${(body as Problem).code}`;
}

async function download(path: string, token: string): Promise<Uint8Array> {
  const headers: Record<string, string> = token === '' ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(new URL(path, server.url), { headers });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Records `segments` of a room with one person in it, of two seconds at most each; resolves with the recording's id when its film is there. */
async function record(room: string, token: string, segments: number): Promise<string> {
  const ana = await TestParticipant.join({ url: server.url, room, token, name: 'Ana' });
  const started = await vi.waitFor(async () => {
    const answer = await server.api<RecordingView>('POST', `/api/rooms/${room}/recordings`, undefined, token);
    expect(answer.status).toBe(201);
    return answer;
  }, PATIENCE);
  const path = `/api/recordings/${started.body.id}`;
  const look = async () => (await server.api<RecordingView>('GET', path)).body;
  // On a busy machine frames come late: what is on the disk counts.
  await vi.waitFor(async () => {
    const playlist = new TextDecoder().decode(await download(`${path}/hls/index.m3u8`, token));
    expect(playlist.split('segment-').length).toBeGreaterThan(segments);
  }, PATIENCE);
  expect((await server.api('POST', `${path}/stop`, undefined, token)).status).toBe(200);
  await ana.leave();
  await vi.waitFor(async () => expect(await look()).toMatchObject({ state: 'ready' }), PATIENCE);
  return started.body.id;
}

beforeAll(async () => {
  server = await TestServer.start({ accounts: { mode: 'on' }, program: PROGRAM });
  for (const login of ['rosa', 'otto']) await account(server, login);
  [rosa, otto] = await Promise.all([signIn(server, 'rosa'), signIn(server, 'otto')]);
  await server.api('POST', '/api/rooms', { id: ROOM, title: 'Workshop' }, rosa);
  id = await record(ROOM, rosa, 1);
});

afterAll(async () => {
  await server?.close();
});

describe('the recording of a room that somebody made with their account', () => {
  it('is theirs: listed, looked at, played, downloaded, and shared', async () => {
    const list = await server.api<{ items: RecordingView[] }>('GET', '/api/recordings', undefined, rosa);
    expect(list.body.items).toMatchObject([{ id, room: ROOM, title: 'Workshop', state: 'ready' }]);
    const { body } = await server.api<RecordingView>('GET', `/api/recordings/${id}`, undefined, rosa);
    const film = await download(`/api/recordings/${id}/download`, rosa);
    expect(film.byteLength).toBe(body.size);
    expect(createHash('sha256').update(film).digest('hex')).toBe(body.sha256);
    const files = await server.api<{ items: { name: string }[] }>(
      'GET',
      `/api/recordings/${id}/files`,
      undefined,
      rosa,
    );
    expect(files.body.items.map(({ name }) => name)).toContain('timeline.json');
    const bundle = await download(`/api/recordings/${id}/bundle.zip`, rosa);
    expect(unzip(Buffer.from(bundle)).map(({ name }) => name.split('/').at(-1))).toContain('recording.mp4');
    const link = await server.api<{ url: string }>('POST', `/api/recordings/${id}/link`, {}, rosa);
    expect((await download(link.body.url, '')).byteLength).toBe(body.size);
    const hls = await server.api<{ url: string }>('POST', `/api/recordings/${id}/hls-link`, undefined, rosa);
    expect(new TextDecoder().decode(await download(hls.body.url, ''))).toContain('segment-0.m4s');
    const path = `/api/recordings/${id}/shares`;
    const share = await server.api<{ id: string; url: string }>('POST', path, {}, rosa);
    const shared = new URL(share.body.url).pathname.replace('/shared/', '/api/shared/');
    expect((await server.api('GET', shared, undefined, '')).status).toBe(200);
    expect((await server.api('DELETE', `${path}/${share.body.id}`, undefined, rosa)).status).toBe(204);
    expect(await refusal(server.api('GET', shared, undefined, ''))).toBe('404 share_not_found');
  });

  it('is not there for another account, and not for hosts by a link', async () => {
    const list = await server.api<{ items: RecordingView[] }>('GET', '/api/recordings', undefined, otto);
    expect(list.body.items).toEqual([]);
    const path = `/api/recordings/${id}/download`;
    expect(await refusal(server.api('GET', path, undefined, otto))).toBe('404 recording_not_found');
    const host = await server.api<{ token: string }>('POST', `/api/rooms/${ROOM}/tokens`, { role: 'host' }, rosa);
    expect(await refusal(server.api('GET', path, undefined, host.body.token))).toBe('403 admin_only');
    expect(await refusal(server.api('GET', path, undefined, ''))).toBe('401 token_missing');
    for (const verb of ['retry', 'renders']) {
      const asked = server.api('POST', `/api/recordings/${id}/${verb}`, { to: 1 }, rosa);
      expect(await refusal(asked)).toBe('403 admin_only');
    }
    expect(await refusal(server.api('DELETE', `/api/recordings/${id}`, undefined, rosa))).toBe('403 admin_only');
  });

  it('stays theirs when the room is gone, and when another one has its name', async () => {
    expect((await server.api('DELETE', `/api/rooms/${ROOM}`, undefined, rosa)).status).toBe(204);
    await server.api('POST', '/api/rooms', { id: ROOM, title: 'Of Otto' }, otto);
    expect((await download(`/api/recordings/${id}/download`, rosa)).byteLength).toBeGreaterThan(1000);
    const path = `/api/recordings/${id}`;
    expect(await refusal(server.api('GET', path, undefined, otto))).toBe('404 recording_not_found');
    const second = await record(ROOM, otto, 1);
    const listed = async (token: string) =>
      (await server.api<{ items: RecordingView[] }>('GET', '/api/recordings?limit=1', undefined, token)).body.items;
    expect((await listed(rosa)).map((one) => one.id)).toEqual([id]);
    expect((await listed(otto)).map((one) => one.id)).toEqual([second]);
  });

  it('is lost at once by signing out and with the account, and so are links to its files', async () => {
    const path = `/api/recordings/${id}/download`;
    const link = await server.api<{ url: string }>('POST', `/api/recordings/${id}/link`, {}, rosa);
    expect((await download(link.body.url, '')).byteLength).toBeGreaterThan(1000);
    await server.api('DELETE', '/api/session', undefined, rosa);
    expect(await refusal(server.api('GET', path, undefined, rosa))).toBe('401 signed_out');
    expect((await fetch(link.body.url)).status).toBe(401);
    const again = await signIn(server, 'rosa');
    const { body } = await server.api<{ items: { id: string; login: string }[] }>('GET', '/api/users');
    const user = body.items.find(({ login }) => login === 'rosa')?.id ?? '';
    expect((await server.api('DELETE', `/api/users/${user}`)).status).toBe(204);
    expect(await refusal(server.api('GET', path, undefined, again))).toBe('401 signed_out');
    expect((await download(path, server.token)).byteLength).toBeGreaterThan(1000);
  });

  it('is the admins’ alone where the configuration says so', async () => {
    const closed = await TestServer.start({ accounts: { mode: 'on', ownRecordings: false }, program: PROGRAM });
    onTestFinished(() => closed.close());
    await account(closed, 'rosa');
    const token = await signIn(closed, 'rosa');
    expect(await refusal(closed.api('GET', '/api/recordings', undefined, token))).toBe('403 admin_only');
    expect((await closed.api('GET', '/api/recordings')).status).toBe(200);
  });
});
