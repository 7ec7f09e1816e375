import { describe, expect, it } from 'vitest';
import { ClockDoubt, type DoubtReason, FAR_MS } from '../../../src/util/clock-doubt.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function doubtOf(seenAgoMs?: number) {
  const clock = new FakeClock();
  const reasons: DoubtReason[] = [];
  const seenMs = seenAgoMs === undefined ? undefined : clock.wallMs() - seenAgoMs;
  return { clock, reasons, doubt: new ClockDoubt(clock, (reason) => reasons.push(reason), seenMs) };
}

describe('a clock', () => {
  it('is doubted for an hour once it was set ahead by more than five minutes', () => {
    const { clock, doubt, reasons } = doubtOf();
    expect(doubt.look()).toBe(false);
    clock.jumpWall(5 * MINUTE);
    expect(doubt.look()).toBe(false);
    clock.jumpWall(5 * MINUTE + 1);
    expect(doubt.look()).toBe(true);
    clock.advance(HOUR - 1);
    expect(doubt.look()).toBe(true);
    clock.advance(1);
    expect(doubt.look()).toBe(false);
    expect(reasons).toEqual(['set']);
  });

  it('that has gone on while nobody was there is doubted for an hour, and nobody told', () => {
    expect(doubtOf(5 * MINUTE).doubt.look()).toBe(false);
    const { clock, doubt, reasons } = doubtOf(FAR_MS);
    expect(doubt.look()).toBe(true);
    expect(doubt.believedMs).toBe(clock.wallMs());
    clock.advance(HOUR);
    expect(doubt.look()).toBe(false);
    expect(reasons).toEqual([]);
    clock.jumpWall(HOUR);
    expect(doubt.look()).toBe(true);
    expect(reasons).toEqual(['set']);
  });

  it('that is more than ninety days ahead is doubted until it is set right', () => {
    const { clock, doubt, reasons } = doubtOf(FAR_MS + 1);
    const seenMs = clock.wallMs() - FAR_MS - 1;
    expect(doubt.look()).toBe(true);
    clock.advance(FAR_MS);
    expect(doubt.look()).toBe(true);
    // Another start is to doubt it, too.
    expect(doubt.believedMs).toBe(seenMs + FAR_MS);
    expect(reasons).toEqual(['far']);
    clock.jumpWall(-FAR_MS);
    expect(doubt.look()).toBe(false);
    expect(doubt.believedMs).toBe(clock.wallMs());
  });

  it('that was set ahead by years while somebody looked is doubted as long', () => {
    const { clock, doubt, reasons } = doubtOf();
    doubt.look();
    clock.jumpWall(FAR_MS + 1);
    expect(doubt.look()).toBe(true);
    clock.advance(10 * HOUR);
    expect(doubt.look()).toBe(true);
    expect(reasons).toEqual(['far']);
    clock.jumpWall(-FAR_MS - 1);
    expect(doubt.look()).toBe(false);
  });

  it('that was set back is believed, and what it said before is remembered for a day', () => {
    const { clock, doubt } = doubtOf(-10 * FAR_MS);
    const seenMs = clock.wallMs() + 10 * FAR_MS;
    expect(doubt.look()).toBe(false);
    clock.advance(24 * HOUR - 1);
    expect(doubt.look()).toBe(false);
    expect(doubt.believedMs).toBe(seenMs + 24 * HOUR - 1);
    clock.advance(1);
    expect(doubt.look()).toBe(false);
    expect(doubt.believedMs).toBe(clock.wallMs());
    clock.jumpWall(10 * FAR_MS);
    expect(doubt.look()).toBe(true);
    clock.advance(HOUR);
    expect(doubt.look()).toBe(true);
  });

  it('that begins years back, as without a battery, and is set right soon is doubted for an hour', () => {
    const { clock, doubt, reasons } = doubtOf(-100 * FAR_MS);
    expect(doubt.look()).toBe(false);
    clock.advance(MINUTE);
    clock.jumpWall(101 * FAR_MS);
    expect(doubt.look()).toBe(true);
    expect(reasons).toEqual(['set']);
    clock.advance(HOUR);
    expect(doubt.look()).toBe(false);
    expect(doubt.believedMs).toBe(clock.wallMs());
    clock.jumpWall(FAR_MS + 1);
    expect(doubt.look()).toBe(true);
    expect(reasons).toEqual(['set', 'far']);
  });

  it('that was never set is not believed, nor for an hour after it was, and what it said is nothing to be ahead of', () => {
    const clock = new FakeClock(Date.UTC(2025, 0, 1) - 1);
    const reasons: DoubtReason[] = [];
    const doubt = new ClockDoubt(clock, (reason) => reasons.push(reason), 5 * MINUTE);
    expect(doubt.look()).toBe(true);
    clock.advance(HOUR - 1);
    expect(doubt.look()).toBe(true);
    clock.advance(1);
    expect(doubt.look()).toBe(false);
    clock.jumpWall(-FAR_MS);
    expect(doubt.look()).toBe(true);
    expect(doubt.believedMs).toBe(clock.wallMs() + FAR_MS);
    clock.jumpWall(FAR_MS);
    expect(doubt.look()).toBe(true);
    clock.advance(HOUR);
    expect(doubt.look()).toBe(false);
    expect(reasons).toEqual([]);
    // The very first of all, before anything was noted.
    const first = new FakeClock(0);
    const anew = new ClockDoubt(first, (reason) => reasons.push(reason));
    expect(anew.look()).toBe(true);
    first.jumpWall(Date.UTC(2026, 0, 1));
    expect(anew.look()).toBe(true);
    first.advance(HOUR);
    expect(anew.look()).toBe(false);
    expect(reasons).toEqual([]);
  });

  it('that is set back twice is remembered by the latest time, and set back by little it is not', () => {
    const { clock, doubt } = doubtOf();
    doubt.look();
    const firstMs = clock.wallMs();
    clock.jumpWall(-HOUR);
    doubt.look();
    clock.jumpWall(-HOUR);
    doubt.look();
    expect(doubt.believedMs).toBe(firstMs);
    const little = doubtOf();
    little.doubt.look();
    little.clock.jumpWall(-5 * MINUTE);
    little.doubt.look();
    expect(little.doubt.believedMs).toBe(little.clock.wallMs());
  });
});
