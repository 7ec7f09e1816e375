import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CaptureAnchor, CaptureTimeline } from '../../../src/ingest/capture-time.ts';

const SECOND = 1_000_000;
const HOUR = 3600 * SECOND;
/** Where our clock stands when a test begins. */
const START = 500 * SECOND;

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function timeline(anchor = new CaptureAnchor()) {
  const jumps: number[] = [];
  const line = new CaptureTimeline(anchor, (jump) => jumps.push(jump));
  return { jumps, next: (captureUs: number, arrivalUs: number) => line.next(captureUs, arrivalUs) };
}

describe('capture times of one track', () => {
  it('begin at the arrival of the first frame, whatever origin the sender’s clock has', () => {
    for (const origin of [0, 77, 40 * 365 * 24 * HOUR, 2 ** 53 - 1 - 10 * SECOND]) {
      const { jumps, next } = timeline();
      expect(next(origin, START)).toBe(START);
      expect(next(origin + 33_333, START + 90_000)).toBe(START + 33_333);
      expect(jumps).toEqual([]);
    }
  });

  it('do not wander with the jitter of arrivals', () => {
    const { next } = timeline();
    const arrivals = [0, 80_000, 81_000, 81_500, 170_000];
    expect(arrivals.map((late, index) => next(index * 20_000, START + late) - START)).toEqual([
      0, 20_000, 40_000, 60_000, 80_000,
    ]);
  });

  it.each([
    [2 * SECOND, 'is kept', 2 * SECOND, []],
    [2 * SECOND + 1, 'is taken as now', 1000, [2 * SECOND + 1]],
    [10 * HOUR, 'is taken as now', 1000, [10 * HOUR]],
  ])('%i µs in the future of its arrival %s', (ahead, _, expected, jumpsExpected) => {
    const { jumps, next } = timeline();
    next(20 * HOUR, START);
    expect(next(20 * HOUR + ahead, START)).toBe(START + expected);
    expect(jumps).toEqual(jumpsExpected);
  });

  it.each([
    [10 * SECOND, 'is kept', 60 * SECOND - 10 * SECOND, []],
    [10 * SECOND + 1, 'is taken as now', 60 * SECOND, [-10 * SECOND - 1]],
    [10 * HOUR, 'is taken as now', 60 * SECOND, [-10 * HOUR]],
  ])('%i µs in the past of its arrival %s', (behind, _, expected, jumpsExpected) => {
    const { jumps, next } = timeline();
    next(20 * HOUR, START);
    expect(next(20 * HOUR + 60 * SECOND - behind, START + 60 * SECOND)).toBe(START + expected);
    expect(jumps).toEqual(jumpsExpected);
  });

  it('go on from where a leap put them', () => {
    const { jumps, next } = timeline();
    next(HOUR, START);
    next(11 * HOUR, START + SECOND);
    expect(next(11 * HOUR + 20_000, START + SECOND + 50_000)).toBe(START + SECOND + 20_000);
    expect(jumps).toHaveLength(1);
  });

  it('are not moved for good by a single stray one', () => {
    const { jumps, next } = timeline();
    next(HOUR, START);
    next(HOUR + 20_000 + 5 * SECOND, START + 20_000);
    expect(next(HOUR + 40_000, START + 40_000)).toBe(START + 40_000);
    expect(jumps).toHaveLength(1);
  });

  it('rise by a millisecond where the sender repeats itself or goes back', () => {
    const { jumps, next } = timeline();
    const times = [5, 5, 4, 3, 2000, 3000].map((capture) => next(capture * 1000, START) - START);
    expect(times).toEqual([0, 1000, 2000, 3000, 1_995_000, 1_996_000]);
    expect(jumps).toEqual([2_995_000]);
  });

  it('are whole, rise, and stay in reach of their arrival, whatever is claimed', () => {
    const step = fc.record({
      capture: fc.oneof(fc.integer({ min: 0, max: 2 ** 53 - 1 }), fc.nat(30 * SECOND)),
      waited: fc.integer({ min: 0, max: 15 * SECOND }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { next } = timeline();
        let arrival = START;
        let last = Number.NEGATIVE_INFINITY;
        for (const { capture, waited } of steps) {
          arrival += waited;
          const time = next(capture, arrival);
          expect(Number.isSafeInteger(time)).toBe(true);
          expect(time).toBeGreaterThanOrEqual(last + 1000);
          expect(time).toBeGreaterThanOrEqual(arrival - 10 * SECOND - 1);
          expect(time).toBeLessThanOrEqual(Math.max(arrival + 2 * SECOND + 1, last + 1000));
          last = time;
        }
      }),
    );
  });
});

describe('capture times by a clock that runs otherwise than ours', () => {
  /** Frames of one sender whose clock runs so much faster: by how much their times are too early, and how far apart they are, microseconds. */
  function run(rate: number, { seconds, everyMs }: { seconds: number; everyMs: number }) {
    const anchor = new CaptureAnchor();
    const { jumps, next } = timeline(anchor);
    const errors: number[] = [];
    const steps: number[] = [];
    let before: number | undefined;
    let arrivalUs = 0;
    for (let index = 0; index * everyMs < seconds * 1000; index += 1) {
      const trueUs = index * everyMs * 1000;
      // From 20 to 80 ms, now and then much more; whatever comes behind waits for it.
      const wayUs = index % 50 === 7 ? 400_000 : 20_000 + ((index * 7919) % 60) * 1000;
      arrivalUs = Math.max(arrivalUs, START + trueUs + wayUs);
      const time = next(Math.round(trueUs * rate), arrivalUs);
      errors.push(START + trueUs + 20_000 - time);
      if (before !== undefined) steps.push(time - before);
      before = time;
    }
    return { jumps, errors, steps };
  }

  it.each([1.01, 0.99])('%f times as fast, are followed for an hour, to half a second', (rate) => {
    const { jumps, errors, steps } = run(rate, { seconds: 3600, everyMs: 20 });
    expect(jumps).toEqual([]);
    expect(largest(errors)).toBeLessThan(0.5 * SECOND);
    // Sound follows by resampling.
    expect(largest(steps.map((step) => step - 20_000))).toBeLessThan(2000);
  });

  it.each([1.01, 0.99])('%f times as fast, run as ours does once they are followed', (rate) => {
    const { errors } = run(rate, { seconds: 3600, everyMs: 20 });
    const minute = 60 * 50;
    const minutes = Array.from({ length: 50 }, (_, index) =>
      errors.slice((index + 10) * minute, (index + 11) * minute),
    );
    const apart = minutes.map((values) => Math.max(...values) - Math.min(...values));
    expect(Math.max(...apart)).toBeLessThan(20_000);
  });

  it.each([1 + 50e-6, 1 - 50e-6])('%f times as fast, are followed for a week, too slowly to be heard', (rate) => {
    const { jumps, errors, steps } = run(rate, { seconds: 7 * 86_400, everyMs: 1000 });
    expect(jumps).toEqual([]);
    expect(largest(errors)).toBeLessThan(0.3 * SECOND);
    expect(largest(steps.map((step) => step - SECOND))).toBeLessThan(2000);
  });

  it('are what they were after a pause, and when the way becomes longer by a quarter of a second', () => {
    const { jumps, next } = timeline();
    for (let index = 0; index < 3000; index += 1) next(index * 20_000, START + index * 20_000);
    const later = START + 4 * HOUR;
    for (let index = 0; index < 3000; index += 1) {
      const captureUs = 4 * HOUR + index * 20_000;
      expect(next(captureUs, later + index * 20_000 + 250_000)).toBe(START + captureUs);
    }
    expect(jumps).toEqual([]);
  });

  it('follow a clock that stood still for five seconds so slowly that it cannot be heard', () => {
    const { jumps, next } = timeline();
    let before = 0;
    for (let index = 0; index < 90_000; index += 1) {
      const stoodStillUs = index < 3000 ? 0 : 5 * SECOND;
      const time = next(index * 20_000, START + index * 20_000 + stoodStillUs);
      if (index > 0) expect(Math.abs(time - before - 20_000)).toBeLessThanOrEqual(20_000 * 0.0051 + 1);
      before = time;
    }
    expect(Math.abs(before - START - 89_999 * 20_000 - 5 * SECOND)).toBeLessThanOrEqual(300_000);
    expect(jumps).toEqual([]);
  });

  it('follow a line that is full for a minute so slowly that it cannot be heard, and come back', () => {
    const { jumps, next } = timeline();
    let before = 0;
    for (let index = 0; index < 30_000; index += 1) {
      const fullUs = index >= 3000 && index < 6000 ? 800_000 : 0;
      const time = next(index * 20_000, START + index * 20_000 + fullUs);
      if (index > 0) expect(Math.abs(time - before - 20_000)).toBeLessThanOrEqual(20_000 * 0.0051 + 1);
      before = time;
    }
    expect(Math.abs(before - START - 29_999 * 20_000)).toBeLessThanOrEqual(250_000);
    expect(jumps).toEqual([]);
  });

  it.each([12, 17, 30])('are what they were when what was held up for %i seconds has come in one burst', (seconds) => {
    const { next } = timeline();
    const heldUp = { fromUs: 60 * SECOND, toUs: (60 + seconds) * SECOND };
    for (let trueUs = 0; trueUs < 600 * SECOND; trueUs += 20_000) {
      const isHeldUp = trueUs >= heldUp.fromUs && trueUs < heldUp.toUs;
      const time = next(trueUs, START + (isHeldUp ? heldUp.toUs : trueUs));
      // Times only rise, so what the burst put ahead has to pass first.
      if (trueUs > heldUp.toUs + 5 * SECOND) expect(time).toBe(START + trueUs);
    }
  });

  it('follow the first of two clocks of one sender, whichever runs otherwise', () => {
    const anchor = new CaptureAnchor();
    const [voice, face] = [timeline(anchor), timeline(anchor)];
    for (let trueUs = 0; trueUs < 600 * SECOND; trueUs += 20_000) {
      const spoken = voice.next(HOUR + Math.round(trueUs * 0.999), START + trueUs);
      const seen = face.next(Math.round(trueUs * 0.999), START + trueUs + 15_000);
      expect(Math.abs(spoken - START - trueUs)).toBeLessThan(0.3 * SECOND);
      expect(Math.abs(seen - spoken - 15_000)).toBeLessThan(1000);
    }
    expect([voice.jumps.length, face.jumps.length]).toEqual([0, 1]);
  });

  it('belong to both tracks alike', () => {
    const anchor = new CaptureAnchor();
    const voice = timeline(anchor);
    const face = timeline(anchor);
    for (let index = 0; index < 60_000; index += 1) {
      const captureUs = Math.round(index * 20_000 * 1.01);
      const spoken = voice.next(captureUs, START + index * 20_000);
      // The face of the same moment takes longer.
      if (index % 2 === 0) {
        const seen = face.next(captureUs, START + index * 20_000 + 15_000);
        expect(Math.abs(seen - spoken)).toBeLessThan(1000);
      }
    }
  });

  it('are tied anew by a leap, and followed from there', () => {
    const { jumps, next } = timeline();
    const sent = (fromUs: number, atUs: number): void => {
      for (let index = 0; index < 60_000; index += 1) {
        const time = next(fromUs + Math.round(index * 20_000 * 1.01), atUs + index * 20_000);
        expect(Math.abs(time - atUs - index * 20_000)).toBeLessThan(1.5 * SECOND);
      }
    };
    sent(0, START);
    sent(20 * HOUR, START + 1200 * SECOND);
    expect(jumps).toHaveLength(1);
  });
});

describe('capture times of two tracks of one sender', () => {
  it('stay in step, whichever arrives first and how late', () => {
    const anchor = new CaptureAnchor();
    const voice = timeline(anchor);
    const face = timeline(anchor);
    expect(voice.next(HOUR, START)).toBe(START);
    expect(face.next(HOUR - 40_000, START + 300_000)).toBe(START - 40_000);
  });

  it('stay in step when the sender’s clock leaps', () => {
    const anchor = new CaptureAnchor();
    const voice = timeline(anchor);
    const face = timeline(anchor);
    voice.next(HOUR, START);
    face.next(HOUR, START);
    const later = START + SECOND;
    const spoken = voice.next(9 * HOUR, later);
    // The face of the same moment is 150 ms longer on its way.
    expect(face.next(9 * HOUR, later + 150_000)).toBe(spoken);
  });

  it('of different origins are told apart, and each goes on from its own', () => {
    const anchor = new CaptureAnchor();
    const voice = timeline(anchor);
    const face = timeline(anchor);
    voice.next(HOUR, START);
    expect(face.next(0, START + 50_000)).toBe(START + 50_000);
    expect(face.next(40_000, START + 95_000)).toBe(START + 90_000);
    expect(voice.next(HOUR + 60_000, START + 60_000)).toBe(START + 60_000);
    expect([voice.jumps.length, face.jumps.length]).toEqual([0, 1]);
  });

  it('come together again after one of them was held up for long', () => {
    const anchor = new CaptureAnchor();
    const voice = timeline(anchor);
    const face = timeline(anchor);
    voice.next(0, START);
    face.next(0, START);
    // For 15 s no picture comes through; then they come in one burst.
    const arrival = START + 15 * SECOND;
    for (let capture = SECOND; capture <= 15 * SECOND; capture += 100_000) face.next(capture, arrival);
    expect(voice.next(15.1 * SECOND, START + 15.1 * SECOND)).toBe(START + 15.1 * SECOND);
    // Times only rise, so the frames of the burst have to pass first.
    expect(face.next(17.3 * SECOND, START + 17.3 * SECOND)).toBe(START + 17.3 * SECOND);
  });
});
