import { describe, expect, it } from 'vitest';
import { LowCutter } from '../../../src/hls/low-cutter.ts';
import type { RenditionPart } from '../../../src/hls/rendition.ts';
import { readFragment } from '../../../src/media/fmp4-reader.ts';
import { parameterSetsOf } from '../../../src/media/parameter-sets.ts';
import { pts, wallTime } from '../../../src/media/timestamp.ts';
import { FPS, WALL_START, pictureConfig } from './packager-rig.ts';

const GOP = 60;
const PART = 15;

/** Every second frame, from `from` to before `to`; key frames at the program's. */
class Rig {
  readonly parts: Omit<RenditionPart, 'init'>[] = [];
  readonly cutter: LowCutter;
  config = pictureConfig();

  constructor(framerate = FPS) {
    this.cutter = new LowCutter({ framerate, onPart: (part) => void this.parts.push(part) });
  }

  pictures(from: number, to: number): void {
    for (let frame = from + (from % 2); frame < to; frame += 2) {
      this.cutter.add({
        data: Buffer.from(`${frame}`),
        pts: pts(frame),
        duration: 2,
        wallTime: wallTime(WALL_START + (frame * 1000) / FPS),
        keyframe: frame % GOP === 0,
        config: this.config,
      });
    }
  }

  /** The program's parts from frame `from` to before `to`. */
  cuts(from: number, to: number, discontinuity = false): void {
    for (let frame = from; frame < to; frame += PART) {
      this.cutter.cut({
        segment: Math.floor(frame / GOP),
        index: (frame % GOP) / PART,
        firstFrame: frame,
        frames: PART,
        discontinuity: discontinuity && frame === from,
        last: frame % GOP === GOP - PART,
        wallTime: wallTime(WALL_START + (frame * 1000) / FPS),
      });
    }
  }

  get places(): string[] {
    return this.parts.map(({ segment, index, data }) => `${segment}.${index}${data.byteLength === 0 ? ' gap' : ''}`);
  }
}

describe('LowCutter', () => {
  it('gives key frames their parameter sets, as the program has', () => {
    const rig = new Rig();
    rig.pictures(0, 60);
    rig.cuts(0, 60);
    const sets = parameterSetsOf(pictureConfig().description ?? new Uint8Array(0));
    const pictures = rig.parts.flatMap(({ data }) => readFragment(data)[0]?.samples ?? []);
    const own = pictures.map((_, index) => Buffer.from(`${index * 2}`));
    expect(pictures.map(({ data }) => Buffer.from(data))).toEqual(
      own.map((data, index) => (index === 0 ? Buffer.concat([sets, data]) : data)),
    );
  });

  it('cuts where the program was cut, to the picture', () => {
    const rig = new Rig();
    rig.pictures(0, 60);
    rig.cuts(0, 60);
    expect(rig.places).toEqual(['0.0', '0.1', '0.2', '0.3']);
    const fragments = rig.parts.map(({ data }) => readFragment(data)[0]);
    expect(fragments.map((track) => (track?.baseDecodeTime ?? 0) / 512)).toEqual([0, 14, 30, 44]);
    expect(fragments.map((track) => track?.samples.length)).toEqual([7, 8, 7, 8]);
    expect(rig.parts.map(({ duration }) => duration * FPS)).toEqual([14, 16, 14, 16]);
    expect(rig.parts.map((part) => Math.round((part.wallTime - WALL_START) * 0.03))).toEqual([0, 14, 30, 44]);
    expect(rig.parts.map(({ independent, last }) => [independent, last])).toEqual([
      [true, false],
      [false, false],
      [false, false],
      [false, true],
    ]);
  });

  it('waits for pictures that come later than the program, and for programs that come later than they', () => {
    const rig = new Rig();
    rig.cuts(0, 15);
    rig.pictures(0, 14);
    expect(rig.places).toEqual([]);
    rig.pictures(14, 40);
    expect(rig.places).toEqual(['0.0']);
    rig.cuts(15, 45);
    expect(rig.places).toEqual(['0.0', '0.1']);
  });

  it('begins with the first segment that is whole, and lists no gap before it', () => {
    const rig = new Rig();
    rig.pictures(20, 130);
    rig.cuts(0, 120);
    expect(rig.places).toEqual(['1.0', '1.1', '1.2', '1.3']);
  });

  it.each([
    [300, ['0.0', '0.1']],
    [301, []],
  ])('keeps three hundred pictures for a program that is not cut: of %i come %j', (count, places) => {
    const rig = new Rig();
    rig.pictures(0, 2 * count);
    rig.cuts(0, 30);
    expect(rig.places).toEqual(places);
  });

  it.each([
    [1, ['0.0', '0.1']],
    [2, []],
  ])('begins with a picture that is less than a picture late: with %i frames come %j', (late, places) => {
    const rig = new Rig();
    const packet = { data: Buffer.from('x'), duration: 2, wallTime: wallTime(WALL_START), config: rig.config };
    for (let frame = late; frame < 32; frame += 2)
      rig.cutter.add({ ...packet, pts: pts(frame), keyframe: frame === late });
    rig.cuts(0, 30);
    expect(rig.places).toEqual(places);
  });

  it('leaves a gap for what is missing, up to the next key frame', () => {
    const rig = new Rig();
    rig.pictures(0, 20);
    rig.pictures(24, 130);
    rig.cuts(0, 120);
    expect(rig.places).toEqual(['0.0', '0.1 gap', '0.2 gap', '0.3 gap', '1.0', '1.1', '1.2', '1.3']);
    // The picture that the part before has left for it is missing with the others.
    expect(rig.parts[1]?.duration).toBeCloseTo(16 / FPS);
    expect((rig.parts[1]?.wallTime ?? 0) - WALL_START).toBeCloseTo((14 * 1000) / FPS);
    expect(rig.parts[2]).toMatchObject({ duration: 0.5, wallTime: WALL_START + 1000 });
  });

  it.each([
    [60, 4, 27, 40],
    [60, 4, 30, 96],
    [50, 4, 26, 60],
    [25, 2, 13, 30],
  ])('makes no gap longer than a part of %i frames a second, each %ith of which it has', (fps, step, part, lost) => {
    const rig = new Rig(fps);
    const gop = 2 * fps;
    const [config, wall] = [rig.config, wallTime(WALL_START)];
    for (let frame = 0; frame <= 2 * gop; frame += step) {
      if (frame === lost - (lost % step)) continue;
      const packet = { data: Buffer.from('x'), pts: pts(frame), duration: step, wallTime: wall, config };
      rig.cutter.add({ ...packet, keyframe: frame % gop === 0 });
    }
    for (let first = 0; first < 2 * gop; ) {
      const [segment, index] = [Math.floor(first / gop), Math.floor((first % gop) / part)];
      const frames = Math.min(part, (segment + 1) * gop - first);
      const last = first + frames === (segment + 1) * gop;
      rig.cutter.cut({ segment, index, firstFrame: first, frames, discontinuity: false, last, wallTime: wall });
      first += frames;
    }
    const frames = rig.parts.map(({ duration }) => Math.round(duration * fps));
    expect(frames.reduce((sum, count) => sum + count, 0)).toBe(2 * gop);
    expect(Math.max(...frames)).toBeLessThanOrEqual(Math.ceil(part / step) * step);
    expect(rig.parts.filter(({ data }) => data.byteLength === 0)).not.toEqual([]);
  });

  it('waits a second for an encoder that stands still, and no longer', () => {
    const rig = new Rig();
    rig.pictures(0, 20);
    rig.cuts(0, 45);
    expect(rig.places).toEqual(['0.0']);
    rig.cuts(45, 60);
    expect(rig.places).toEqual(['0.0', '0.1 gap']);
    rig.cuts(60, 90);
    expect(rig.places).toEqual(['0.0', '0.1 gap', '0.2 gap', '0.3 gap']);
  });

  it('enters only at the beginning of a part, wherever an encoder that was started again had its first key frame', () => {
    const rig = new Rig();
    rig.pictures(0, 20);
    rig.cutter.add({
      data: Buffer.from('20'),
      pts: pts(20),
      duration: 2,
      wallTime: wallTime(WALL_START + 20_000 / FPS),
      keyframe: true,
      config: rig.config,
    });
    rig.pictures(22, 60);
    rig.cuts(0, 60);
    expect(rig.places).toEqual(['0.0', '0.1', '0.2', '0.3']);
    const keyframes = rig.parts.map(({ data }) => readFragment(data)[0]?.samples.map(({ keyframe }) => keyframe));
    expect(keyframes.flat().filter(Boolean)).toHaveLength(1);
    expect(keyframes[0]?.[0]).toBe(true);
  });

  it('begins with the program behind a break, also where that is between two of its pictures', () => {
    const rig = new Rig();
    rig.pictures(0, 20);
    rig.cuts(0, 15);
    const cut = { segment: 1, index: 0, firstFrame: 45, frames: 15, discontinuity: true, last: true };
    rig.cutter.cut({ ...cut, wallTime: wallTime(WALL_START + 1500) });
    rig.config = pictureConfig();
    for (const frame of [46, 48, 50, 52, 54, 56, 58]) {
      rig.cutter.add({
        data: Buffer.from(`${frame}`),
        pts: pts(frame),
        duration: 2,
        wallTime: wallTime(WALL_START + (frame * 1000) / FPS),
        keyframe: frame === 46,
        config: rig.config,
      });
    }
    const part = rig.parts.at(-1);
    expect(part).toMatchObject({ segment: 1, index: 0, duration: 0.5, wallTime: WALL_START + 1500 });
    const [track] = readFragment(part?.data ?? new Uint8Array(0));
    expect((track?.baseDecodeTime ?? 0) / 512).toBe(45);
    expect(track?.samples.map(({ duration }) => duration / 512)).toEqual([3, 2, 2, 2, 2, 2, 2]);
  });

  it('ends with the program where that breaks off, also in the middle of one of its pictures', () => {
    const rig = new Rig(50);
    const [config, wall] = [rig.config, wallTime(WALL_START)];
    for (let frame = 0; frame <= 60; frame += 4) {
      rig.cutter.add({
        data: Buffer.from('x'),
        pts: pts(frame),
        duration: 4,
        wallTime: wall,
        config,
        keyframe: frame === 0,
      });
    }
    // The program's encoder died behind frame 40, and another one begins two frames later.
    const cut = { frames: 26, index: 0, discontinuity: false, last: false, wallTime: wall };
    rig.cutter.cut({ ...cut, segment: 0, firstFrame: 0 });
    rig.cutter.cut({ ...cut, segment: 0, index: 1, firstFrame: 26, frames: 15, last: true });
    rig.cutter.cut({ ...cut, segment: 1, firstFrame: 42, frames: 18, discontinuity: true });
    expect(rig.places).toEqual(['0.0', '0.1', '1.0 gap']);
    expect(rig.parts.map(({ duration }) => Math.round(duration * 50))).toEqual([24, 17, 18]);
    const [track] = readFragment(rig.parts[1]?.data ?? new Uint8Array(0));
    expect(track?.samples.map(({ duration }) => duration / 512)).toEqual([4, 4, 4, 4, 1]);
    expect(rig.parts[2]?.wallTime).toBe(WALL_START);
  });

  it('changes its parameters where the program breaks off, and nowhere else', () => {
    const rig = new Rig();
    rig.pictures(0, 60);
    rig.cuts(0, 60);
    rig.config = pictureConfig(7);
    rig.pictures(60, 180);
    rig.cuts(60, 120);
    expect(rig.places.slice(4)).toEqual(['1.0 gap', '1.1 gap', '1.2 gap', '1.3 gap']);
    rig.cuts(120, 180, true);
    expect(rig.places.slice(8)).toEqual(['2.0', '2.1', '2.2', '2.3']);
    expect(rig.parts[8]?.discontinuity).toBe(true);
  });

  it('gives out what there is at the end', () => {
    const rig = new Rig();
    rig.pictures(0, 16);
    rig.cuts(0, 30);
    rig.cutter.end();
    expect(rig.places).toEqual(['0.0', '0.1 gap']);
  });
});
