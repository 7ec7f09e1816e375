import { describe, expect, it } from 'vitest';
import { rowBox } from '../../../bench/page/shown-stamps.ts';
import { STAMP_ROW } from '../../../bench/page/stamp.ts';

describe('stamps on a screen', () => {
  it('are looked for where the canvas shows them, bars left out', () => {
    const row = { x: 640 + STAMP_ROW.x, y: 180 + STAMP_ROW.y + 8, width: 576, height: 16 };
    expect(rowBox({ x: 0, y: 0, width: 1280, height: 720 }, [640, 180])).toEqual(row);
    expect(rowBox({ x: 5, y: 7, width: 1280, height: 920 }, [640, 180])).toEqual({
      ...row,
      x: row.x + 5,
      y: row.y + 107,
    });
    const half = { x: row.x / 2 + 30, y: row.y / 2, width: 288, height: 8 };
    expect(rowBox({ x: 0, y: 0, width: 700, height: 360 }, [640, 180])).toEqual(half);
  });
});
