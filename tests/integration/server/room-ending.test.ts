import { describe, expect, it, vi } from 'vitest';
import { createParticipant } from '../../../src/room/participant.ts';
import { RoomStore } from '../../../src/room/room-store.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { EMPTY_MS, enter, openRooms } from './rooms.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

describe('a room that ends when it is empty', () => {
  it('is there before anybody comes, and gone a while after the last one has left', async () => {
    const { host, clock } = await openRooms(await tempDir());
    await host.create({ id: 'call', door: { whenEmpty: 'end', password: 'open sesame' } });
    await host.create({ id: 'hall' });
    expect(host.find('call')?.door).toEqual({ locked: false, waitingRoom: false, whenEmpty: 'end', passwordSet: true });
    clock.advance(10 * EMPTY_MS);
    enter(host, 'call', 'ann');
    host.room('call')?.leave('ann');
    clock.advance(EMPTY_MS - 1);
    expect(host.find('call')).toMatchObject({ live: true });
    clock.advance(1);
    await vi.waitFor(() => expect(host.list().map(({ id }) => id)).toEqual(['hall']), WAIT);
  });

  it('is gone after a restart, too, when its door was being changed as the first one came', async () => {
    const dir = await tempDir();
    const before = await openRooms(dir);
    await before.host.create({ id: 'call', door: { whenEmpty: 'end' } });
    const { update } = RoomStore.prototype;
    vi.spyOn(RoomStore.prototype, 'update').mockImplementationOnce(function (this: RoomStore, ...change) {
      enter(before.host, 'call', 'ann');
      return update.apply(this, change);
    });
    await before.host.update('call', { door: { locked: true } });
    expect(before.host.room('call')?.door.settings).toMatchObject({ locked: true, used: true });
    // Behind what the newcomer has changed.
    await before.host.update('call', {});
    await before.close();
    const after = await openRooms(dir);
    after.clock.advance(60_000);
    await vi.waitFor(() => expect(after.host.list()).toEqual([]), WAIT);
  });

  it('is kept over a restart for whoever comes back, and gone when nobody does', async () => {
    const dir = await tempDir();
    const before = await openRooms(dir);
    await before.host.create({ id: 'call', door: { whenEmpty: 'end' } });
    await before.host.create({ id: 'unused', door: { whenEmpty: 'end' } });
    enter(before.host, 'call', 'ann');
    await before.close();
    const after = await openRooms(dir);
    expect(after.host.find('call')?.door).toEqual({
      locked: false,
      waitingRoom: false,
      whenEmpty: 'end',
      passwordSet: false,
    });
    after.clock.advance(59_999);
    expect(after.host.list()).toHaveLength(2);
    after.clock.advance(1);
    await vi.waitFor(() => expect(after.host.list().map(({ id }) => id)).toEqual(['unused']), WAIT);
  });
});

it('tells recordings since when nobody is in it, until somebody is, and of the end that it had', async () => {
  const { host } = await openRooms(await tempDir());
  await host.create({ id: 'hall' });
  const { pipeline } = enter(host, 'hall', 'ann');
  const session = await vi.waitFor(() => {
    if (!pipeline.session) throw new Error('Its log is not open yet.');
    return pipeline.session;
  }, WAIT);
  expect(session.emptyFrom()).toBeUndefined();
  host.room('hall')?.leave('ann');
  const left = session.emptyFrom() ?? Number.NaN;
  expect(left).toBeLessThanOrEqual(session.currentFrame());
  await vi.waitFor(() => expect(session.currentFrame()).toBeGreaterThan(left), WAIT);
  pipeline.notes.mark('After the end');
  expect(session.emptyFrom()).toBeGreaterThan(left);
  enter(host, 'hall', 'bob');
  expect(session.emptyFrom()).toBeUndefined();
  host.room('hall')?.leave('bob');
  const end = session.emptyFrom();
  const closing = pipeline.close();
  // Whoever comes while a session ends comes to the next one.
  host.room('hall')?.join(createParticipant('cas', 'Cas'));
  expect(session.emptyFrom()).toBe(end);
  await closing;
});
