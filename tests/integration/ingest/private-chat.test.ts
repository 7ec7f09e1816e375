import { describe, expect, it } from 'vitest';
import type { ChatEntry } from '../../../src/protocol/chat.ts';
import { chatSettingsSchema } from '../../../src/room/chat-settings.ts';
import { Door, heardOut, type Member } from './door.ts';

let keys = 0;

/** Writes to one person, or with undefined to everybody; resolves with the message, or why it was refused. */
async function say({ control }: Member, to: string | undefined, text: string, replyTo?: string) {
  keys += 1;
  const key = `private-${String(keys).padStart(4, '0')}`;
  const more = { ...(to !== undefined && { to }), ...(replyTo !== undefined && { replyTo }) };
  control.say({ type: 'chat-say', text, key, ...more });
  const answer = await Promise.race([
    control.heard('chat', (message) => message.key === key),
    control.heard('chat-refused', (message) => message.key === key),
  ]);
  return answer.type === 'chat' ? (answer.entries[0] as ChatEntry) : answer.code;
}

async function written(member: Member, to: string | undefined, text: string, replyTo?: string): Promise<ChatEntry> {
  const entry = await say(member, to, text, replyTo);
  if (typeof entry === 'string') throw new Error(`"${text}" was refused: ${entry}`);
  return entry;
}

/** All that this socket was ever told of the chat. */
function told({ control }: Member): string {
  return JSON.stringify(control.messages.filter(({ type }) => type.startsWith('chat')));
}

/** Resolves when whatever was said before has reached this member. */
async function settled(member: Member, by: Member): Promise<void> {
  const { id } = await written(by, undefined, 'For all');
  await member.control.heard('chat', ({ entries }) => entries.some((entry) => entry.id === id));
}

describe('a private message', () => {
  it('reaches the one it is for, and nobody else hears of it: no host, no newcomer, and nothing that keeps', async () => {
    const door = await Door.open();
    const [ana, bo, host] = [await door.join('ana'), await door.join('participant'), await door.join('host')];
    const kept: ChatEntry[] = [];
    door.room.events.on('chat', (entry) => kept.push(entry));
    const entry = await written(ana, bo.welcome.participant, 'The secret plan');
    expect(entry.to).toEqual({ id: bo.welcome.participant, name: 'Guest' });
    const got = await bo.control.heard('chat', ({ entries }) => entries.some(({ id }) => id === entry.id));
    expect(got.entries[0]).toEqual(entry);
    ana.control.say({ type: 'chat-edit', id: entry.id, text: 'The secret plan, again' });
    await bo.control.heard('chat', ({ entries }) => entries[0]?.edited === true);
    await settled(host, ana);
    const late = await door.join();
    await late.control.heard('chat');
    host.control.say({ type: 'chat-since', rev: 1 });
    host.control.say({ type: 'chat-before', id: kept[0]?.id ?? '' });
    await host.control.heard('chat', ({ before }) => before !== undefined);
    for (const other of [host, late]) expect(told(other)).not.toContain('secret');
    expect(JSON.stringify(kept)).not.toContain('secret');
    const saved: ChatEntry[] = [];
    for await (const page of door.chats.all(door.room.id)) saved.push(...page);
    expect(saved.map(({ text }) => text)).toEqual(['For all']);
    expect(JSON.stringify(await door.chats.since(door.room.id, 0))).not.toContain('secret');
    bo.control.say({ type: 'chat-before', id: kept[0]?.id ?? '' });
    const before = await bo.control.heard('chat', (message) => message.before !== undefined);
    expect(before.entries.map(({ text }) => text)).toEqual(['The secret plan, again']);
  });

  it('cannot be changed, deleted or answered by a host, who is told that there is none', async () => {
    const door = await Door.open();
    const [ana, bo, host] = [await door.join('ana'), await door.join('participant'), await door.join('host')];
    const { id } = await written(ana, bo.welcome.participant, 'Between us');
    host.control.say({ type: 'chat-delete', id });
    expect((await host.control.heard('chat-refused')).code).toBe('message_gone');
    expect(await say(host, undefined, 'I saw that', id)).toBe('message_gone');
    expect(await say(bo, undefined, 'Listen, all', id)).toBe('reply_private');
    expect((await written(bo, ana.welcome.participant, 'Yes', id)).replyTo).toBe(id);
  });

  it('cannot be written, announced or changed while a host has switched them off; what was written stays with both', async () => {
    const door = await Door.open();
    const [ana, bo, host] = [await door.join('ana'), await door.join('participant'), await door.join('host')];
    const before = await written(ana, bo.welcome.participant, 'Before');
    const rooms = (member: Member) =>
      member.control.messages.flatMap((message) => (message.type === 'room' ? [message.privateChat] : []));
    // The second time nothing is another, and nothing is said.
    for (let times = 0; times < 2; times += 1) door.room.chat = chatSettingsSchema.parse({ private: false });
    await bo.control.heard('room', ({ privateChat }) => privateChat === false);
    for (const by of [ana, host]) expect(await say(by, bo.welcome.participant, 'Psst')).toBe('private_off');
    expect(await say(ana, bo.welcome.participant, 'Psst', before.id)).toBe('private_off');
    ana.control.say({ type: 'chat-edit', id: before.id, text: 'After' });
    const refused = await ana.control.heard('chat-refused', ({ id }) => id === before.id);
    expect(refused).toMatchObject({ code: 'private_off', message: expect.stringContaining('write to everybody') });
    ana.control.say({ type: 'chat-typing', to: bo.welcome.participant });
    // It cost them nothing: they write to everybody at once.
    await settled(bo, ana);
    expect(bo.control.messages.filter(({ type }) => type === 'chat-typing')).toEqual([]);
    expect(rooms(bo)).toEqual([undefined, false]);
    const late = await door.join('participant');
    await heardOut(late.control);
    expect(rooms(late)).toEqual([false]);
    for (const reader of ['ana', bo.welcome.participant]) {
      const { entries } = await door.chats.since(door.room.id, 0, reader);
      expect(entries.map(({ text }) => text)).toEqual(['Before', 'For all']);
    }
    ana.control.say({ type: 'chat-delete', id: before.id });
    await bo.control.heard('chat', ({ entries }) => entries[0]?.deleted === true);
    door.room.chat = chatSettingsSchema.parse({});
    await bo.control.until(() => (rooms(bo).length > 2 ? true : undefined));
    expect(rooms(bo)).toEqual([undefined, false, undefined]);
    expect((await written(ana, bo.welcome.participant, 'Again')).to?.id).toBe(bo.welcome.participant);
  });

  it('needs somebody else who is there', async () => {
    const door = await Door.open();
    const [ana, bo] = [await door.join('ana'), await door.join('participant')];
    expect(await say(ana, ana.welcome.participant, 'Me')).toBe('to_oneself');
    expect(await say(ana, 'nobody', 'You')).toBe('recipient_gone');
    door.room.leave(bo.welcome.participant);
    expect(await say(ana, bo.welcome.participant, 'You')).toBe('recipient_gone');
  });
});

describe('that somebody is writing', () => {
  it('is told to the others, or to the one it is for', async () => {
    const door = await Door.open();
    const [ana, bo, host] = [await door.join('ana'), await door.join('participant'), await door.join('host')];
    ana.control.say({ type: 'chat-typing' });
    expect(await host.control.heard('chat-typing')).toEqual({ type: 'chat-typing', participant: 'ana' });
    ana.control.say({ type: 'chat-typing', to: bo.welcome.participant });
    await bo.control.heard('chat-typing', ({ to }) => to === bo.welcome.participant);
    await settled(host, ana);
    expect(host.control.messages.filter(({ type }) => type === 'chat-typing')).toHaveLength(1);
    expect(ana.control.messages.filter(({ type }) => type === 'chat-typing')).toHaveLength(0);
  });

  it('is told three times at once and not a fourth', async () => {
    const door = await Door.open();
    const [ana, host] = [await door.join('ana'), await door.join('host')];
    for (let count = 0; count < 4; count += 1) ana.control.say({ type: 'chat-typing' });
    await settled(host, ana);
    expect(host.control.messages.filter(({ type }) => type === 'chat-typing')).toHaveLength(3);
  });
});

describe('a flooder', () => {
  it('who writes a thousand messages at once is stopped, and the others go on', async () => {
    const door = await Door.open();
    const [ana, bo] = [await door.join('ana'), await door.join('participant')];
    for (let count = 0; count < 1000; count += 1) {
      ana.control.say({ type: 'chat-say', text: `Spam ${count}`, key: `flood-${String(count).padStart(4, '0')}` });
    }
    expect((await ana.control.closed).code).toBe(4400);
    await written(bo, undefined, 'Still here');
    const spam = (await door.chats.since(door.room.id, 0)).entries.filter(({ text }) => text.startsWith('Spam'));
    expect(spam.length).toBeLessThanOrEqual(5);
  });
});
