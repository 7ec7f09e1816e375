import { describe, expect, it } from 'vitest';
import { type ChatFormat, exportChat, exportName } from '../../../src/api/chat-export.ts';
import type { ChatEntry } from '../../../src/protocol/chat.ts';

const OF = { room: 'hall', atMs: Date.UTC(2026, 0, 2, 3, 4, 5) };
const AT = Date.UTC(2026, 0, 1, 9);

function entry(id: string, text: string, more: Partial<ChatEntry> = {}): ChatEntry {
  return { id, rev: 1, at: AT, author: { id: 'ana', name: 'Ana', role: 'participant' }, text, ...more };
}

async function* pages(): AsyncGenerator<readonly ChatEntry[]> {
  yield await Promise.resolve([entry('a', 'Hello\nall'), entry('b', '', { deleted: true, edited: true })]);
  yield [entry('c', '=1+1, "quoted"', { edited: true, replyTo: 'a', author: { id: 'h', name: '@Hal', role: 'host' } })];
}

async function file(format: ChatFormat, of: AsyncIterable<readonly ChatEntry[]> = pages()): Promise<string> {
  let all = '';
  for await (const piece of exportChat(format, OF, of)) all += piece;
  return all;
}

describe('the chat as a file', () => {
  it('is text for people, a line for each message, with its further lines indented', async () => {
    expect((await file('text')).split('\n')).toEqual([
      'Chat of the room hall, 2026-01-02T03:04:05.000Z',
      '',
      '[2026-01-01T09:00:00.000Z] Ana: Hello',
      '    all',
      '[2026-01-01T09:00:00.000Z] Ana: (deleted)',
      '[2026-01-01T09:00:00.000Z] @Hal (host): =1+1, "quoted" (changed)',
      '',
    ]);
  });

  it('is JSON, also of a room where nothing was written', async () => {
    const { room, entries } = JSON.parse(await file('json')) as { room: string; entries: { id: string }[] };
    expect(room).toBe('hall');
    expect(entries.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(entries[2]).toMatchObject({ name: '@Hal', role: 'host', replyTo: 'a', edited: true });
    async function* none(): AsyncGenerator<readonly ChatEntry[]> {}
    expect(JSON.parse(await file('json', none()))).toMatchObject({ entries: [] });
  });

  it('is a table in which no message is taken for a formula', async () => {
    const lines = (await file('csv')).split('\r\n');
    expect(lines[0]).toBe('\ufefftime,name,role,message,state,id,answer to');
    expect(lines[2]).toContain(',,deleted,b,');
    expect(lines[3]).toBe(`2026-01-01T09:00:00.000Z,'@Hal,host,"'=1+1, ""quoted""",changed,c,a`);
    expect(lines).toHaveLength(5);
  });

  it('is named by its room and day', () => {
    expect(exportName('csv', OF)).toBe('chat-hall-2026-01-02.csv');
  });
});
