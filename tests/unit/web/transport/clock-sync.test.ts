import { describe, expect, it } from 'vitest';
import { ClockSync } from '../../../../web/transport/clock-sync.ts';

/** A pong whose ways there and back took `up` and `down` ms, of a server that is 5000 ms ahead. */
function pong(sentMs: number, up: number, down: number) {
  const receivedMs = sentMs + up + 5000;
  return { sentMs, receivedMs, repliedMs: receivedMs + 1, nowMs: sentMs + up + 1 + down };
}

describe('ClockSync', () => {
  it('knows nothing before the first pong', () => {
    const clock = new ClockSync();
    expect(clock.rttMs).toBeUndefined();
    expect(clock.offsetMs).toBeUndefined();
  });

  it('trusts the shortest round trip, and leaves the server’s own time out of it', () => {
    const clock = new ClockSync();
    clock.add(pong(0, 80, 10));
    clock.add(pong(100, 6, 4));
    clock.add(pong(200, 10, 90));
    expect(clock.rttMs).toBe(10);
    expect(clock.offsetMs).toBe(5001);
  });

  it.each([8 * 3_600_000, -3_600_000, 700])(
    'believes the newest pong when one of the clocks has leapt by %i ms',
    (leapMs) => {
      const clock = new ClockSync();
      for (let index = 0; index < 12; index += 1) clock.add(pong(index * 100, 5, 5));
      const { receivedMs, repliedMs, ...here } = pong(2000, 40, 20);
      clock.add({ ...here, receivedMs: receivedMs + leapMs, repliedMs: repliedMs + leapMs });
      expect(clock.offsetMs).toBe(5010 + leapMs);
      expect(clock.rttMs).toBe(60);
    },
  );

  it('takes no clock that wanders, or counts whole milliseconds, for one that has leapt', () => {
    const clock = new ClockSync();
    clock.add(pong(0, 2, 2));
    const { receivedMs, repliedMs, ...here } = pong(2000, 3, 3);
    clock.add({ ...here, receivedMs: receivedMs + 40, repliedMs: repliedMs + 40 });
    expect(clock.rttMs).toBe(4);
  });

  it('takes no slow line for a leap, whichever of its ways is slow', () => {
    const clock = new ClockSync();
    clock.add(pong(0, 5, 5));
    clock.add(pong(100, 3000, 0));
    clock.add(pong(4000, 0, 3000));
    expect(clock.rttMs).toBe(10);
  });

  it('keeps the clock of a quiet moment while pongs are seconds late, on whichever way', () => {
    const clock = new ClockSync();
    clock.add(pong(0, 5, 5));
    // A minute of a page that is so busy that it reads them late.
    for (let index = 1; index <= 30; index += 1) clock.add(pong(index * 2000, 10, index % 2 === 0 ? 17_000 : 4000));
    expect(clock.offsetMs).toBe(5000);
    expect(clock.rttMs).toBe(4010);
  });

  it('follows clocks that part, by the pongs of a quiet line', () => {
    const clock = new ClockSync();
    for (let seconds = 0; seconds <= 600; seconds += 2) {
      const { receivedMs, repliedMs, ...here } = pong(seconds * 1000, 10, 10);
      const apart = seconds * 0.1;
      clock.add({ ...here, receivedMs: receivedMs + apart, repliedMs: repliedMs + apart });
    }
    expect(clock.offsetMs).toBeCloseTo(5060, 0);
  });

  it('forgets round trips that are more than twelve pongs old', () => {
    const clock = new ClockSync();
    clock.add(pong(0, 1, 1));
    for (let index = 1; index <= 12; index += 1) clock.add(pong(index * 100, 20, 20));
    expect(clock.rttMs).toBe(40);
  });
});
