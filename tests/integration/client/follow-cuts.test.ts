import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { GridcastClient } from '../../../src/client/client.ts';
import type { ChatEntry, ServerEvent } from '../../../src/client/types.ts';
import { BreakableLine } from '../../helpers/breakable-line.ts';
import { TestServer } from '../../helpers/test-server.ts';

const WAIT = { timeout: 9000, interval: 5 };

let server: TestServer;
let admin: GridcastClient;
let line: BreakableLine;

beforeAll(async () => {
  server = await TestServer.start();
  admin = new GridcastClient({ url: server.url, token: server.token });
});
afterAll(() => server?.close());
beforeEach(async () => {
  line = await BreakableLine.open(server.url);
  return () => line.close();
});

/** Of the answers that are long enough every `nth` breaks off in the middle, after its head has promised success. */
function cutsBodies(nth: number): { readonly fetch: typeof fetch; readonly cuts: () => number } {
  let [answers, cuts] = [0, 0];
  const cutting: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const bytes = new Uint8Array(await response.arrayBuffer());
    answers += 1;
    if (answers % nth !== 0) return new Response(bytes, response);
    cuts += 1;
    let pulled = false;
    const half = new ReadableStream({
      pull(controller) {
        if (pulled) controller.error(new TypeError('terminated'));
        else controller.enqueue(bytes.subarray(0, bytes.length / 2));
        pulled = true;
      },
    });
    return new Response(half, response);
  };
  return { fetch: cutting, cuts: () => cuts };
}

/** Follows over the line until the test has ended; what came is in the list. */
function follow<T>(start: (client: GridcastClient, signal: AbortSignal) => AsyncIterable<T>) {
  const { fetch: cutting, cuts } = cutsBodies(3);
  let failures = 0;
  const client = new GridcastClient({
    url: line.url,
    token: server.token,
    fetch: cutting,
    pause: () => {
      failures += 1;
      return new Promise((resolve) => {
        setImmediate(resolve);
      });
    },
  });
  const stop = new AbortController();
  const seen: T[] = [];
  const done = (async () => {
    for await (const one of start(client, stop.signal)) seen.push(one);
  })();
  onTestFinished(async () => {
    stop.abort();
    await done;
  });
  return { seen, cuts, failures: () => failures };
}

describe('who follows over a line that is cut', () => {
  it('is told every event once and in order, those of the time in between, too', async () => {
    const { newest } = await admin.events.list();
    const { seen, cuts, failures } = follow<ServerEvent>((client, signal) =>
      client.events.follow({ after: newest, type: 'room.created', limit: 2, signal }),
    );
    const names = Array.from({ length: 24 }, (_, at) => `cut-${at}`);
    for (const [at, id] of names.entries()) {
      if (at % 6 === 2) line.break();
      await admin.rooms.create({ id });
      if (at % 6 === 4) line.mend();
      if (at % 6 === 5) await vi.waitFor(() => expect(seen).toHaveLength(at + 1), WAIT);
    }
    expect(seen.map(({ room }) => room)).toEqual(names);
    expect(new Set(seen.map(({ seq }) => seq)).size).toBe(names.length);
    expect(cuts()).toBeGreaterThan(1);
    expect(failures()).toBeGreaterThan(cuts());
  });

  it('is told every message once, and what becomes of it, those of the time in between, too', async () => {
    await admin.rooms.create({ id: 'hall' });
    // One person may write or edit five messages at once; with seven it is not always the same who edits.
    const writers = await Promise.all(
      ['Ann', 'Ben', 'Cleo', 'Dora', 'Emi', 'Finn', 'Gus'].map(async (name) => {
        const { token } = await admin.rooms.token('hall', { role: 'participant', name, identity: name });
        return new GridcastClient({ url: server.url, token });
      }),
    );
    const { seen, cuts, failures } = follow<ChatEntry>((client, signal) =>
      client.chat.follow('hall', { signal, after: 0 }),
    );
    const said: ChatEntry[] = [];
    for (let at = 0; at < 18; at += 1) {
      if (at % 6 === 2) line.break();
      const writer = writers[at % writers.length];
      const entry = await writer?.chat.say('hall', { text: `message ${at}` });
      if (entry) said.push(entry);
      if (at % 6 === 3 && entry) said.push((await writer?.chat.edit('hall', entry.id, { text: 'better' })) ?? entry);
      if (at % 6 === 4) line.mend();
      if (at % 6 !== 5) continue;
      await vi.waitFor(() => expect(seen.at(-1)?.rev).toBe(entry?.rev), WAIT);
    }
    // What was edited while nobody was told of it came once, as it was then.
    const last = said.filter(({ id, rev }) => !said.some((other) => other.id === id && other.rev > rev));
    expect(seen.map(({ id, rev, text }) => [id, rev, text])).toEqual(last.map(({ id, rev, text }) => [id, rev, text]));
    expect(seen).toHaveLength(18);
    expect(cuts()).toBeGreaterThan(0);
    expect(failures()).toBeGreaterThan(cuts());
  });
});
