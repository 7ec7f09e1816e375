import { describe, expect, it } from 'vitest';
import { outwait } from '../../../src/util/patience.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { StoppedClock } from '../../helpers/stopped-clock.ts';

const PATIENCE = { ms: 1000, mostMs: 3000 };

function waitWith(isHeldUp: (ms: number) => boolean) {
  const clock = new FakeClock();
  let over = 0;
  const onOver = (): void => {
    over += 1;
  };
  const stop = outwait(clock, PATIENCE, onOver, () => isHeldUp(clock.monotonicMs()));
  return { clock, stop, over: () => over };
}

describe('patience', () => {
  it('is over in time for one that could work', () => {
    const { clock, over } = waitWith(() => false);
    clock.advance(999);
    expect(over()).toBe(0);
    clock.advance(1);
    expect(over()).toBe(1);
    clock.advance(10_000);
    expect([over(), clock.pending]).toEqual([1, 0]);
  });

  it('does not count the time in which it is held up', () => {
    const { clock, over } = waitWith((ms) => ms > 500 && ms <= 1500);
    clock.advance(1999);
    expect(over()).toBe(0);
    clock.advance(1);
    expect(over()).toBe(1);
  });

  it('is over in the end, however long that lasts', () => {
    const { clock, over } = waitWith(() => true);
    clock.advance(2999);
    expect(over()).toBe(0);
    clock.advance(1);
    expect(over()).toBe(1);
  });

  it('ends without a word when it is disposed of', () => {
    const { clock, stop, over } = waitWith(() => false);
    clock.advance(500);
    stop();
    clock.advance(10_000);
    expect([over(), clock.pending]).toEqual([0, 0]);
  });

  it('outlasts a machine that stands still for longer than it is', () => {
    const clock = new StoppedClock();
    let over = false;
    outwait(clock, PATIENCE, () => {
      over = true;
    });
    for (let times = 0; times < 5; times += 1) clock.standStill(60_000);
    for (let looks = 0; looks < 9; looks += 1) clock.standStill(100);
    expect(over).toBe(false);
    clock.standStill(100);
    expect(over).toBe(true);
  });
});
