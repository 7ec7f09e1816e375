import { describe, expect, it } from 'vitest';
import { AudioRing } from '../../../src/mixer/audio-ring.ts';

const FADE = 240;

/** `frames` of one level on the left and its negative on the right. */
function level(frames: number, value = 1): Float32Array {
  return Float32Array.from({ length: frames * 2 }, (_, index) => (index % 2 === 0 ? value : -value));
}

/** Left sample n is n. */
function counting(from: number, frames: number): Float32Array {
  return Float32Array.from({ length: frames * 2 }, (_, index) => (index % 2 === 0 ? from + index / 2 : 0));
}

function sampleAt(ring: AudioRing, position: number, channel: 0 | 1): number {
  const block = new Float32Array(2);
  ring.read(position, 1, block, 1);
  return block[channel] as number;
}

function largestStep(ring: AudioRing, from: number, to: number): number {
  let step = 0;
  for (let at = from; at < to; at += 1) {
    step = Math.max(step, Math.abs(sampleAt(ring, at + 1, 0) - sampleAt(ring, at, 0)));
  }
  return step;
}

describe('AudioRing', () => {
  it('is empty and silent at first', () => {
    const ring = new AudioRing();
    expect([ring.empty, sampleAt(ring, 0, 0), sampleAt(ring, -5, 1)]).toEqual([true, 0, 0]);
  });

  it.each([0, 1_000_003, -5_000, 8_640_000_000_000])('gives back what was written at position %i', (start) => {
    const ring = new AudioRing();
    for (let packet = 0; packet < 10; packet += 1) ring.write(start + packet * 960, counting(packet * 960, 960));
    expect([ring.empty, ring.start, ring.end]).toEqual([false, start, start + 9600]);
    for (const at of [FADE, 960, 5000, 9598]) {
      expect(sampleAt(ring, start + at, 0)).toBe(at);
      expect(sampleAt(ring, start + at + 0.25, 0)).toBeCloseTo(at + 0.25, 2);
      expect(sampleAt(ring, start + at, 1)).toBe(0);
    }
  });

  it('is silent before and after what it holds', () => {
    const ring = new AudioRing();
    ring.write(5000, level(960));
    expect([sampleAt(ring, 4999, 0), sampleAt(ring, 5960, 0), sampleAt(ring, 1e9, 0)]).toEqual([0, 0, 0]);
    expect(sampleAt(ring, 5500, 1)).toBe(-1);
  });

  it('holds the last second only', () => {
    const ring = new AudioRing();
    for (let packet = 0; packet < 100; packet += 1) ring.write(packet * 960, counting(packet * 960, 960));
    expect([ring.start, ring.end]).toEqual([48_000, 96_000]);
    expect(sampleAt(ring, 48_000, 0)).toBe(48_000);
    expect(sampleAt(ring, 47_999, 0)).toBe(0);
  });

  it.each([1, 479, -1, -479])('takes a packet that is off by %i frames as following the last', (wander) => {
    const ring = new AudioRing();
    ring.write(0, level(960));
    ring.write(960 + wander, level(960));
    expect(ring.end).toBe(1920);
    expect(largestStep(ring, FADE, 1900)).toBe(0);
  });

  it('makes a gap silent, faded at both ends', () => {
    const ring = new AudioRing();
    ring.write(0, level(960));
    ring.write(960 + 4800, level(960));
    expect(ring.end).toBe(960 + 4800 + 960);
    expect(sampleAt(ring, 959, 0)).toBe(1);
    for (let at = 960 + FADE; at < 960 + 4800; at += 1) expect(sampleAt(ring, at, 0)).toBe(0);
    expect(sampleAt(ring, 960 + 4800 + FADE, 0)).toBe(1);
    expect(largestStep(ring, 0, ring.end - 2)).toBeLessThanOrEqual(2 / FADE + 1e-6);
  });

  it('does not rewrite the past when packets overlap, and joins them without a click', () => {
    const ring = new AudioRing();
    ring.write(0, level(1920));
    ring.write(960, level(1920, -1));
    expect(ring.end).toBe(2880);
    expect(sampleAt(ring, 1000, 0)).toBe(1);
    expect(sampleAt(ring, 2879 - FADE, 0)).toBe(-1);
    expect(largestStep(ring, 0, 2878)).toBeLessThanOrEqual(2 / FADE + 1e-6);
  });

  it('drops packets that lie wholly in the past without touching the newest sound', () => {
    const ring = new AudioRing();
    ring.write(0, level(9600));
    ring.write(960, level(960, -1));
    ring.write(960, level(960, -1));
    expect(ring.end).toBe(9600);
    expect(sampleAt(ring, 9500, 0)).toBe(1);
  });

  it.each([100_000, -100_000])('begins anew when the sender leaps by %i frames', (leap) => {
    const ring = new AudioRing();
    ring.write(0, level(960));
    ring.write(leap, level(960, 0.5));
    expect([ring.start, ring.end]).toEqual([leap, leap + 960]);
    expect(sampleAt(ring, leap + 500, 0)).toBe(0.5);
    expect(sampleAt(ring, leap, 0)).toBeLessThan(0.01);
  });

  it('reads between its samples, faster or slower, across its own end', () => {
    const ring = new AudioRing();
    for (let packet = 0; packet < 55; packet += 1) ring.write(packet * 960, counting(packet * 960, 960));
    for (const ratio of [1, 0.995, 1.005]) {
      const block = new Float32Array(960 * 2).fill(9);
      ring.read(47_500.5, ratio, block, 960);
      for (const frame of [0, 1, 499, 500, 959]) {
        expect(block[frame * 2]).toBeCloseTo(47_500.5 + frame * ratio, 1);
        expect(block[frame * 2 + 1]).toBe(0);
      }
    }
  });

  it('leaves the rest of a block alone, and reads silence where it holds nothing', () => {
    const ring = new AudioRing();
    ring.write(0, level(960));
    const block = new Float32Array(960 * 2).fill(9);
    ring.read(900, 1, block, 100);
    expect([block[58 * 2], block[59 * 2], block[99 * 2], block[100 * 2]]).toEqual([1, 0, 0, 9]);
    ring.read(-50, 1, block, 100);
    expect([block[0], block[49 * 2], block[51 * 2]].map((value) => (value ?? 9) > 0)).toEqual([false, false, true]);
  });

  it('holds on across position zero', () => {
    const ring = new AudioRing();
    ring.write(-960, level(960));
    ring.write(0, level(960));
    expect([ring.start, ring.end]).toEqual([-960, 960]);
    expect(largestStep(ring, -960 + FADE, 900)).toBe(0);
  });

  it.each([1000, 4000])('adds next to nothing to a tone of %i Hz that it plays faster or slower', (hz) => {
    const wave = (at: number): number => 0.5 * Math.sin((2 * Math.PI * hz * at) / 48000);
    const ring = new AudioRing(1);
    ring.write(
      0,
      Float32Array.from({ length: 48_000 }, (_, at) => wave(at)),
    );
    for (const ratio of [0.995, 1.003]) {
      let [signal, error] = [0, 0];
      const block = new Float32Array(960 * 2);
      for (let count = 0; count < 30; count += 1) {
        const position = 1000.3 + count * 960 * ratio;
        ring.read(position, ratio, block, 960);
        for (let frame = 0; frame < 960; frame += 1) {
          const exact = wave(position + frame * ratio);
          signal += exact ** 2;
          error += ((block[frame * 2] as number) - exact) ** 2;
        }
      }
      // Straight lines between the samples reach 56 and 32 dB.
      expect(10 * Math.log10(signal / error)).toBeGreaterThan(hz === 1000 ? 88 : 52);
    }
  });

  it('gives what was written as mono on both channels, also across its own end', () => {
    const ring = new AudioRing(1);
    for (let packet = 0; packet < 80; packet += 1) {
      ring.write(
        packet * 960,
        Float32Array.from({ length: 960 }, (_, frame) => packet * 960 + frame),
      );
    }
    for (const at of [65_534, 65_535, 65_536, 70_000]) {
      expect([sampleAt(ring, at, 0), sampleAt(ring, at, 1)]).toEqual([at, at]);
      expect(sampleAt(ring, at + 0.5, 1)).toBeCloseTo(at + 0.5, 1);
    }
  });
});
