import { describe, expect, it } from 'vitest';
import type { FlowVerdict } from '../../../../src/protocol/flow/acked-rate-controller.ts';
import { NetworkSignals } from '../../../../web/signal/network-signals.ts';

function follow(signals: NetworkSignals, verdict: FlowVerdict, from: number, to: number): NetworkSignals {
  for (let second = from; second <= to; second += 1) signals.update(verdict, second * 1000);
  return signals;
}

describe('a line', () => {
  it.each([
    ['limited', 8],
    ['stalled', 3],
  ] as const)('that is %s is the bottleneck after %i s', (verdict, seconds) => {
    expect(follow(new NetworkSignals(), verdict, 0, seconds - 1).slow).toBe(false);
    expect(follow(new NetworkSignals(), verdict, 0, seconds).slow).toBe(true);
  });

  it('that is good is none, and one that is good again is so for 8 s before it is said', () => {
    const signals = follow(new NetworkSignals(), 'good', 0, 60);
    expect(signals.slow).toBe(false);
    follow(signals, 'stalled', 61, 64);
    expect(follow(signals, 'good', 65, 72).slow).toBe(true);
    expect(follow(signals, 'good', 73, 73).slow).toBe(false);
  });

  it('of another connection is judged anew', () => {
    const signals = follow(new NetworkSignals(), 'stalled', 0, 3);
    signals.reset();
    expect(signals.slow).toBe(false);
  });
});
