import { describe, expect, it } from 'vitest';
import { EarlyParts, MAX_EARLY_PARTS } from '../../../src/server/early-parts.ts';
import { testPart } from '../../helpers/log-parts.ts';

describe('parts that are made before the log is open', () => {
  it.each([MAX_EARLY_PARTS, MAX_EARLY_PARTS + 1])('wait for it, forty of %i', (count) => {
    const early = new EarlyParts();
    const parts = Array.from({ length: count }, (_, index) => testPart(index));
    for (const part of parts) early.add(part);
    expect(early.take()).toEqual(parts.slice(0, MAX_EARLY_PARTS));
  });

  it('are given away once', () => {
    const early = new EarlyParts();
    early.add(testPart(0));
    early.take();
    early.add(testPart(1));
    expect(early.take()).toEqual([testPart(1)]);
  });
});
