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

  it('forgets what is more than twelve pongs old', () => {
    const clock = new ClockSync();
    clock.add(pong(0, 1, 1));
    for (let index = 1; index <= 12; index += 1) clock.add(pong(index * 100, 20, 20));
    expect(clock.rttMs).toBe(40);
  });
});
