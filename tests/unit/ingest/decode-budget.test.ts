import { describe, expect, it } from 'vitest';
import { DecodeBudget } from '../../../src/ingest/decode-budget.ts';

const MEGA = 1e6;

describe('the decode budget of a room', () => {
  it('is granted up to its last pixel, and not beyond', () => {
    const budget = new DecodeBudget(100);
    const [first, second, third] = [{}, {}, {}];
    expect(budget.claim(first, 'ana', 50 * MEGA)).toBeUndefined();
    expect(budget.claim(second, 'ben', 50 * MEGA)).toBeUndefined();
    expect(budget.claim(third, 'cleo', 1)).toMatch(/100\.0 million pixels a second together, of which 100\.0 million/);
  });

  it('gives nobody more than half of it', () => {
    const budget = new DecodeBudget(100);
    const [camera, screen] = [{}, {}];
    expect(budget.claim(camera, 'ana', 30 * MEGA)).toBeUndefined();
    expect(budget.claim(screen, 'ana', 20 * MEGA + 1)).toMatch(/of one participant may have 50\.0 million/);
    expect(budget.claim(screen, 'ana', 20 * MEGA)).toBeUndefined();
  });

  it('counts a new claim of a track in place of its old one, which stays when the new one is too much', () => {
    const budget = new DecodeBudget(100);
    const [ana, ben] = [{}, {}];
    budget.claim(ana, 'ana', 50 * MEGA);
    expect(budget.claim(ana, 'ana', 40 * MEGA)).toBeUndefined();
    expect(budget.claim(ana, 'ana', 51 * MEGA)).toBeDefined();
    expect(budget.claim(ben, 'ben', 50 * MEGA)).toBeUndefined();
    expect(budget.claim({}, 'cleo', 10 * MEGA)).toBeUndefined();
    expect(budget.claim({}, 'cleo', 1)).toBeDefined();
  });

  it('takes back what is released', () => {
    const budget = new DecodeBudget(100);
    const track = {};
    budget.claim(track, 'ana', 50 * MEGA);
    budget.release(track);
    budget.release(track);
    expect(budget.claim({}, 'ana', 50 * MEGA)).toBeUndefined();
  });
});
