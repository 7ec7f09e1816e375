import { describe, expect, it } from 'vitest';
import { liveStep } from '../../../../../web/playback/mse/live-edge.ts';

const step = (behindS: number, stillMs = 0) => {
  return liveStep({ currentS: 100, startS: 50, endS: 100 + behindS, stillMs });
};

describe('a video element near the live edge', () => {
  it('plays as it is up to a quarter of a second behind, and faster beyond', () => {
    expect(step(0.24)).toEqual({ rate: 1, seekS: undefined });
    expect(step(0.26)).toEqual({ rate: 1.05, seekS: undefined });
    expect(step(0.51)).toEqual({ rate: 1.1, seekS: undefined });
    expect(step(-1)).toEqual({ rate: 1, seekS: undefined });
  });

  it('jumps only when it is far behind', () => {
    expect(step(1.5)).toEqual({ rate: 1.1, seekS: undefined });
    expect(step(1.51).seekS).toBeCloseTo(101.41);
  });

  it('never jumps to where there is nothing', () => {
    expect(liveStep({ currentS: 0, startS: 101, endS: 101.05, stillMs: 0 }).seekS).toBe(101);
  });

  it('jumps out of a hole, and not because there is nothing to play', () => {
    expect(step(0.4, 1500).seekS).toBeUndefined();
    expect(step(0.4, 1501).seekS).toBeCloseTo(100.3);
    expect(step(0.1, 5000).seekS).toBeUndefined();
  });
});
