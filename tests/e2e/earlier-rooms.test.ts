import { expect, it, onTestFinished } from 'vitest';
import { TestSocket } from '../helpers/test-participant.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { type ConfigInput, TestServer } from '../helpers/test-server.ts';

const PATH = '/api/rooms/call';

interface RoomAnswer {
  readonly links: Readonly<Record<'join' | 'host' | 'hls', string>>;
}

function tokenOf(link: string): string {
  return new URL(link).hash.replace('#token=', '');
}

async function make({ api }: Pick<TestServer, 'api'>): Promise<RoomAnswer['links']> {
  const { body } = await api<RoomAnswer>('POST', '/api/rooms', { id: 'call', viewing: { access: 'private' } });
  return body.links;
}

it('what was given out for a room opens nothing of another one that is made under its id, also after a restart', async () => {
  const config: ConfigInput = { server: { data: await tempDir() } };
  const start = async (): Promise<TestServer> => {
    const server = await TestServer.start(config);
    onTestFinished(() => server.close());
    return server;
  };
  const server = await start();
  const api = server.api.bind(server);
  const links = await make({ api });
  const before = [tokenOf(links.host), tokenOf(links.join), new URL(links.hls).searchParams.get('token') ?? ''];
  const own = await api<{ token: string }>('POST', `${PATH}/tokens`, { role: 'host', identity: 'zoe' });
  before.push(own.body.token);
  for (const token of before) expect(await api('GET', PATH, undefined, token)).toMatchObject({ status: 200 });
  await api('DELETE', PATH);
  // Nobody is told more than that it is gone.
  const gone = { status: 404, body: { code: 'room_not_found' } };
  for (const token of before) expect(await api('GET', PATH, undefined, token)).toMatchObject(gone);
  const after = await make({ api });
  const refused = { status: 401, body: { code: 'token_earlier_room' } };
  for (const token of before) expect(await api('GET', PATH, undefined, token)).toMatchObject(refused);
  const { status } = await fetch(links.hls.replace(/^https?:\/\/[^/]+/, server.url));
  expect(status).toBe(401);
  for (const token of before) {
    const socket = new TestSocket(server.url, 'call');
    await socket.opened();
    socket.say({ type: 'hello', version: 1, token });
    expect((await socket.heard('error')).code).toBe('token_earlier_room');
    expect(await socket.closed).toMatchObject({ code: 4401 });
  }
  await server.server.close();
  const again = await start();
  for (const token of before) expect(await again.api('GET', PATH, undefined, token)).toMatchObject(refused);
  expect(await again.api('GET', PATH, undefined, tokenOf(after.host))).toMatchObject({ status: 200 });
});
