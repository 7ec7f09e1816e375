import { describe, expect, it } from 'vitest';
import { NetworkSignals, type NetworkReading } from '../../../../web/signal/network-signals.ts';

function seconds(reading: NetworkReading, count: number): NetworkSignals {
  const signals = new NetworkSignals();
  for (let second = 0; second <= count; second += 1) signals.update(reading, second * 1000);
  return signals;
}

describe('a line', () => {
  it.each([
    ['frames wait for 150 ms', { queueMs: 150, sent: 30, dropped: 0 }, false],
    ['frames wait for longer', { queueMs: 151, sent: 30, dropped: 0 }, true],
    ['a quarter of the pictures is left out', { queueMs: 0, sent: 30, dropped: 10 }, false],
    ['more than a quarter is left out', { queueMs: 0, sent: 29, dropped: 10 }, true],
    ['nothing is sent', { queueMs: 0, sent: 0, dropped: 0 }, false],
  ])('on which %s, for 4 s', (_, reading, slow) => {
    expect(seconds(reading, 3).slow).toBe(false);
    expect(seconds(reading, 4).slow).toBe(slow);
  });

  it('that is free again is so for 8 s before it is said', () => {
    const signals = seconds({ queueMs: 500, sent: 30, dropped: 0 }, 4);
    const free = { queueMs: 0, sent: 30, dropped: 0 };
    for (let second = 5; second <= 12; second += 1) signals.update(free, second * 1000);
    expect(signals.slow).toBe(true);
    signals.update(free, 13_000);
    expect(signals.slow).toBe(false);
  });
});
