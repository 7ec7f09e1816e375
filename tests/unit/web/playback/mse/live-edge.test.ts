import { describe, expect, it } from 'vitest';
import { type LiveState, liveStep } from '../../../../../web/playback/mse/live-edge.ts';

const near = { currentS: 100, startS: 50, stillMs: 0, rate: 1, fresh: false } as const;
const step = (behindS: number, changes: Partial<LiveState> = {}) => {
  return liveStep({ ...near, endS: 100 + behindS, ...changes });
};

describe('a video element near the live edge', () => {
  it('plays as it is up to a quarter of a second behind, and faster beyond', () => {
    expect(step(0.24)).toEqual({ rate: 1, seekS: undefined });
    expect(step(0.26)).toEqual({ rate: 1.05, seekS: undefined });
    expect(step(0.51)).toEqual({ rate: 1.1, seekS: undefined });
    expect(step(0.81)).toEqual({ rate: 1.2, seekS: undefined });
  });

  it('plays slower when hardly anything is left', () => {
    expect(step(0.06).rate).toBe(1);
    expect(step(0.04).rate).toBe(0.95);
    expect(step(-0.19).rate).toBe(0.95);
    expect(step(-0.21).rate).toBe(1);
  });

  it('keeps its pace until the reason for it is gone', () => {
    expect(step(0.2, { rate: 1.05 }).rate).toBe(1.05);
    expect(step(0.18, { rate: 1.05 }).rate).toBe(1);
    expect(step(0.45, { rate: 1.1 }).rate).toBe(1.1);
    expect(step(0.43, { rate: 1.1 }).rate).toBe(1.05);
    expect(step(0.1, { rate: 0.95 }).rate).toBe(0.95);
    expect(step(0.12, { rate: 0.95 }).rate).toBe(1);
  });

  it('jumps only when it is far behind', () => {
    expect(step(1.5)).toEqual({ rate: 1.2, seekS: undefined });
    expect(step(1.51).seekS).toBeCloseTo(101.36);
  });

  it('begins at the live edge', () => {
    expect(step(0.39, { fresh: true }).seekS).toBeUndefined();
    expect(step(0.41, { fresh: true }).seekS).toBeCloseTo(100.26);
  });

  it('never jumps to where there is nothing', () => {
    expect(step(1.06, { currentS: 0, startS: 101 }).seekS).toBe(101);
    expect(step(1.04, { currentS: 0, startS: 101 }).seekS).toBeUndefined();
    expect(step(1, { currentS: 0, startS: 103, stillMs: 9000 }).seekS).toBeUndefined();
  });

  it('jumps out of a hole at once, and not because there is nothing to play', () => {
    expect(step(0.5, { startS: 100.2, stillMs: 200 }).seekS).toBeUndefined();
    expect(step(0.5, { startS: 100.2, stillMs: 201 }).seekS).toBeCloseTo(100.35);
    expect(step(0.1, { stillMs: 5000 }).seekS).toBeUndefined();
  });

  it('gives a browser that stands still with something to play its time', () => {
    expect(step(0.4, { stillMs: 1500 }).seekS).toBeUndefined();
    expect(step(0.4, { stillMs: 1501 }).seekS).toBeCloseTo(100.25);
  });
});
