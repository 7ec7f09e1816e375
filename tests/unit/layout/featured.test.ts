import { describe, expect, it } from 'vitest';
import { arranged, crowd, keysOf, lines, people } from './people.ts';

const five = people('ada bob eve kim max');
const slides = people('bob/1', 'screen');

describe('the policy single', () => {
  const single = { policy: 'single', rules: [] };

  it('shows the pinned one, else the newest screen, else who speaks, else the first', () => {
    const all = [...five, ...slides];
    const shown = (layout: object, candidates = all, speaker?: string): string[] =>
      keysOf(arranged({ ...single, ...layout }, candidates, { speaker }));
    expect(shown({ pinned: ['kim'] }, all, 'eve')).toEqual(['kim/0']);
    expect(shown({}, all, 'eve')).toEqual(['bob/1']);
    expect(shown({}, five, 'eve')).toEqual(['eve/0']);
    expect(shown({}, five)).toEqual(['ada/0']);
  });

  it('takes all of a program of any shape', () => {
    expect(lines(arranged(single, five, { width: 720, height: 1280 }))).toEqual(['ada/0 0,0 720x1280']);
  });
});

describe('the policy side-by-side', () => {
  const pair = { policy: 'side-by-side', rules: [] };

  it('shows two in equal 16:9 cells', () => {
    const shown = arranged(pair, five);
    expect(lines(shown)).toEqual(['ada/0 0,180 640x360', 'bob/0 640,180 640x360']);
    expect(shown.main).toEqual(['ada/0', 'bob/0']);
    expect(shown.more?.count).toBe(3);
  });

  it('shows two in halves of the program when cells are filled', () => {
    const cover = { ...pair, fit: 'cover' };
    expect(lines(arranged(cover, five))).toEqual(['ada/0 0,0 640x720', 'bob/0 640,0 640x720']);
    expect(lines(arranged(cover, people('ada')))).toEqual(['ada/0 0,0 1280x720']);
    expect(lines(arranged(cover, five, { width: 720, height: 1280 }))).toEqual([
      'ada/0 0,0 720x640',
      'bob/0 0,640 720x640',
    ]);
    expect(lines(arranged(cover, five, { width: 1278, height: 720 }))).toEqual([
      'ada/0 0,0 638x720',
      'bob/0 640,0 638x720',
    ]);
  });

  it('puts them above each other in a program that is less wide', () => {
    expect(lines(arranged(pair, five, { width: 720, height: 1280 }))).toEqual([
      'ada/0 0,236 720x404',
      'bob/0 0,640 720x404',
    ]);
  });

  it('gives the second place to who speaks, and leaves the first alone', () => {
    const shown = ['ada', 'bob', 'max', 'gone'].map((speaker) => keysOf(arranged(pair, five, { speaker })).join(' '));
    expect(shown).toEqual(['ada/0 bob/0', 'ada/0 bob/0', 'ada/0 max/0', 'ada/0 bob/0']);
  });

  it('keeps two pinned ones whoever speaks', () => {
    const layout = { ...pair, pinned: ['kim', 'eve', 'bob'] };
    expect(keysOf(arranged(layout, five, { speaker: 'max' }))).toEqual(['kim/0', 'eve/0']);
  });

  it('shows a screen beside who speaks, or beside the pinned one', () => {
    const all = [...five, ...slides];
    expect(keysOf(arranged(pair, all, { speaker: 'max' }))).toEqual(['bob/1', 'max/0']);
    expect(keysOf(arranged(pair, all))).toEqual(['bob/1', 'ada/0']);
    expect(keysOf(arranged({ ...pair, pinned: ['eve'] }, all, { speaker: 'max' }))).toEqual(['eve/0', 'bob/1']);
  });
});

describe('the policy picture-in-picture', () => {
  const pip = { policy: 'picture-in-picture', rules: [] };

  it('shows up to three small ones on top, from the lower right corner upwards', () => {
    const shown = arranged(pip, five);
    expect(lines(shown)).toEqual([
      'ada/0 0,0 1280x720',
      'bob/0 940,520 320x180',
      'eve/0 940,320 320x180',
      'kim/0 940,120 320x180',
    ]);
    expect(shown.main).toEqual(['ada/0']);
    expect(shown.more?.count).toBe(1);
  });

  it('keeps the small ones in their places when another speaks', () => {
    const shown = ['ada', 'eve', 'max'].map((speaker) => keysOf(arranged(pip, five, { speaker })).join(' '));
    expect(shown).toEqual(['ada/0 bob/0 eve/0 kim/0', 'eve/0 bob/0 ada/0 kim/0', 'max/0 bob/0 eve/0 ada/0']);
  });

  it('shows a screen with people on it, the one who speaks among them', () => {
    expect(keysOf(arranged(pip, [...five, ...slides], { speaker: 'max' }))).toEqual([
      'bob/1',
      'ada/0',
      'bob/0',
      'max/0',
    ]);
  });

  it('moves nobody when somebody speaks who is known by nothing but the screen', () => {
    const many = [...people('ada eve'), ...slides];
    expect(keysOf(arranged(pip, many, { speaker: 'bob' }))).toEqual(['bob/1', 'ada/0', 'eve/0']);
  });

  it('shows as many as the layout allows', () => {
    expect(keysOf(arranged({ ...pip, maxTiles: 2 }, five))).toEqual(['ada/0', 'bob/0']);
  });

  it('keeps the shape of the small ones in a tall program, and leaves them out where they could not be made out', () => {
    expect(lines(arranged(pip, people('ada bob'), { width: 720, height: 1280 }))[1]).toBe('bob/0 530,1170 180x100');
    expect(keysOf(arranged(pip, crowd(4), { width: 120, height: 68 }))).toEqual(['p0/0', 'p1/0', 'p2/0', 'p3/0']);
    expect(keysOf(arranged(pip, crowd(4), { width: 118, height: 66 }))).toEqual(['p0/0']);
  });
});
