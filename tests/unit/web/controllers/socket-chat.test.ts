import { describe, expect, it } from 'vitest';
import type { ChatClientMessage, ChatEntry } from '../../../../src/protocol/chat.ts';
import { SocketChat } from '../../../../web/controllers/socket-chat.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

const ME = { id: 'me', name: 'Aiko', role: 'participant' } as const;
const BO = { id: 'bo', name: 'Bo', role: 'host' } as const;

function entry(rev: number, more: Partial<ChatEntry> = {}): ChatEntry {
  return { id: `m${rev}`, rev, at: rev * 1000, author: BO, text: `${rev}`, ...more };
}

function open(
  me: { id: string; name: string; role: 'host' | 'participant' } = ME,
  slowSeconds = 0,
): {
  chat: SocketChat;
  said: ChatClientMessage[];
  clock: FakeClock;
  seen: number[];
} {
  const said: ChatClientMessage[] = [];
  const seen: number[] = [];
  const clock = new FakeClock();
  const chat = new SocketChat({
    say: (message) => said.push(message),
    self: () => me,
    people: () => [ME, BO],
    rules: () => ({ private: true, viewers: 'read', slowSeconds }),
    after: (ms, fn) => clock.after(ms, fn),
    nowMs: () => clock.monotonicMs(),
    hidden: () => false,
    surroundings: { change: async () => undefined },
    changed: () => seen.push(chat.waitS),
  });
  return { chat, said, clock, seen };
}

describe('the chat of a page', () => {
  it('asks for all that it missed, also when something new came before the rest', () => {
    const { chat, said } = open();
    chat.receive({ type: 'chat', entries: [entry(1), entry(2)] });
    chat.joined();
    expect(said.at(-1)).toEqual({ type: 'chat-since', rev: 2 });
    chat.receive({ type: 'chat', entries: [entry(900)] });
    chat.receive({ type: 'chat', entries: [entry(3), entry(4)], more: true });
    expect(said.at(-1)).toEqual({ type: 'chat-since', rev: 4 });
    chat.receive({ type: 'chat', entries: [entry(5)] });
    expect(chat.book.entries.map(({ rev }) => rev)).toEqual([1, 2, 3, 4, 5, 900]);
  });

  it('sends again what had not arrived, with its key and for whom it is', () => {
    const { chat, said } = open();
    chat.say('Psst', { to: BO });
    const [first] = said;
    expect(first).toMatchObject({ type: 'chat-say', text: 'Psst', to: 'bo' });
    chat.joined();
    expect(said.at(-1)).toEqual(first);
  });

  it('lets hosts alone change its rules', () => {
    expect(open().chat.change).toBeUndefined();
    expect(open(BO).chat.change).toBeDefined();
  });

  it('counts down in slow mode from when a message was taken, and not for hosts', () => {
    const { chat, said, clock, seen } = open(ME, 3);
    chat.say('One');
    clock.advance(10_000);
    expect(chat.waitS).toBe(3);
    const [one] = said;
    if (one?.type !== 'chat-say') throw new Error('Nothing was said.');
    seen.length = 0;
    chat.receive({ type: 'chat', entries: [entry(1, { author: ME })], key: one.key });
    expect(chat.waitS).toBe(3);
    clock.advance(60_000);
    expect(seen).toEqual([2, 1, 0]);
    const host = open(BO, 3);
    host.chat.say('One');
    expect(host.chat.waitS).toBe(0);
  });

  it('waits as long as the server says, and no longer after a refusal of another kind', () => {
    const { chat, said, clock } = open(ME, 60);
    chat.receive({ type: 'chat', entries: [entry(1, { author: ME })], wait: 5 });
    expect(chat.waitS).toBe(5);
    clock.advance(5000);
    expect(chat.waitS).toBe(0);
    chat.say('Two');
    const two = said.at(-1);
    if (two?.type !== 'chat-say') throw new Error('Nothing was said.');
    const refused = { type: 'chat-refused', key: two.key, message: 'No.' } as const;
    chat.receive({ ...refused, code: 'chat_room_busy' });
    expect(chat.waitS).toBe(0);
    chat.retry(two.key);
    chat.receive({ ...refused, code: 'chat_slow', retryAfter: 7 });
    expect(chat.waitS).toBe(7);
    chat.close();
    expect(clock.pending).toBe(0);
  });

  it('says at most every three seconds that somebody is writing, and at once after a message', () => {
    const { chat, said, clock } = open();
    const typing = (): number => said.filter(({ type }) => type === 'chat-typing').length;
    chat.writes(undefined);
    clock.advance(2999);
    chat.writes(undefined);
    expect(typing()).toBe(1);
    clock.advance(1);
    chat.writes(BO);
    expect(said.at(-1)).toEqual({ type: 'chat-typing', to: 'bo' });
    chat.say('Done');
    chat.writes(undefined);
    expect(typing()).toBe(3);
  });

  it('shows who is writing for five seconds, and no longer once it has come', () => {
    const { chat, clock } = open();
    const names = (): string[] => chat.writing.map(({ name }) => name);
    chat.receive({ type: 'chat-typing', participant: 'bo' });
    chat.receive({ type: 'chat-typing', participant: 'nobody' });
    expect(names()).toEqual(['Bo']);
    clock.advance(4999);
    expect(names()).toEqual(['Bo']);
    clock.advance(1);
    expect(names()).toEqual([]);
    chat.receive({ type: 'chat-typing', participant: 'bo', to: 'me' });
    expect(chat.writing).toMatchObject([{ id: 'bo', privately: true }]);
    chat.receive({ type: 'chat', entries: [entry(1)] });
    expect(names()).toEqual([]);
  });

  it('remembers eight who write at once, and not a ninth', () => {
    const { chat, clock } = open();
    for (let index = 0; index < 8; index += 1) chat.receive({ type: 'chat-typing', participant: `p${index}` });
    chat.receive({ type: 'chat-typing', participant: 'bo' });
    expect(chat.writing).toEqual([]);
    clock.advance(5000);
    chat.receive({ type: 'chat-typing', participant: 'bo' });
    expect(chat.writing).toHaveLength(1);
  });

  it('looks back once, and is done when the answer is lost with the connection', async () => {
    const { chat, said } = open();
    chat.receive({ type: 'chat', entries: [entry(10), entry(11)] });
    const looked = chat.earlier();
    expect(said.at(-1)).toEqual({ type: 'chat-before', id: 'm10' });
    chat.receive({ type: 'chat', entries: [entry(9)], before: 'm10' });
    await looked;
    expect([chat.book.entries[0]?.rev, chat.hasEarlier, chat.book.unread]).toEqual([9, false, 0]);
    const lost = chat.earlier();
    chat.joined();
    await lost;
  });
});
