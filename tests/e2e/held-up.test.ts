import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { TestParticipant, TestSocket } from '../helpers/test-participant.ts';
import { TestServer } from '../helpers/test-server.ts';

const ROOM = 'ward';
const PATH = `/api/rooms/${ROOM}`;
const IDENTITY = 'a-secret-of-this-browser';
const WAIT = { timeout: 30_000, interval: 100 };

let server: TestServer;
let host: TestParticipant;

beforeAll(async () => {
  const program = { width: 320, height: 180, preset: 'ultrafast', videoKbit: 200 } as const;
  server = await TestServer.start({ program });
  const { url, token } = server;
  await server.api('POST', '/api/rooms', { id: ROOM, viewing: { access: 'private' } });
  host = await TestParticipant.join({ url, room: ROOM, token, name: 'Hope' });
  await vi.waitFor(async () => {
    if (!(await asked(`/hls/${ROOM}/index.m3u8`, token)).ok) throw new Error('Nothing can be watched yet.');
  }, WAIT);
});

afterAll(async () => {
  await host?.leave();
  await server?.close();
});

function asked(path: string, token: string): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'gridcast-identity': IDENTITY };
  return fetch(`${server.url}${path}`, { headers });
}

/** What somebody with this token gets of the room: the status of each answer, and the watch link. */
async function looksIn(token: string) {
  const paths = [
    `${PATH}/participants`,
    `${PATH}/chat`,
    `${PATH}/chat/export`,
    `${PATH}/files`,
    `/hls/${ROOM}/index.m3u8`,
  ];
  const statuses = await Promise.all(paths.map(async (path) => (await asked(path, token)).status));
  const { links } = (await (await asked(PATH, token)).json()) as { links: { watch: string; hls: string } };
  return { statuses: [...new Set(statuses)], mayWatch: links.watch.includes('token=') && links.hls.includes('token=') };
}

async function inviteLink(): Promise<string> {
  const { body } = await server.api<{ token: string }>('POST', `${PATH}/tokens`, { role: 'participant', invite: true });
  return body.token;
}

describe('whoever has an invite to a private room', () => {
  it('gets nothing of it while they wait before the door, by no way, and all of it once a host lets them in', async () => {
    await server.api('PATCH', PATH, { door: { waitingRoom: true, password: null } });
    const token = await inviteLink();
    expect(await looksIn(token)).toEqual({ statuses: [403], mayWatch: false });
    const guest = new TestSocket(server.url, ROOM);
    await guest.opened();
    guest.say({
      type: 'hello',
      version: 1,
      token,
      identity: IDENTITY,
      name: 'Gus',
      receive: { video: false, audio: false },
    });
    await guest.heard('waiting');
    expect(await looksIn(token)).toEqual({ statuses: [403], mayWatch: false });
    await server.api('POST', `${PATH}/waiting`, { admit: true });
    await guest.heard('welcome');
    expect((await looksIn(token)).statuses).toEqual([200]);
    guest.socket.close(1000);
  });

  it('has to know its password first', async () => {
    await server.api('PATCH', PATH, { door: { waitingRoom: false, password: 'open sesame' } });
    const token = await inviteLink();
    expect(await looksIn(token)).toEqual({ statuses: [403], mayWatch: false });
    const entered = await server.api<{ token: string }>('POST', `${PATH}/enter`, { password: 'open sesame' }, '');
    expect(await looksIn(entered.body.token)).toEqual({ statuses: [200], mayWatch: true });
  });

  it('has all of it where nobody is kept waiting', async () => {
    await server.api('PATCH', PATH, { door: { waitingRoom: false, password: null } });
    expect(await looksIn(await inviteLink())).toEqual({ statuses: [200], mayWatch: true });
  });
});
