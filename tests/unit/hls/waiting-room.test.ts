import { describe, expect, it } from 'vitest';
import { WaitingRoom } from '../../../src/hls/waiting-room.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

function setUp(most = 10) {
  const clock = new FakeClock();
  return { clock, room: new WaitingRoom(clock, most) };
}

describe('WaitingRoom', () => {
  it('lets those go at once for whom it is there', async () => {
    const { clock, room } = setUp();
    expect(await room.wait(() => true, 1000)).toBe('there');
    expect([room.waiting, clock.pending]).toEqual([0, 0]);
  });

  it('looks after each change, and at no other time', async () => {
    const { clock, room } = setUp();
    let newest = 0;
    const results: string[] = [];
    for (const wanted of [1, 2]) {
      void room.wait(() => newest >= wanted, 1000).then((result) => results.push(`${wanted} ${result}`));
    }
    newest = 1;
    await Promise.resolve();
    expect(results).toEqual([]);
    room.look();
    await Promise.resolve();
    await Promise.resolve();
    expect(results).toEqual(['1 there']);
    expect([room.waiting, clock.pending]).toEqual([1, 1]);
  });

  it('gives up when the time is over', async () => {
    const { clock, room } = setUp();
    const result = room.wait(() => false, 1000);
    clock.advance(999);
    expect(room.waiting).toBe(1);
    clock.advance(1);
    expect(await result).toBe('late');
    expect([room.waiting, clock.pending]).toEqual([0, 0]);
  });

  it('forgets who goes away, and who has gone before', async () => {
    const { clock, room } = setUp();
    const gone = new AbortController();
    const result = room.wait(() => false, 1000, gone.signal);
    gone.abort();
    expect(await result).toBe('gone');
    expect(await room.wait(() => true, 1000, gone.signal)).toBe('gone');
    expect([room.waiting, clock.pending]).toEqual([0, 0]);
  });

  it('holds as many as were agreed, and not one more', async () => {
    const { room } = setUp(2);
    const waiting = [room.wait(() => false, 1000), room.wait(() => false, 1000)];
    expect(await room.wait(() => false, 1000)).toBe('full');
    // What is there costs no place.
    expect(await room.wait(() => true, 1000)).toBe('there');
    room.close();
    expect(await Promise.all(waiting)).toEqual(['there', 'there']);
  });

  it('holds nobody once it is closed', async () => {
    const { clock, room } = setUp();
    const result = room.wait(() => false, 1000);
    room.close();
    expect(await result).toBe('there');
    expect(await room.wait(() => false, 1000)).toBe('there');
    expect([room.waiting, clock.pending]).toEqual([0, 0]);
  });
});
