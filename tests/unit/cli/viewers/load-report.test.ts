import { describe, expect, it } from 'vitest';
import { formatReport, summarize } from '../../../../src/cli/viewers/load-report.ts';
import { Measures } from '../../../../src/cli/viewers/measures.ts';

const PLAN = {
  url: 'http://127.0.0.1/hls/demo/index.m3u8',
  viewers: 2,
  rampSeconds: 0,
  seconds: 10,
  threads: 2,
  h2: false,
  insecure: false,
  wallOffsetMs: 0,
};

function thread(listedMs: number, stalls: number): Measures {
  const measures = new Measures(0);
  measures.answer('update', 400, 10);
  measures.answer('media', 99_600, 20);
  measures.listed('/a', listedMs);
  measures.complete('/a', 40, 90);
  measures.gone([{ started: true, stalls, stalledMs: stalls * 100 }]);
  return measures;
}

describe('the report of a load', () => {
  const measured = [thread(10, 0), thread(15, 2)];
  measured[0]?.error('media: HTTP 404');
  measured[1]?.error('media: HTTP 404');
  measured[1]?.error('playlist: cut off');
  const report = summarize(PLAN, {
    measured: measured.map((one) => one.measured),
    seconds: 2,
    loopDelayP99Ms: 3,
  });

  it('sums up what all threads measured', () => {
    expect(report).toMatchObject({
      played: 2,
      deliveryMs: { count: 2, p50: 30, max: 30 },
      latencyMs: { count: 2, p50: 90 },
      glassToGlassMs: undefined,
      stalls: 2,
      stalledViewers: 1,
      stalledMs: 200,
      errors: { 'media: HTTP 404': 2, 'playlist: cut off': 1 },
      errorCount: 3,
      requestsPerSecond: 2,
      bytesPerSecond: 100_000,
      updateShare: 1,
    });
  });

  it('is a table with the errors by kind, the most frequent first', () => {
    const text = formatReport(report);
    expect(text).toMatch(/^2 viewers over HTTP\/1\.1 for 2\.0 s, 2 had a picture\n/);
    expect(text).toMatch(/listed to complete +30 +30 +30 +30 +2\n/);
    expect(text).toMatch(/glass to glass, simulated +- +- +- +- +0\n/);
    expect(text).toMatch(/requests +2 a second, 0\.8 Mbit\/s\n/);
    expect(text).toMatch(/errors +3\n +2 {2}media: HTTP 404\n +1 {2}playlist: cut off\n$/);
  });
});
