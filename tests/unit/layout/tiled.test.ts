import { describe, expect, it } from 'vitest';
import { arranged, crowd, keysOf, lines, people } from './people.ts';

const three = people('ada bob eve');

describe('the policy grid', () => {
  const grid = { policy: 'grid', rules: [] };

  it('shows everybody alike', () => {
    const shown = arranged(grid, three, { speaker: 'bob' });
    expect(lines(shown)).toEqual(['ada/0 0,0 640x360', 'bob/0 640,0 640x360', 'eve/0 320,360 640x360']);
    expect(shown.main).toEqual([]);
  });

  it('shows 25, and who speaks instead of the twenty-fifth when they would not be seen', () => {
    const many = crowd(27);
    expect(keysOf(arranged(grid, many))).toEqual(many.slice(0, 25).map(({ key }) => key));
    const shown = keysOf(arranged(grid, many, { speaker: 'p26' }));
    expect(shown).toEqual([...many.slice(0, 24), many[26]].map((one) => one?.key));
    expect(arranged(grid, many, { speaker: 'p26' }).more?.count).toBe(2);
  });

  it('shows as many as can be made out in a tiny program, and nobody in one that is smaller than a tile', () => {
    expect(keysOf(arranged(grid, crowd(25), { width: 64, height: 36 }))).toHaveLength(4);
    expect(keysOf(arranged(grid, crowd(25), { width: 30, height: 14 }))).toEqual([]);
  });
});

describe('the policy portrait', () => {
  const portrait = { policy: 'portrait', rules: [] };
  const tall = { width: 720, height: 1280 };
  const slides = people('eve/1', 'screen');

  it('shows whole pictures below each other, in the middle', () => {
    expect(lines(arranged(portrait, three, tall))).toEqual([
      'ada/0 0,34 720x404',
      'bob/0 0,438 720x404',
      'eve/0 0,842 720x404',
    ]);
  });

  it('takes the largest 9:16 area in the middle of a wide program', () => {
    expect(lines(arranged(portrait, three))).toEqual([
      'ada/0 438,20 404x226',
      'bob/0 438,246 404x226',
      'eve/0 438,472 404x226',
    ]);
  });

  it('takes the largest 9:16 area in the middle of a program that is higher still', () => {
    const shown = arranged({ ...portrait, fit: 'cover' }, people('ada'), { width: 320, height: 1088 });
    expect(lines(shown)).toEqual(['ada/0 0,260 320x568']);
  });

  it('fills the whole area when cells are filled', () => {
    const cover = { ...portrait, fit: 'cover' };
    expect(lines(arranged(cover, people('ada'), tall))).toEqual(['ada/0 0,0 720x1280']);
    expect(lines(arranged(cover, people('ada bob'), tall))).toEqual(['ada/0 0,0 720x640', 'bob/0 0,640 720x640']);
    expect(lines(arranged(cover, crowd(5), tall))).toEqual([
      'p0/0 0,0 360x426',
      'p1/0 360,0 360x426',
      'p2/0 0,426 360x426',
      'p3/0 360,426 360x426',
      'p4/0 180,852 360x426',
    ]);
  });

  it('shows a screen above the others', () => {
    const shown = arranged(portrait, [...people('ada'), ...slides, ...people('bob')], tall);
    expect(lines(shown)).toEqual(['eve/1 0,34 720x404', 'ada/0 0,438 720x404', 'bob/0 0,842 720x404']);
    expect(shown.main).toEqual(['eve/1']);
    const cover = arranged({ ...portrait, fit: 'cover' }, [...people('ada'), ...slides, ...people('bob')], tall);
    expect(lines(cover)).toEqual(['eve/1 0,0 720x404', 'ada/0 0,404 720x438', 'bob/0 0,842 720x438']);
  });

  it('shows a screen alone in the middle', () => {
    expect(lines(arranged(portrait, slides, tall))).toEqual(['eve/1 0,438 720x404']);
  });

  it('keeps who speaks in sight, below the screen too', () => {
    const layout = { ...portrait, maxTiles: 3 };
    expect(keysOf(arranged(layout, crowd(5), { speaker: 'p4' }))).toEqual(['p0/0', 'p1/0', 'p4/0']);
    const many = [...slides, ...crowd(5)];
    expect(keysOf(arranged(layout, many, { speaker: 'p4' }))).toEqual(['eve/1', 'p0/0', 'p4/0']);
    expect(keysOf(arranged(layout, many, { speaker: 'eve' }))).toEqual(['eve/1', 'p0/0', 'p1/0']);
  });
});
