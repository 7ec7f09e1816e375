import { describe, expect, it } from 'vitest';
import { OwnPauses } from '../../../src/util/own-pauses.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

function watched() {
  const clock = new FakeClock();
  return { clock, pauses: new OwnPauses(clock) };
}

describe('pauses of a process', () => {
  it('are none while its timers come in time, or a little late', () => {
    const { clock, pauses } = watched();
    clock.advance(60_000);
    for (let look = 0; look < 10; look += 1) clock.standStill(199);
    expect(pauses.recentMs()).toBe(0);
  });

  it('count from the time at which the next look was due', () => {
    const { clock, pauses } = watched();
    clock.standStill(200);
    expect(pauses.recentMs()).toBe(100);
    clock.standStill(5000);
    expect(pauses.recentMs()).toBe(5000);
  });

  it('are forgotten ten seconds after their end', () => {
    const { clock, pauses } = watched();
    clock.standStill(3100);
    clock.advance(9999);
    expect(pauses.recentMs()).toBe(3000);
    clock.advance(1);
    expect(pauses.recentMs()).toBe(0);
  });

  it('count for no more than half a minute', () => {
    const { clock, pauses } = watched();
    clock.standStill(30_100);
    expect(pauses.recentMs()).toBe(30_000);
    clock.standStill(200);
    expect(pauses.recentMs()).toBe(30_000);
  });

  it('leave no timer behind', () => {
    const { clock, pauses } = watched();
    pauses.close();
    expect(clock.pending).toBe(0);
  });
});
