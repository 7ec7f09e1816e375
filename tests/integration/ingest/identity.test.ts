import { describe, expect, it, vi } from 'vitest';
import { Door, RESUME_MS, heardOut } from './door.ts';
import { keptOutEntry } from '../../helpers/kept-out.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

const KEY = 'a'.repeat(22);
const OTHER = 'b'.repeat(22);

/** Somebody with a microphone. */
async function speaker(door: Door, identity: string, hello: { name?: string } = {}) {
  const member = await door.join('participant', { identity, ...hello });
  member.control.say({ type: 'publish', track: 0, kind: 'audio', source: 'mic' });
  await heardOut(member.control);
  return member;
}

describe('the same person from another page', () => {
  it('takes over their place, and the page before is told', async () => {
    const door = await Door.open({ maxParticipants: 2 });
    const first = await speaker(door, KEY, { name: 'Ana' });
    const picture = await door.attach(first.welcome.ticket);
    await door.join('participant', { identity: OTHER });
    const [ana] = door.room.participants;
    const stream = door.stream(first.welcome.participant, 0);
    const left = vi.fn<() => void>();
    door.room.events.on('left', left);
    const second = await door.join('participant', { identity: KEY, name: 'Ana K.' });
    expect(await first.control.closed).toEqual({ code: 4409, reason: 'You are now connected from another page.' });
    expect((await picture.closed).code).toBe(4409);
    expect(second.welcome.participant).toBe(first.welcome.participant);
    expect(door.room.participants[0]).toBe(ana);
    expect(ana).toMatchObject({ name: 'Ana K.', detached: false });
    expect(left).not.toHaveBeenCalled();
    // What the page before published is over; the numbers are free for the new one.
    expect(stream.closed).toBe(true);
    second.control.say({ type: 'publish', track: 0, kind: 'video', source: 'camera' });
    expect(await second.control.heard('published')).toEqual({ type: 'published', track: 0 });
    expect(door.ingest.participants).toBe(2);
  });

  it('gets other secrets: with the old ones nobody comes back', async () => {
    const door = await Door.open();
    const first = await speaker(door, KEY);
    const second = await speaker(door, KEY);
    expect(second.welcome.resume).not.toBe(first.welcome.resume);
    expect(second.welcome.ticket).not.toBe(first.welcome.ticket);
    const old = await door.socket();
    old.say({ type: 'hello', version: 1, token: 'participant', identity: KEY, resume: first.welcome.resume });
    expect((await old.closed).code).toBe(4409);
    expect(old.messages[0]).toMatchObject({ code: 'replaced' });
    await heardOut(second.control);
    expect(door.ingest.participants).toBe(1);
  });

  it('comes back to a place that is only kept, also without the secret of the page before', async () => {
    const door = await Door.open();
    const first = await speaker(door, KEY);
    first.control.socket.terminate();
    await vi.waitFor(() => expect(door.room.find(first.welcome.participant)?.detached).toBe(true), WAIT);
    const second = await door.join('participant', { identity: KEY });
    expect(second.welcome.participant).toBe(first.welcome.participant);
    door.clock.advance(RESUME_MS + 1);
    await heardOut(second.control);
    expect(door.room.participants).toMatchObject([{ id: first.welcome.participant, detached: false }]);
  });

  it('is kept out when a host has removed them', async () => {
    const door = await Door.open();
    const first = await speaker(door, KEY);
    door.room.keptOut.add(keptOutEntry(first.welcome.participant));
    door.ingest.kick('demo', first.welcome.participant);
    await first.control.closed;
    const again = await door.socket();
    again.say({ type: 'hello', version: 1, token: 'participant', identity: KEY });
    expect((await again.closed).code).toBe(4403);
  });
});

describe('an identity', () => {
  it('holds with the token it came with, and in that room', async () => {
    const door = await Door.open();
    door.addRoom('other');
    const one = await door.join('admin', { identity: KEY });
    const host = await door.join('host', { identity: KEY });
    const elsewhere = await door.socket('other');
    elsewhere.say({ type: 'hello', version: 1, token: 'admin', identity: KEY });
    const { participant } = await elsewhere.heard('welcome');
    expect(new Set([one.welcome.participant, host.welcome.participant, participant]).size).toBe(3);
    await heardOut(one.control);
    expect(door.ingest.participants).toBe(3);
  });

  it('cannot be read from the id that everybody sees, nor choose that of another', async () => {
    const door = await Door.open();
    const ana = await door.join('ana');
    const first = await speaker(door, KEY);
    expect(first.welcome.participant).not.toContain(KEY);
    const guess = await door.join('participant', { identity: first.welcome.participant.padEnd(22, '.') });
    expect(guess.welcome.participant).not.toBe(first.welcome.participant);
    expect(guess.welcome.participant).not.toBe(ana.welcome.participant);
    expect(door.ingest.participants).toBe(3);
  });

  it('of a token is that of the token, whatever the page says', async () => {
    const door = await Door.open();
    const { welcome } = await door.join('ana', { identity: KEY });
    expect(welcome.participant).toBe('ana');
  });

  it.each([21, 65])('of %i characters is refused', async (length) => {
    const door = await Door.open();
    const socket = await door.socket();
    socket.say({ type: 'hello', version: 1, token: 'participant', identity: 'x'.repeat(length) });
    expect((await socket.heard('error')).code).toBe('bad_message');
    expect(door.ingest.participants).toBe(0);
  });

  it.each([22, 64])('of %i characters holds', async (length) => {
    const door = await Door.open();
    expect((await door.join('participant', { identity: 'x'.repeat(length) })).welcome.participant).toMatch(/^p-/);
  });
});
