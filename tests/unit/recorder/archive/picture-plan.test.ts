import { describe, expect, it } from 'vitest';
import { keyPartAt, planSprites, posterTimes, spriteVtt } from '../../../../src/recorder/archive/picture-plan.ts';

const HD = { width: 1280, height: 720 };

describe('the pictures of a seek bar', () => {
  it('are every two seconds of a short recording, in one picture', () => {
    const plan = planSprites(9, HD);
    expect(plan).toEqual({
      interval: 2,
      tile: { width: 160, height: 90 },
      sheets: [{ file: 'sprite.jpg', columns: 5, rows: 1, times: [0, 2, 4, 6, 8] }],
    });
    expect(spriteVtt(plan, 9).split('\n\n').at(-1)).toBe(
      '00:00:08.000 --> 00:00:09.000\nsprite.jpg#xywh=640,0,160,90\n',
    );
  });

  it('never are more than four pictures of a hundred tiles', () => {
    for (const seconds of [0.1, 1, 200, 201, 800, 801, 3600, 24_000, 24_001, 86_400, 1e6]) {
      const { interval, sheets } = planSprites(seconds, HD);
      const times = sheets.flatMap((sheet) => sheet.times);
      expect(sheets.length, String(seconds)).toBeLessThanOrEqual(4);
      expect(times).toHaveLength(Math.max(1, Math.ceil(seconds / interval)));
      for (const { columns, rows, times: own } of sheets) {
        expect(Math.max(columns, rows)).toBeLessThanOrEqual(10);
        expect(columns * rows).toBeGreaterThanOrEqual(own.length);
      }
    }
    expect([800, 801, 3600].map((seconds) => planSprites(seconds, HD).interval)).toEqual([2, 5, 10]);
    expect(planSprites(201, HD).sheets.map(({ file }) => file)).toEqual(['sprite-1.jpg', 'sprite-2.jpg']);
  });

  it('keep the shape of the program, with even heights', () => {
    expect(planSprites(1, { width: 720, height: 1280 }).tile).toEqual({ width: 160, height: 284 });
    expect(planSprites(1, { width: 384, height: 64 }).tile).toEqual({ width: 160, height: 26 });
  });

  it('are taken from the key frame before, never from what was not recorded', () => {
    const part = (firstFrame: number, independent: boolean) => {
      const rest = { segment: 0, index: 0, offset: 0, bytes: 1, discontinuity: false, init: 0, wallTime: 0 };
      return { type: 'part' as const, firstFrame, frames: 30, independent, ...rest };
    };
    const pieces = [
      { from: 70, to: 200, outputFrame: 0, parts: [part(60, true), part(90, false), part(120, true), part(180, true)] },
      { from: 301, to: 320, outputFrame: 190, parts: [part(300, true)] },
    ];
    const at = (seconds: number) => keyPartAt(pieces, 30, seconds)?.firstFrame;
    expect([0, 1.66, 1.67, 3.6, 3.67, 4.3].map(at)).toEqual([120, 120, 120, 120, 180, 180]);
    // In the slate between them, and behind it: the one there is.
    expect([5, 6.5, 100].map(at)).toEqual([300, 300, 300]);
    expect(keyPartAt([], 30, 0)).toBeUndefined();
  });
});

describe('candidates for a poster', () => {
  it('are spread over the recording', () => {
    expect(posterTimes(12, 3)).toEqual([2, 6, 10]);
  });
});
