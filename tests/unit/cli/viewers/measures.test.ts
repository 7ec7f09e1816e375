import { describe, expect, it } from 'vitest';
import { deliveries, Measures } from '../../../../src/cli/viewers/measures.ts';

describe('what viewers measure', () => {
  it('counts answers and times from the moment at which everybody has joined, errors and starts always', () => {
    const measures = new Measures(1000);
    for (const nowMs of [900, 1100]) {
      measures.answer('update', 100, nowMs);
      measures.answer('media', 1000, nowMs);
      measures.listed('/a', nowMs);
      measures.complete('/a', nowMs, 70);
      measures.shown(1500, nowMs);
      measures.error('playlist: HTTP 503');
      measures.started(12);
    }
    expect(measures.measured).toMatchObject({
      parts: [{ uri: '/a', listedMs: 900, completeMs: [1100] }],
      latencyMs: [70],
      glassToGlassMs: [1500],
      startMs: [12, 12],
      errors: { 'playlist: HTTP 503': 2 },
      requests: 2,
      bytes: 1100,
      playlists: 1,
      updates: 1,
    });
  });

  it('sums up errors of the fifty-first kind and later', () => {
    const measures = new Measures(0);
    for (let kind = 0; kind < 53; kind += 1) measures.error(`kind ${kind}`);
    const { errors } = measures.measured;
    expect(Object.keys(errors)).toHaveLength(51);
    expect(errors['others']).toBe(3);
    expect(measures.errorCount).toBe(53);
  });

  it('counts viewers that stalled and those that had a picture', () => {
    const measures = new Measures(0);
    const well = { started: true, stalls: 0, stalledMs: 0 };
    measures.gone([{ started: true, stalls: 2, stalledMs: 300 }]);
    measures.gone([{ started: false, stalls: 0, stalledMs: 0 }]);
    measures.gone([well, { started: true, stalls: 1, stalledMs: 50 }]);
    measures.gone([well, { ...well, started: false }]);
    expect(measures.measured).toMatchObject({ stalls: 3, stalledMs: 350, stalledViewers: 2, playedViewers: 2 });
  });
});

describe('the delivery of a part', () => {
  it('begins with the first answer of all threads that lists it', () => {
    const threads = [100, 80].map((listedMs) => {
      const measures = new Measures(0);
      measures.listed('/a', listedMs);
      measures.listed('/a', listedMs + 50);
      measures.complete('/a', 130, undefined);
      return measures.measured;
    });
    expect(deliveries(threads)).toEqual([50, 50]);
  });
});
