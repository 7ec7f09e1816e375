import { describe, expect, it } from 'vitest';
import { SoundSignals, readSound } from '../../../../web/signal/sound-signals.ts';

const COUNT = 24_000;

/** A sine whose mean level is `levelDb`. */
function tone(levelDb: number): Float32Array {
  const peak = Math.SQRT2 * 10 ** (levelDb / 20);
  return Float32Array.from({ length: COUNT }, (_, index) => peak * Math.sin((index * 2 * Math.PI) / 48));
}

/** Noise of a quiet room with `count` samples at full scale. */
function clipped(count: number): Float32Array {
  return Float32Array.from({ length: COUNT }, (_, index) => (index < count ? (index % 2 === 0 ? 1 : -1) : 0.01));
}

/** Twice a second, for so long. */
function listen(signals: SoundSignals, samples: Float32Array, fromMs: number, toMs: number): void {
  for (let now = fromMs; now <= toMs; now += 500) signals.update(readSound(samples), now);
}

describe('readSound', () => {
  it('measures the level against a full square wave', () => {
    expect(readSound(tone(-20)).levelDb).toBeCloseTo(-20, 3);
    expect(readSound(new Float32Array(COUNT)).levelDb).toBe(Number.NEGATIVE_INFINITY);
    expect(readSound(new Float32Array(0)).clipped).toBe(0);
  });

  it.each([
    [0.99, 1],
    [-0.99, 1],
    [0.9899, 0],
  ])('takes %d for full scale: %i', (sample, share) => {
    expect(readSound(Float32Array.of(sample)).clipped).toBe(share);
  });
});

describe('a microphone', () => {
  it.each([
    ['zeros', new Float32Array(COUNT)],
    ['less than its own noise', tone(-80.1)],
  ])('that gives %s is silent after 5 s', (_, samples) => {
    const signals = new SoundSignals();
    listen(signals, samples, 0, 4500);
    expect(signals.silence).toBe(false);
    signals.update(readSound(samples), 5000);
    expect(signals.silence).toBe(true);
  });

  it('with noise of its own is not', () => {
    const signals = new SoundSignals();
    listen(signals, tone(-79.9), 0, 60_000);
    expect(signals.silence).toBe(false);
  });

  it('that was heard, in a quiet room behind a noise suppressor, is not silent until it gives zeros', () => {
    const signals = new SoundSignals();
    listen(signals, tone(-30), 0, 0);
    listen(signals, tone(-90), 500, 60_000);
    expect(signals.silence).toBe(false);
    listen(signals, new Float32Array(COUNT), 60_500, 65_500);
    expect(signals.silence).toBe(true);
  });

  it('that is heard again is not silent any more', () => {
    const signals = new SoundSignals();
    listen(signals, new Float32Array(COUNT), 0, 5000);
    listen(signals, tone(-30), 5500, 6000);
    expect(signals.silence).toBe(false);
  });

  it.each([
    [48, false],
    [49, true],
  ])('with %i of 24000 samples at full scale, for 3 s: clips: %s', (count, clips) => {
    const signals = new SoundSignals();
    listen(signals, clipped(count), 0, 2500);
    expect(signals.clipping).toBe(clips);
  });

  it('that clips in one loud word does so for 5 s', () => {
    const signals = new SoundSignals();
    listen(signals, clipped(COUNT / 20), 0, 0);
    expect(signals.clipping).toBe(true);
    listen(signals, clipped(0), 500, 7500);
    expect(signals.clipping).toBe(true);
    listen(signals, clipped(0), 8000, 8000);
    expect(signals.clipping).toBe(false);
  });

  it('that is switched off and on begins anew', () => {
    const signals = new SoundSignals();
    listen(signals, new Float32Array(COUNT), 0, 5000);
    signals.update(readSound(clipped(COUNT)), 5500);
    signals.reset();
    expect([signals.silence, signals.clipping]).toEqual([false, false]);
  });
});
