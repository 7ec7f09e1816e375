import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Database } from '../../../src/database/database.ts';
import { nullLogger } from '../../../src/logger.ts';
import type { ChatAuthor } from '../../../src/protocol/chat.ts';
import { CHAT_HISTORY, MAX_CHAT_ENTRIES } from '../../../src/protocol/limits.ts';
import { ChatLimits } from '../../../src/room/chat-limits.ts';
import { ChatStore, chatMigrations } from '../../../src/room/chat-store.ts';
import { chatSettingsSchema } from '../../../src/room/chat-settings.ts';
import { Chats } from '../../../src/room/chats.ts';
import { defaultSettings } from '../../../src/room/room-settings.ts';
import { RoomStore, roomMigrations } from '../../../src/room/room-store.ts';
import { createParticipant } from '../../../src/room/participant.ts';
import { Room } from '../../../src/room/room.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const HOST: ChatAuthor = { id: 'hal', name: 'Hal', role: 'host' };
const room = new Room({
  id: 'hall',
  title: 'Hall',
  createdAt: new Date(0),
  limits: { maxParticipants: 2, maxTracksPerParticipant: 1 },
});
const clock = new FakeClock();
let rooms: RoomStore;
let store: ChatStore;
let chats: Chats;

async function open(limit?: number): Promise<void> {
  const migrations = [...roomMigrations, ...chatMigrations];
  const database = await Database.open({ path: ':memory:', migrations, log: nullLogger });
  onTestFinished(() => database.close());
  rooms = new RoomStore(database, nullLogger);
  await rooms.insert({
    id: 'hall',
    title: 'Hall',
    createdAt: new Date(0),
    tokenVersion: 1,
    settings: defaultSettings(),
  });
  store = new ChatStore(database, limit);
  chats = new Chats({ store, clock });
}

async function write(count: number): Promise<void> {
  for (let index = 1; index <= count; index += 1) {
    clock.advance(1000);
    await chats.say(room, HOST, { key: `key-${index}`.padEnd(12, '-'), text: `${index}` });
  }
}

beforeEach(() => open());

describe('the chat of a room', () => {
  it('gives who comes the newest, and who was away all they missed', async () => {
    await write(CHAT_HISTORY + 1);
    const { entries, more } = await chats.since('hall', 0);
    expect([entries.length, entries[0]?.text, more]).toEqual([CHAT_HISTORY, '2', false]);
    const changed = entries[3]?.id ?? '';
    await chats.edit(room, HOST, changed, 'Other');
    const missed = await chats.since('hall', entries.at(-1)?.rev ?? 0);
    expect(missed.entries.map(({ id, text }) => [id, text])).toEqual([[changed, 'Other']]);
  });

  it('gives no more than so many at once, and says that there are more', async () => {
    await write(MAX_CHAT_ENTRIES + 2);
    const first = await chats.since('hall', 1);
    expect([first.entries.length, first.more]).toEqual([MAX_CHAT_ENTRIES, true]);
    const rest = await chats.since('hall', first.entries.at(-1)?.rev ?? 0);
    expect([rest.entries.length, rest.more]).toEqual([1, false]);
  });

  it('keeps the newest of a room, and forgets the oldest', async () => {
    await open(50);
    await write(100);
    const kept = await chats.before('hall', undefined, 500);
    expect([kept.length, kept[0]?.text]).toEqual([50, '51']);
  });

  it('keeps no more of a room in which every other message of the server is written', async () => {
    await open(50);
    const limits = { maxParticipants: 2, maxTracksPerParticipant: 1 };
    const attic = new Room({ id: 'attic', title: 'Attic', createdAt: new Date(0), limits });
    const stored = { id: 'attic', title: 'Attic', createdAt: new Date(0), tokenVersion: 1 };
    await rooms.insert({ ...stored, settings: defaultSettings() });
    for (let index = 1; index <= 150; index += 1) {
      clock.advance(1000);
      const saying = { key: `key-${index}`.padEnd(12, '-'), text: `${index}` };
      for (const place of [room, attic]) await chats.say(place, HOST, saying);
    }
    const kept = await Promise.all(['hall', 'attic'].map((id) => chats.before(id, undefined, 500)));
    // Looked for every hundred changes: at most so many more.
    expect(kept.map(({ length }) => length)).toEqual([100, 100]);
  });

  it('counts its changes on when the newest of them is to a message that is forgotten', async () => {
    await open(50);
    await write(99);
    const [oldest] = await chats.before('hall', undefined, 500);
    const { rev } = await chats.edit(room, HOST, oldest?.id ?? '', 'Other');
    expect((await chats.say(room, HOST, { key: 'another-key-', text: 'Next' })).rev).toBe(rev + 1);
  });

  it('goes with its room', async () => {
    await write(1);
    await rooms.remove('hall');
    expect(await chats.before('hall', undefined, 10)).toEqual([]);
  });

  it('takes messages at the same time one after the other, each with a number of its own', async () => {
    const said = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => chats.say(room, { ...HOST, id: name }, { key: `key-of-${name}`, text: name })),
    );
    expect(said.map(({ rev }) => rev)).toEqual([1, 2, 3, 4]);
  });
});

describe('private messages that are switched off', () => {
  const off = chatSettingsSchema.parse({ private: false, slowSeconds: 60 });
  const ana: ChatAuthor = { id: 'ana', name: 'Ana', role: 'participant' };

  it('are refused, new or changed, to hosts too, and what was refused costs no time', async () => {
    const limits = { maxParticipants: 2, maxTracksPerParticipant: 1 };
    const hall = new Room({ id: 'hall', title: 'Hall', createdAt: new Date(0), limits });
    hall.join(createParticipant('bo', 'Bo'));
    const psst = { key: 'key-of-psst', text: 'Psst', to: 'bo' };
    const entry = await chats.say(hall, ana, psst);
    hall.chat = off;
    const refused = { code: 'private_off', status: 403, message: expect.stringContaining('let a host switch them on') };
    for (const author of [ana, HOST]) {
      await expect(chats.say(hall, author, { ...psst, key: `key-${author.id}-2` })).rejects.toMatchObject(refused);
    }
    await expect(chats.edit(hall, ana, entry.id, 'Psst!')).rejects.toMatchObject(refused);
    // Sent again after a cut, it is the one that was taken before.
    expect(await chats.say(hall, ana, psst)).toEqual(entry);
    expect((await chats.before('hall', undefined, 10, 'bo')).map(({ text }) => text)).toEqual(['Psst']);
    clock.advance(60_000);
    await expect(chats.say(hall, ana, { ...psst, key: 'key-of-psst-3' })).rejects.toMatchObject(refused);
    expect((await chats.say(hall, ana, { key: 'key-of-hello', text: 'Hello' })).text).toBe('Hello');
    expect(await chats.remove(hall, ana, entry.id)).toMatchObject({ deleted: true, text: '' });
  });
});

describe('slow mode', () => {
  const hall = new Room({
    id: 'hall',
    title: 'Hall',
    createdAt: new Date(0),
    limits: { maxParticipants: 2, maxTracksPerParticipant: 1 },
  });
  hall.chat = chatSettingsSchema.parse({ slowSeconds: 10 });
  const ana: ChatAuthor = { id: 'ana', name: 'Ana', role: 'participant' };

  it('says how long to wait, to all but hosts, and takes a message to the second', async () => {
    const entry = await chats.say(hall, ana, { key: 'key-of-one', text: 'One' });
    clock.advance(2500);
    expect([chats.waitSeconds(hall, ana), chats.waitSeconds(hall, HOST)]).toEqual([8, 0]);
    const two = { key: 'key-of-two', text: 'Two' };
    const slow = { code: 'chat_slow', status: 429, retryAfterS: 8 };
    await expect(chats.say(hall, ana, two)).rejects.toMatchObject(slow);
    // Another text is no new message.
    await chats.edit(hall, ana, entry.id, 'One!');
    clock.advance(7499);
    await expect(chats.say(hall, ana, two)).rejects.toMatchObject({ ...slow, retryAfterS: 1 });
    clock.advance(1);
    expect(chats.waitSeconds(hall, ana)).toBe(0);
    expect((await chats.say(hall, ana, two)).text).toBe('Two');
  });

  it('costs nobody time for what was not taken', async () => {
    clock.advance(10_000);
    const bo: ChatAuthor = { id: 'bo', name: 'Bo', role: 'participant' };
    const message = { key: 'key-of-reply', text: 'Yes' };
    await expect(chats.say(hall, bo, { ...message, replyTo: 'nothing' })).rejects.toMatchObject({
      code: 'message_gone',
    });
    await expect(chats.say(hall, bo, { ...message, to: 'nobody' })).rejects.toMatchObject({ code: 'recipient_gone' });
    expect((await chats.say(hall, bo, message)).text).toBe('Yes');
  });
});

describe('the limits of a chat', () => {
  const take = (limits: ChatLimits, id: string, address?: string): string => {
    try {
      limits.take('hall', { id, role: 'viewer' }, 0, address);
      return 'taken';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it('let sixty messages at once into a room, and not one more', () => {
    const limits = new ChatLimits(new FakeClock());
    const answers = Array.from({ length: 61 }, (_, index) => take(limits, `person-${index}`));
    expect(answers.filter((answer) => answer !== 'taken')).toEqual(['chat_room_busy']);
    expect(answers[60]).toBe('chat_room_busy');
  });

  it('let twenty at once from one address, whoever they say they are', () => {
    const limits = new ChatLimits(new FakeClock());
    const answers = Array.from({ length: 21 }, (_, index) => take(limits, `person-${index}`, '192.0.2.1'));
    expect(answers.filter((answer) => answer !== 'taken')).toEqual(['chat_too_fast']);
    expect(take(limits, 'somebody', '192.0.2.2')).toBe('taken');
  });
});
