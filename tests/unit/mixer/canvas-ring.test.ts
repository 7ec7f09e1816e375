import { describe, expect, it } from 'vitest';
import { CanvasRing } from '../../../src/mixer/canvas-ring.ts';

describe('CanvasRing', () => {
  it('has as many canvases as it was made with, and none beyond', () => {
    const ring = new CanvasRing(3, 16, 8);
    const taken = [ring.take(), ring.take(), ring.take()];
    expect(new Set(taken).size).toBe(3);
    expect(taken.every((canvas) => canvas?.width === 16 && canvas.height === 8)).toBe(true);
    expect(ring.take()).toBeUndefined();
  });

  it('gives the one that rested longest', () => {
    const ring = new CanvasRing(2, 16, 8);
    const [first, second] = [ring.take(), ring.take()];
    if (!first || !second) throw new Error('Two were promised');
    ring.give(second);
    ring.give(first);
    expect([ring.take(), ring.take(), ring.take()]).toEqual([second, first, undefined]);
  });
});
