import { describe, expect, it } from 'vitest';
import { StallMargin } from '../../../../web/controllers/stall-margin.ts';

describe('the margin of somebody whose picture has stood still', () => {
  it('grows with each standstill, up to what it may be', () => {
    const margin = new StallMargin();
    expect(margin.seconds).toBe(0);
    const seen = [1, 2, 3, 4, 5].map((second) => {
      margin.stalled(second * 1000, 2);
      return margin.seconds;
    });
    expect(seen).toEqual([0.5, 1, 1.5, 2, 2]);
  });

  it('shrinks with each good minute, until there is none', () => {
    const margin = new StallMargin();
    margin.stalled(1000, 2);
    margin.stalled(5000, 2);
    expect([margin.look(64_999), margin.seconds]).toEqual([false, 1]);
    expect([margin.look(65_000), margin.seconds]).toEqual([true, 0.5]);
    expect([margin.look(65_000), margin.look(124_999), margin.seconds]).toEqual([false, false, 0.5]);
    expect([margin.look(125_000), margin.seconds]).toEqual([true, 0]);
    expect([margin.look(900_000), margin.seconds]).toEqual([false, 0]);
  });

  it('waits for a good minute once more after another standstill', () => {
    const margin = new StallMargin();
    margin.stalled(0, 2);
    margin.stalled(59_999, 2);
    expect([margin.look(60_000), margin.look(119_998), margin.look(119_999), margin.seconds]).toEqual([
      false,
      false,
      true,
      0.5,
    ]);
  });
});
