import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { defaultSettings } from '../../../src/room/room-settings.ts';
import { type ChatRooms, openChatRooms } from '../../helpers/chat-rooms.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const NEVER = new AbortController().signal;
const ANA = { id: 'ana', name: 'Ana', role: 'participant' } as const;

async function openAt(clock: FakeClock): Promise<{ readonly chat: ChatRooms; readonly clock: FakeClock }> {
  const rooms = new Map([['hall', { chat: defaultSettings().chat }]]);
  const chat = await openChatRooms(clock, rooms);
  onTestFinished(() => chat.close());
  return { chat, clock };
}

async function open(): Promise<ChatRooms> {
  return (await openAt(new FakeClock())).chat;
}

async function say({ chats }: ChatRooms, text: string): Promise<number> {
  return (await chats.say('hall', ANA, { key: `key-of-${text}`, text }, '192.0.2.1')).rev;
}

async function texts(chat: ChatRooms, rev: number): Promise<string[]> {
  return (await chat.chats.changes('hall', rev, { waitMs: 20_000, signal: NEVER })).entries.map(({ text }) => text);
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

  it('ask for nothing while there is nothing new, however often they come back', async () => {
    const { chat, clock } = await openAt(new FakeClock());
    const one = await say(chat, 'One');
    const ask = () => chat.chats.changes('hall', one, { waitMs: 20_000, signal: NEVER, address: '192.0.2.9' });
    const waiting = [ask()];
    // It has been told that there is nothing, and waits.
    await vi.waitFor(() => expect(clock.pending).toBe(1), { timeout: 9000 });
    waiting.push(...Array.from({ length: 2000 }, ask));
    expect(chat.looks).toBe(1);
    await say(chat, 'Two');
    const answers = await Promise.all(waiting);
    expect(answers.every(({ entries }) => entries.length === 1)).toBe(true);
    expect(chat.looks).toBe(2);
  });

  it('leave nothing behind', async () => {
    const chat = await open();
    const one = await say(chat, 'One');
    const gone = new AbortController();
    const waiting = chat.chats.changes('hall', one, { waitMs: 20_000, signal: gone.signal });
    gone.abort();
    expect((await waiting).entries).toEqual([]);
    expect(chat.chats.waiting).toBe(0);
  });
});

describe('a chat that is read again and again', () => {
  const address = '192.0.2.9';

  it('is told a thousand times at once to one address, then a hundred times a second, and to others as ever', async () => {
    const { chat, clock } = await openAt(new FakeClock());
    const ask = (from = address) => chat.chats.changes('hall', 0, { waitMs: 0, signal: NEVER, address: from });
    const refused = { code: 'rate_limited', status: 429, retryAfterS: 1 };
    for (let at = 0; at < 1000; at += 1) await ask();
    await expect(ask()).rejects.toMatchObject(refused);
    await expect(chat.chats.before('hall', 'x', 9, address)).rejects.toMatchObject(refused);
    // Whoever waits asks, too.
    const wait = { waitMs: 20_000, signal: NEVER, address };
    await expect(chat.chats.changes('hall', 7, wait)).rejects.toMatchObject(refused);
    await ask('192.0.2.10');
    clock.advance(10);
    await ask();
    await expect(ask()).rejects.toMatchObject(refused);
    // Admins' programs.
    await chat.chats.changes('hall', 0, { waitMs: 0, signal: NEVER });
    expect(chat.chats.waiting).toBe(0);
  });

  it('is told less often to whoever asks for much of it each time', async () => {
    const { chat, clock } = await openAt(new FakeClock());
    for (let at = 0; at < 100; at += 1) {
      await say(chat, `Message ${at}`);
      clock.advance(1000);
    }
    const ask = () => chat.chats.changes('hall', 0, { waitMs: 0, signal: NEVER, address });
    for (let at = 0; at < 200; at += 1) expect((await ask()).entries).toHaveLength(100);
    await expect(ask()).rejects.toMatchObject({ code: 'rate_limited' });
    clock.advance(10);
    await ask();
    clock.advance(49);
    await expect(ask()).rejects.toMatchObject({ code: 'rate_limited' });
    clock.advance(1);
    await ask();
  });
});
