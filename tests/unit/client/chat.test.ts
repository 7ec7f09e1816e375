import { expect, it } from 'vitest';
import { Chat } from '../../../src/client/chat.ts';
import { Transport } from '../../../src/client/transport.ts';
import type { ChatEntry } from '../../../src/client/types.ts';

/** A chat of the server, as far as reading goes: what comes after 0 are the newest alone. */
class ChatOfServer {
  readonly entries: ChatEntry[] = [];
  /** Called before each answer. */
  beforeAnswer: (query: URLSearchParams) => void = () => undefined;
  #rev = 0;

  say(count: number): void {
    for (let at = 0; at < count; at += 1) {
      this.#rev += 1;
      const author = { id: 'ann', name: 'Ann', role: 'participant' } as const;
      const id = `m${this.entries.length + 1}`;
      this.entries.push({ id, rev: this.#rev, at: this.#rev, author, text: id });
    }
  }

  change(id: string): void {
    const at = this.entries.findIndex((entry) => entry.id === id);
    const found = this.entries[at];
    if (!found) throw new Error(`There is no message ${id}.`);
    this.#rev += 1;
    this.entries[at] = { ...found, rev: this.#rev, text: `${found.text} changed` };
  }

  readonly fetch = async (input: string | URL | Request): Promise<Response> => {
    const query = new URL(new Request(input).url).searchParams;
    this.beforeAnswer(query);
    return Response.json({ entries: this.#read(query), more: false, mayWrite: true, slowSeconds: 0, rules: 'write-0' });
  };

  #read(query: URLSearchParams): readonly ChatEntry[] {
    const before = query.get('before');
    if (before !== null) {
      const end = this.entries.findIndex(({ id }) => id === before);
      return this.entries.slice(Math.max(0, end - Number(query.get('limit'))), end);
    }
    const after = Number(query.get('after') ?? 0);
    if (after === 0) return this.entries.slice(-100);
    const changed = this.entries.filter(({ rev }) => rev > after);
    return changed.toSorted((a, b) => a.rev - b.rev).slice(0, 500);
  }
}

/** What somebody who follows is told until so many have come. */
async function followed(server: ChatOfServer, count: number): Promise<readonly ChatEntry[]> {
  const transport = new Transport({ url: 'https://rooms.example.org', fetch: server.fetch });
  const stop = new AbortController();
  const seen: ChatEntry[] = [];
  for await (const entry of new Chat(transport).follow('hall', { signal: stop.signal })) {
    seen.push(entry);
    if (seen.length === count) stop.abort();
  }
  return seen;
}

it('who followed a chat from its beginning misses nothing of a long cut', async () => {
  const server = new ChatOfServer();
  let asked = 0;
  server.beforeAnswer = () => {
    asked += 1;
    // Between the first look at the empty chat and the next answer.
    if (asked === 2) server.say(1234);
  };
  const seen = await followed(server, 1234);
  expect(seen.map(({ id }) => id)).toEqual(server.entries.map(({ id }) => id));
});

it('what changes while the past is read comes once, as a change, and hides nothing that was said before it', async () => {
  const server = new ChatOfServer();
  let asked = 0;
  server.beforeAnswer = (query) => {
    asked += 1;
    if (asked === 2) server.say(150);
    if (query.get('before') !== 'm51') return;
    server.say(1);
    server.change('m7');
  };
  const seen = await followed(server, 151);
  expect(seen.filter(({ id }) => id === 'm7').map(({ text }) => text)).toEqual(['m7 changed']);
  expect(seen.map(({ id }) => id).toSorted()).toEqual(server.entries.map(({ id }) => id).toSorted());
});
