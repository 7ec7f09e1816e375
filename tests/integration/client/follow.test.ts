import { afterAll, beforeAll, expect, it } from 'vitest';
import { GridcastClient } from '../../../src/client/client.ts';
import { TestServer } from '../../helpers/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server?.close());

/** A client whose every `nth` request is cut, half of them after the server has done its part; nothing waits in between. */
function cutOff(nth: number): { readonly client: GridcastClient; readonly cuts: () => number } {
  let [asked, cuts] = [0, 0];
  const client = new GridcastClient({
    url: server.url,
    token: server.token,
    fetch: async (input, init) => {
      asked += 1;
      if (asked % nth !== 0) return fetch(input, init);
      cuts += 1;
      if (cuts % 2 === 0) await (await fetch(input, init)).arrayBuffer();
      throw new TypeError('cut');
    },
    pause: () => Promise.resolve(),
  });
  return { client, cuts: () => cuts };
}

it('every event arrives once and in order, however often the line is cut, until nobody wants more', async () => {
  const admin = new GridcastClient({ url: server.url, token: server.token });
  const names = Array.from({ length: 12 }, (_, at) => `room-${at}`);
  const { client, cuts } = cutOff(2);
  const stop = new AbortController();
  const made = (async () => {
    for (const id of names) await admin.rooms.create({ id });
  })();
  const seen: string[] = [];
  let last = 0;
  for await (const { seq, room } of client.events.follow({ type: 'room.created', limit: 3, signal: stop.signal })) {
    expect(seq).toBeGreaterThan(last);
    last = seq;
    seen.push(room ?? '');
    if (seen.length === names.length) stop.abort();
  }
  await made;
  expect(seen).toEqual(names);
  expect(cuts()).toBeGreaterThan(1);
});

it('what no other try would mend is thrown', async () => {
  const stranger = new GridcastClient({ url: server.url, token: 'no-token-of-this-server' });
  await expect(stranger.events.follow().next()).rejects.toMatchObject({ status: 401 });
});

it('a file arrives whole in pieces, and its progress never goes back, however often the line is cut', async () => {
  const admin = new GridcastClient({ url: server.url, token: server.token });
  await admin.rooms.create({ id: 'files' });
  const { token } = await admin.rooms.token('files', { role: 'participant', name: 'Ann' });
  let asked = 0;
  const client = new GridcastClient({
    url: server.url,
    token,
    fetch: async (input, init) => {
      asked += 1;
      // Of the pieces and of what is asked in between every third.
      if (asked === 1 || asked % 3 !== 0) return fetch(input, init);
      if (init?.method === 'PATCH') await (await fetch(input, init)).arrayBuffer();
      throw new TypeError('cut');
    },
    pause: () => Promise.resolve(),
  });
  const data = new Uint8Array(20 * 1024 * 1024).map((_, at) => at * 31 + (at >> 9));
  const progress: number[] = [];
  const order = {
    name: 'Gezeiten – 潮.bin',
    data: new Blob([data]),
    onProgress: (sent: number) => progress.push(sent),
  };
  const file = await client.files.upload('files', order);
  expect(file).toMatchObject({ name: order.name, size: data.length, complete: true });
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', data)).toString('hex');
  expect(file.sha256).toBe(digest);
  const back = new Uint8Array(await (await admin.files.content('files', file.id)).arrayBuffer());
  expect(Buffer.compare(back, data)).toBe(0);
});
