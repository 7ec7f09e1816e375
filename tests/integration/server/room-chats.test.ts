import { describe, expect, it, onTestFinished } from 'vitest';
import { defaultSettings } from '../../../src/room/room-settings.ts';
import { type ChatRooms, openChatRooms } from '../../helpers/chat-rooms.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const NEVER = new AbortController().signal;
const ANA = { id: 'ana', name: 'Ana', role: 'participant' } as const;

async function open(): Promise<ChatRooms> {
  const rooms = new Map([['hall', { chat: defaultSettings().chat }]]);
  const chat = await openChatRooms(new FakeClock(), rooms);
  onTestFinished(() => chat.close());
  return chat;
}

async function say({ chats }: ChatRooms, text: string): Promise<number> {
  return (await chats.say('hall', ANA, { key: `key-of-${text}`, text }, '192.0.2.1')).rev;
}

async function texts(chat: ChatRooms, rev: number): Promise<string[]> {
  return (await chat.chats.changes('hall', rev, 20_000, NEVER)).entries.map(({ text }) => text);
}

describe('requests that wait for a chat', () => {
  it('are answered by one question to the database, however many a message wakes', async () => {
    const chat = await open();
    const one = await say(chat, 'One');
    const before = chat.looks;
    const waiting = Array.from({ length: 50 }, () => texts(chat, one));
    expect(chat.chats.waiting).toBe(50);
    await say(chat, 'Two');
    expect(new Set((await Promise.all(waiting)).map(String))).toEqual(new Set(['Two']));
    // As they came, and as they were woken.
    expect(chat.looks - before).toBe(2);
  });

  it('each get what has come since the message that they know', async () => {
    const chat = await open();
    const [one, two] = [await say(chat, 'One'), await say(chat, 'Two')];
    const waiting = [texts(chat, two), texts(chat, one)];
    expect(await waiting[1]).toEqual(['Two']);
    await say(chat, 'Three');
    expect(await waiting[0]).toEqual(['Three']);
  });

  it('miss nothing that was written while an answer for those before them was under way', async () => {
    const chat = await open();
    const one = await say(chat, 'One');
    const slow = Promise.withResolvers<void>();
    chat.delay = slow.promise;
    const first = texts(chat, one);
    await say(chat, 'Two');
    const second = texts(chat, one);
    slow.resolve();
    expect(await Promise.all([first, second])).toEqual([['Two'], ['Two']]);
  });

  it('leave nothing behind', async () => {
    const chat = await open();
    const one = await say(chat, 'One');
    const gone = new AbortController();
    const waiting = chat.chats.changes('hall', one, 20_000, gone.signal);
    gone.abort();
    expect((await waiting).entries).toEqual([]);
    expect(chat.chats.waiting).toBe(0);
  });
});
