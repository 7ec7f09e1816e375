import { describe, expect, it } from 'vitest';
import { DelayMeter } from '../../../../src/protocol/flow/delay-meter.ts';

const ORIGIN_MS = 1e9;

/** Frames sent 100 ms apart that were so long on the way. */
function meterOf(
  ways: readonly number[],
  extra: { ownMs?: number; runMs?: number; steady?: boolean } = {},
): DelayMeter {
  const meter = new DelayMeter();
  for (const [index, way] of ways.entries()) {
    const sentMs = index * 100;
    const { ownMs = 0, runMs = 1e6, steady = true } = extra;
    const received = { sentMs, oldestMs: sentMs, receivedMs: ORIGIN_MS + sentMs + way, nowMs: sentMs + way + 5 };
    meter.add({ ...received, ownMs, runMs }, steady);
  }
  return meter;
}

describe('DelayMeter', () => {
  it('measures against the shortest way, whatever the clocks', () => {
    const meter = meterOf([30, 20, 90]);
    expect(meter.delayMs).toBe(70);
    expect(meter.roundTripMs).toBe(25);
  });

  it('forgets the shortest way after ten seconds', () => {
    const ways = Array.from({ length: 120 }, (_, index) => (index === 0 ? 20 : 60));
    expect(meterOf(ways.slice(0, 50)).delayMs).toBe(40);
    expect(meterOf(ways).delayMs).toBe(0);
  });

  it('does not hold its own size against a frame', () => {
    expect(meterOf([20, 90], { ownMs: 50 }).delayMs).toBe(20);
  });

  it('knows a restless line by delays that vanish faster than a queue drains', () => {
    const ways = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? 20 : 120));
    expect(meterOf(ways).jitterMs).toBeGreaterThan(60);
    expect(meterOf(ways, { steady: false }).jitterMs).toBe(0);
    const drains = Array.from({ length: 20 }, (_, index) => 600 - index * 29);
    expect(meterOf(drains).jitterMs).toBe(0);
  });

  it('knows a restless line by delays of frames that had nothing before them', () => {
    const ways = [20, ...Array.from({ length: 20 }, () => 100)];
    expect(meterOf(ways, { runMs: 10 }).jitterMs).toBeCloseTo(70, 0);
  });

  it('tolerates 100 ms at most', () => {
    const ways = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? 20 : 2000));
    expect(meterOf(ways).jitterMs).toBeGreaterThan(95);
    expect(meterOf(ways).jitterMs).toBeLessThanOrEqual(100);
  });

  it('knows how much acknowledgements are late by themselves, up to 200 ms, and forgets it', () => {
    const meter = new DelayMeter();
    let sentMs = 0;
    const acknowledge = (ackMs: number): number => {
      sentMs += 100;
      const received = { sentMs, oldestMs: sentMs, receivedMs: ORIGIN_MS + sentMs + 20, nowMs: sentMs + 20 + ackMs };
      meter.add({ ...received, ownMs: 0, runMs: 1e6 }, true);
      return meter.ackJitterMs;
    };
    acknowledge(10);
    expect(acknowledge(90)).toBeCloseTo(80);
    expect(acknowledge(900)).toBe(200);
    for (let index = 0; index < 100; index += 1) acknowledge(10);
    expect(meter.ackJitterMs).toBeLessThan(30);
    expect(meter.delayMs).toBe(0);
  });

  it('knows how late they are of late, which a queue does not make them', () => {
    const meter = new DelayMeter();
    let sentMs = 0;
    const acknowledge = (afterMs: number, way: number): number => {
      const oldestMs = sentMs + 5;
      sentMs += afterMs;
      const receivedMs = ORIGIN_MS + sentMs + way;
      meter.add({ sentMs, oldestMs, receivedMs, nowMs: sentMs + way + 5, ownMs: 0, runMs: 1e6 }, true);
      return meter.ackLateMs;
    };
    acknowledge(100, 20);
    expect(acknowledge(100, 20)).toBe(0);
    expect(acknowledge(100, 80)).toBe(0);
    // The word came at once, but 60 ms after it was due for the frame that had waited longest.
    expect(acknowledge(165, 20)).toBe(60);
    expect(acknowledge(900, 20)).toBe(200);
  });

  it('starts anew on another way', () => {
    const meter = meterOf([20, 90]);
    meter.clear();
    expect([meter.delayMs, meter.jitterMs, meter.roundTripMs]).toEqual([0, 0, undefined]);
  });
});
