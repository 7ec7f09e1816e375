import { describe, expect, it } from 'vitest';
import { PictureSignals, THUMBNAIL, isBlack, isSame, lumaOf } from '../../../../web/signal/picture-signals.ts';

const COUNT = THUMBNAIL.width * THUMBNAIL.height;

function grey(value: number): Float32Array {
  return new Float32Array(COUNT).fill(value);
}

/** Half of it brighter, half of it darker by `deviation`. */
function uneven(mean: number, deviation: number): Float32Array {
  return Float32Array.from({ length: COUNT }, (_, index) => mean + (index % 2 === 0 ? deviation : -deviation));
}

/** A picture with the noise of a camera: another one for each number. */
function noisy(number: number): Float32Array {
  return Float32Array.from({ length: COUNT }, (_, index) => 100 + ((index * 7 + number * 13) % 5));
}

describe('a thumbnail', () => {
  it('is as bright as its colours', () => {
    const pixels = Uint8ClampedArray.of(255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255);
    expect([...lumaOf(pixels)].map((value) => Math.round(value))).toEqual([76, 150, 29, 255]);
  });

  it.each([
    [grey(16), true],
    [grey(16.1), false],
    [uneven(10, 3.4), true],
    [uneven(10, 3.5), false],
  ])('is black when it is dark and even (%#)', (luma, black) => {
    expect(isBlack(luma)).toBe(black);
  });

  it('is the same while hardly a pixel changes', () => {
    const before = grey(100);
    const changed = (by: number): Float32Array => before.map((value, index) => (index === 0 ? value + by : value));
    expect(isSame(changed(11), before)).toBe(true);
    expect(isSame(changed(12), before)).toBe(false);
  });
});

describe('a camera', () => {
  function watch(signals: PictureSignals, pictureAt: (second: number) => Float32Array, from: number, to: number): void {
    for (let second = from; second <= to; second += 1) signals.update(pictureAt(second), second * 1000);
  }

  it('that gives black is said to after 4 s, and not to be frozen as well', () => {
    const signals = new PictureSignals();
    watch(signals, () => grey(2), 0, 3);
    expect(signals.black).toBe(false);
    watch(signals, () => grey(2), 4, 30);
    expect([signals.black, signals.frozen]).toEqual([true, false]);
    watch(signals, noisy, 31, 32);
    expect(signals.black).toBe(false);
  });

  it('that gives one picture is said to be frozen after 8 s of it', () => {
    const signals = new PictureSignals();
    // The first picture is like no other.
    watch(signals, () => noisy(0), 0, 8);
    expect(signals.frozen).toBe(false);
    watch(signals, () => noisy(0), 9, 9);
    expect([signals.black, signals.frozen]).toEqual([false, true]);
  });

  it('in front of a wall is not: it has noise', () => {
    const signals = new PictureSignals();
    watch(signals, noisy, 0, 60);
    expect([signals.black, signals.frozen]).toEqual([false, false]);
  });

  it('that is switched off and on begins anew', () => {
    const signals = new PictureSignals();
    watch(signals, () => grey(2), 0, 5);
    signals.reset();
    expect(signals.black).toBe(false);
  });
});
