import { describe, expect, it } from 'vitest';
import { arranged, crowd, keysOf, lines, people } from './people.ts';

const speaker = { policy: 'speaker', rules: [] };
const five = people('ada bob eve kim max');

describe('the policy speaker', () => {
  it('shows who speaks large and the others in a strip at the right, which five fill', () => {
    expect(lines(arranged(speaker, [...five, ...people('zoe')], { speaker: 'ada' }))).toEqual([
      'ada/0 0,72 1024x576',
      'bob/0 1024,0 256x144',
      'eve/0 1024,144 256x144',
      'kim/0 1024,288 256x144',
      'max/0 1024,432 256x144',
      'zoe/0 1024,576 256x144',
    ]);
  });

  it('shows the first large while nobody has spoken, or when who spoke has gone', () => {
    expect(keysOf(arranged(speaker, five))[0]).toBe('ada/0');
    expect(keysOf(arranged(speaker, five, { speaker: 'gone' }))[0]).toBe('ada/0');
    expect(keysOf(arranged({ ...speaker, order: ['kim'] }, five))[0]).toBe('kim/0');
  });

  it('moves only the first when another speaks: into the place that the speaker left', () => {
    const strips = ['ada', 'bob', 'kim', 'max'].map((id) => keysOf(arranged(speaker, five, { speaker: id })).join(' '));
    expect(strips).toEqual([
      'ada/0 bob/0 eve/0 kim/0 max/0',
      'bob/0 ada/0 eve/0 kim/0 max/0',
      'kim/0 bob/0 eve/0 ada/0 max/0',
      'max/0 bob/0 eve/0 kim/0 ada/0',
    ]);
  });

  it('gives the last place to the first when the speaker had none', () => {
    const shown = keysOf(arranged({ ...speaker, maxTiles: 4 }, five, { speaker: 'max' }));
    expect(shown).toEqual(['max/0', 'bob/0', 'eve/0', 'ada/0']);
  });

  it('keeps a pinned one large, and who speaks in sight', () => {
    const layout = { ...speaker, pinned: ['eve'], maxTiles: 3 };
    expect(keysOf(arranged(layout, five, { speaker: 'bob' }))).toEqual(['eve/0', 'ada/0', 'bob/0']);
    expect(keysOf(arranged(layout, five, { speaker: 'max' }))).toEqual(['eve/0', 'ada/0', 'max/0']);
    const all = { ...layout, pinned: ['eve', 'ada', 'kim'] };
    expect(keysOf(arranged(all, five, { speaker: 'max' }))).toEqual(['eve/0', 'ada/0', 'kim/0']);
  });

  it('shows the face of who speaks, not their screen', () => {
    const many = [...people('ada'), ...people('bob/0', 'screen'), ...people('bob/1')];
    expect(keysOf(arranged(speaker, many, { speaker: 'bob' }))).toEqual(['bob/1', 'bob/0', 'ada/0']);
  });

  it('makes the tiles of the strip smaller rather than leaving people out', () => {
    const sizes = [2, 6, 7, 11, 25].map((count) => {
      const { regions, more } = arranged(speaker, crowd(count));
      expect(more).toBeUndefined();
      return `${regions[1]?.width}x${regions[1]?.height}`;
    });
    expect(sizes).toEqual(['256x144', '256x144', '212x118', '128x72', '106x58']);
  });

  it('leaves people out of a small program before nothing can be made out of them', () => {
    const { regions, more } = arranged(speaker, crowd(25), { width: 320, height: 180 });
    expect(regions).toHaveLength(21);
    expect(regions.at(-1)).toMatchObject({ width: 32, height: 18 });
    expect(more?.count).toBe(4);
  });

  it('puts the strip below in a program that is less wide', () => {
    expect(lines(arranged(speaker, people('ada bob'), { width: 720, height: 1280 }))).toEqual([
      'ada/0 0,336 720x404',
      'bob/0 180,740 360x202',
    ]);
    expect(lines(arranged(speaker, people('ada bob eve'), { width: 960, height: 720 }))).toEqual([
      'ada/0 0,0 960x540',
      'bob/0 160,540 320x180',
      'eve/0 480,540 320x180',
    ]);
  });

  it('names who is large', () => {
    expect(arranged(speaker, five, { speaker: 'kim' }).main).toEqual(['kim/0']);
  });
});

describe('the policy presentation', () => {
  const presentation = { policy: 'presentation' };
  const slides = people('bob/1', 'screen');

  it('gives a screen all that the strip leaves, and the people their places beside it', () => {
    const shown = arranged(presentation, [...people('ada bob'), ...slides, ...people('eve')], { speaker: 'eve' });
    expect(lines(shown)).toEqual([
      'bob/1 0,0 1024x720',
      'ada/0 1024,144 256x144',
      'bob/0 1024,288 256x144',
      'eve/0 1024,432 256x144',
    ]);
    expect(shown.main).toEqual(['bob/1']);
  });

  it('gives a screen alone the whole program', () => {
    expect(lines(arranged(presentation, slides, { width: 720, height: 720 }))).toEqual(['bob/1 0,0 720x720']);
  });

  it('puts the people below the screen in a program that is less wide', () => {
    expect(lines(arranged(presentation, [...slides, ...people('ada bob')], { width: 720, height: 1280 }))).toEqual([
      'bob/1 0,0 720x1078',
      'ada/0 0,1078 360x202',
      'bob/0 360,1078 360x202',
    ]);
  });

  it('shows the newest of several screens large, and the others as people', () => {
    const [first, second] = people('ada/1 bob/1', 'screen');
    const both = [...people('ada'), first, second].filter((one) => one !== undefined);
    expect(keysOf(arranged(presentation, both))).toEqual(['bob/1', 'ada/0', 'ada/1']);
    const since = both.map((one) => ({ ...one, since: one.key === 'ada/1' ? 9 : 3 }));
    expect(keysOf(arranged(presentation, since))).toEqual(['ada/1', 'ada/0', 'bob/1']);
  });

  it('shows the pinned one of several screens large', () => {
    const both = [...people('ada bob'), ...people('ada/1 bob/1', 'screen')];
    expect(keysOf(arranged({ ...presentation, pinned: ['ada/1'] }, both))[0]).toBe('ada/1');
    expect(keysOf(arranged({ ...presentation, pinned: ['bob', 'ada'] }, both))[0]).toBe('bob/1');
  });

  it('shows pinned people first beside the screen', () => {
    const layout = { ...presentation, pinned: ['eve'], maxTiles: 2 };
    expect(keysOf(arranged(layout, [...people('ada eve'), ...slides]))).toEqual(['bob/1', 'eve/0']);
  });

  it('keeps everybody in their place whoever speaks, and the speaker in sight', () => {
    const many = [...people('ada bob'), ...slides, ...people('eve kim')];
    const shown = (id: string): string =>
      keysOf(arranged({ ...presentation, maxTiles: 3 }, many, { speaker: id })).join(' ');
    expect(shown('ada')).toBe('bob/1 ada/0 bob/0');
    expect(shown('bob')).toBe('bob/1 ada/0 bob/0');
    expect(shown('kim')).toBe('bob/1 ada/0 kim/0');
  });

  it('moves nobody when somebody speaks who is known by nothing but the screen', () => {
    const many = [...people('ada eve'), ...slides];
    expect(keysOf(arranged(presentation, many, { speaker: 'bob' }))).toEqual(['bob/1', 'ada/0', 'eve/0']);
  });

  it('is the policy speaker while nobody shares a screen', () => {
    const { regions, main } = arranged(speaker, five, { speaker: 'bob' });
    expect(arranged({ ...presentation, rules: [] }, five, { speaker: 'bob' })).toMatchObject({ regions, main });
  });
});
