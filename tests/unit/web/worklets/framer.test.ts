import { describe, expect, it } from 'vitest';
import { Framer, levelOf } from '../../../../web/worklets/framer.ts';

describe('Framer', () => {
  it('cuts quanta of 128 into frames of 960 without losing or doubling a sample', () => {
    const framer = new Framer(960, 1);
    const all: number[] = [];
    const starts: number[] = [];
    for (let quantum = 0; quantum < 60; quantum += 1) {
      const samples = Float32Array.from({ length: 128 }, (_, index) => quantum * 128 + index);
      for (const frame of framer.push([samples], quantum * 128)) {
        starts.push(frame.firstSample);
        all.push(...frame.samples);
      }
    }
    expect(starts).toEqual([0, 960, 1920, 2880, 3840, 4800, 5760, 6720]);
    expect(all).toEqual(Array.from({ length: 7680 }, (_, index) => index));
  });

  it('begins anew after a gap in the count', () => {
    const framer = new Framer(256, 1);
    framer.push([new Float32Array(128)], 0);
    expect(framer.push([new Float32Array(128).fill(1)], 1000)).toEqual([]);
    const [frame] = framer.push([new Float32Array(128).fill(1)], 1128);
    expect(frame?.firstSample).toBe(1000);
    expect(frame?.samples.every((sample) => sample === 1)).toBe(true);
  });

  it('keeps two channels apart, and fills the second with the first when there is but one', () => {
    const framer = new Framer(4, 2);
    const [both] = framer.push([Float32Array.of(1, 2, 3, 4), Float32Array.of(5, 6, 7, 8)], 0);
    expect([...(both?.samples ?? [])]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const [one] = framer.push([Float32Array.of(1, 2, 3, 4)], 4);
    expect([...(one?.samples ?? [])]).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
  });
});

describe('levelOf', () => {
  it('measures -dBov', () => {
    expect(levelOf(new Float32Array(960))).toBe(127);
    expect(levelOf(new Float32Array(960).fill(1))).toBe(0);
    expect(levelOf(new Float32Array(960).fill(0.1))).toBe(20);
    expect(levelOf(new Float32Array(960).fill(1e-9))).toBe(127);
  });
});
