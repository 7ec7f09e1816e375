import { describe, expect, it, vi } from 'vitest';
import type { ChatEntry } from '../../../src/protocol/chat.ts';
import { chatSettingsSchema } from '../../../src/room/chat-settings.ts';
import type { TestSocket } from '../../helpers/test-participant.ts';
import { Door, type Member } from './door.ts';

interface More {
  readonly key?: string;
  readonly replyTo?: string;
  readonly to?: string;
}

let keys = 0;

/** Writes, and resolves with what became of it. */
async function say({ control }: Member, text: string, more: More = {}) {
  keys += 1;
  const key = more.key ?? `key-${String(keys).padStart(6, '0')}`;
  control.say({ type: 'chat-say', text, ...more, key });
  const answer = await Promise.race([
    control.heard('chat', (message) => message.key === key),
    control.heard('chat-refused', (message) => message.key === key),
  ]);
  return answer.type === 'chat' ? (answer.entries[0] as ChatEntry) : answer.code;
}

/** Resolves when somebody has heard a message, in this form if one is given. */
async function heard(control: TestSocket, id: string, form: Partial<ChatEntry> = {}): Promise<ChatEntry> {
  const fits = (entry: ChatEntry): boolean =>
    entry.id === id && Object.entries(form).every(([name, value]) => entry[name as keyof ChatEntry] === value);
  const message = await control.heard('chat', ({ entries }) => entries.some(fits));
  return message.entries.find(fits) as ChatEntry;
}

/** Taken by the room. */
async function written(member: Member, text: string, more: More = {}) {
  const entry = await say(member, text, more);
  if (typeof entry === 'string') throw new Error(`"${text}" was refused: ${entry}`);
  return entry;
}

describe('looks back', () => {
  it.each([
    ['for what was missed', { type: 'chat-since', rev: 1 }],
    ['for what was before', { type: 'chat-before', id: 'somewhere' }],
  ] as const)('%s are answered a hundred times at once, and not once more', async (_what, look) => {
    const door = await Door.open();
    const { control } = await door.join();
    const answers = () => control.messages.filter(({ type }) => type === 'chat');
    for (let count = 1; count <= 100; count += 1) {
      control.say(look);
      await vi.waitFor(() => expect(answers()).toHaveLength(count), { timeout: 9000 });
    }
    control.say(look);
    expect(await control.heard('chat-refused')).toMatchObject({ code: 'rate_limited' });
    expect(answers()).toHaveLength(100);
    door.clock.advance(250);
    control.say(look);
    await vi.waitFor(() => expect(answers()).toHaveLength(101), { timeout: 9000 });
  });
});

describe('what somebody writes', () => {
  it('reaches everybody in the room, with who wrote it and when', async () => {
    const door = await Door.open();
    const [ana, host] = [await door.join('ana'), await door.join('host', { name: 'Hal' })];
    const entry = await written(ana, ' Good morning\r\nall ');
    expect(entry).toMatchObject({ text: 'Good morning\nall', author: { id: 'ana', name: 'Ana', role: 'participant' } });
    expect(entry.at).toBe(Math.round(door.clock.wallMs()));
    expect(await heard(host.control, entry.id)).toEqual(entry);
    const answer = await written(host, 'Hello Ana', { replyTo: entry.id });
    expect(await heard(ana.control, answer.id)).toMatchObject({
      replyTo: entry.id,
      author: { name: 'Hal', role: 'host' },
    });
  });

  it('is there for those who come later, and for those who come back', async () => {
    const door = await Door.open();
    const ana = await door.join('ana');
    const first = await written(ana, 'One');
    await written(ana, 'Two');
    const late = await door.join();
    const { entries } = await late.control.heard('chat');
    expect(entries.map(({ text }) => text)).toEqual(['One', 'Two']);
    late.control.say({ type: 'chat-since', rev: first.rev });
    expect((await late.control.heard('chat', (message) => message.entries.length === 1)).entries[0]?.text).toBe('Two');
  });

  it('is one message when it is sent again, as after a cut', async () => {
    const door = await Door.open();
    const ana = await door.join('ana');
    const entry = await written(ana, 'Once', { key: 'the-same-key' });
    expect(await written(ana, 'Once', { key: 'the-same-key' })).toEqual(entry);
    const late = await door.join();
    expect((await late.control.heard('chat')).entries).toHaveLength(1);
  });

  it('cannot answer what is not there', async () => {
    const door = await Door.open();
    expect(await say(await door.join(), 'Yes', { replyTo: 'nothing' })).toBe('message_gone');
  });
});

describe('a message', () => {
  it('is changed by who wrote it, and by nobody else', async () => {
    const door = await Door.open();
    const [ana, host] = [await door.join('ana'), await door.join('host')];
    const entry = await written(ana, 'Helo');
    host.control.say({ type: 'chat-edit', id: entry.id, text: 'Mine' });
    expect((await host.control.heard('chat-refused')).code).toBe('not_yours');
    ana.control.say({ type: 'chat-edit', id: entry.id, text: 'Hello' });
    const changed = await heard(host.control, entry.id, { text: 'Hello' });
    expect(changed).toMatchObject({ edited: true, at: entry.at });
    expect(changed.rev).toBeGreaterThan(entry.rev);
  });

  it('is deleted by who wrote it and by hosts, and its text is gone for good', async () => {
    const door = await Door.open();
    const [ana, guest, host] = [await door.join('ana'), await door.join(), await door.join('host')];
    const [one, two] = [await written(ana, 'One'), await written(ana, 'Two')];
    guest.control.say({ type: 'chat-delete', id: one.id });
    expect((await guest.control.heard('chat-refused')).code).toBe('not_yours');
    ana.control.say({ type: 'chat-delete', id: one.id });
    host.control.say({ type: 'chat-delete', id: two.id });
    for (const { id } of [one, two]) {
      expect(await heard(guest.control, id, { deleted: true })).toMatchObject({ text: '' });
    }
    host.control.say({ type: 'chat-delete', id: two.id });
    expect((await host.control.heard('chat-refused')).code).toBe('message_gone');
    const late = await door.join();
    expect((await late.control.heard('chat')).entries.map(({ text }) => text)).toEqual(['', '']);
  });
});

describe('a flood', () => {
  it('is stopped at the sixth message at once, and nobody else is', async () => {
    const door = await Door.open();
    const [ana, guest] = [await door.join('ana'), await door.join()];
    const answers: unknown[] = [];
    for (let count = 0; count < 6; count += 1) answers.push(await say(ana, `Spam ${count}`));
    expect(answers.filter((answer) => typeof answer === 'string')).toEqual(['chat_too_fast']);
    expect(answers[5]).toBe('chat_too_fast');
    await written(guest, 'Quiet, please');
    door.clock.advance(1000);
    await written(ana, 'Sorry');
  });

  it('is slowed down in slow mode, but for hosts', async () => {
    const door = await Door.open();
    door.room.chat = chatSettingsSchema.parse({ slowSeconds: 30 });
    const [ana, host] = [await door.join('ana'), await door.join('host')];
    await written(ana, 'One');
    expect(await say(ana, 'Two')).toBe('chat_slow');
    await written(host, 'One');
    await written(host, 'Two');
    door.clock.advance(29_999);
    expect(await say(ana, 'Two')).toBe('chat_slow');
    door.clock.advance(1);
    await written(ana, 'Two');
  });

  it('tells everybody of slow mode, and whoever has to wait for how long, also after they came back', async () => {
    const door = await Door.open();
    const [ana, host] = [await door.join('ana'), await door.join('host')];
    door.room.chat = chatSettingsSchema.parse({ slowSeconds: 30, viewers: 'write' });
    for (const { control } of [ana, host]) {
      await control.heard('room', (message) => message.slowSeconds === 30 && message.chatViewers === 'write');
    }
    await written(ana, 'One');
    door.clock.advance(10_000);
    expect(await say(ana, 'Two')).toBe('chat_slow');
    expect(await ana.control.heard('chat-refused')).toMatchObject({ retryAfter: 20 });
    const again = await door.join('ana');
    expect(await again.control.heard('chat')).toMatchObject({ wait: 20, entries: [{ text: 'One' }] });
    const late = await door.join();
    expect((await late.control.heard('chat')).wait).toBeUndefined();
    door.room.chat = chatSettingsSchema.parse({});
    const free = (message: object): boolean => !('slowSeconds' in message) && !('chatViewers' in message);
    // Its first word was of slow mode.
    await again.control.heard('room', free);
    await written(again, 'Two');
  });
});
