import { describe, expect, it } from 'vitest';
import { ordersFor } from '../../../../src/cli/viewers/viewer-threads.ts';

const PLAN = {
  url: 'http://127.0.0.1/hls/demo/index.m3u8',
  viewers: 5,
  rampSeconds: 1,
  seconds: 10,
  threads: 2,
  h2: false,
  insecure: false,
  wallOffsetMs: 0,
};

describe('viewers in threads', () => {
  it('join one after the other, in threads that take turns, and go together', () => {
    const orders = ordersFor(PLAN, 1000);
    expect(orders.map(({ joinMs }) => joinMs)).toEqual([
      [1000, 1400, 1800],
      [1200, 1600],
    ]);
    expect(orders.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [2000, 12_000],
      [2000, 12_000],
    ]);
  });

  it('are no more threads than viewers', () => {
    expect(ordersFor({ ...PLAN, viewers: 1, threads: 8 }, 0)).toHaveLength(1);
  });
});
