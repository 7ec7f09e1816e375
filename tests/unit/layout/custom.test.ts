import { describe, expect, it } from 'vitest';
import { arranged, keysOf, lines, people } from './people.ts';

const five = people('ada bob eve kim max');
const slides = people('bob/1', 'screen');

/** As many regions as are named, side by side. */
function row(...shows: readonly (string | undefined)[]): object {
  const width = 1 / shows.length;
  return {
    policy: 'custom',
    rules: [],
    regions: shows.map((show, index) => ({ x: Math.min(index * width, 1 - width), y: 0, width, height: 1, show })),
  };
}

describe('the policy custom', () => {
  it('fills regions with the next one in order', () => {
    const shown = arranged(row(undefined, undefined), five);
    expect(lines(shown)).toEqual(['ada/0 0,0 640x720', 'bob/0 640,0 640x720']);
    expect(shown.more?.count).toBe(3);
  });

  it('shows who is named: a participant by their face, or one of their tracks', () => {
    const all = [...slides, ...five];
    expect(keysOf(arranged(row('kim', 'bob', 'bob/1'), all))).toEqual(['kim/0', 'bob/0', 'bob/1']);
  });

  it('leaves a region empty whose person is not there, is hidden or stands somewhere already', () => {
    expect(lines(arranged(row('gone', undefined), five))).toEqual(['ada/0 640,0 640x720']);
    expect(keysOf(arranged({ ...row('bob', undefined), hidden: ['bob'] }, five))).toEqual(['ada/0']);
    expect(lines(arranged(row('bob', 'bob'), five))).toEqual(['bob/0 0,0 640x720']);
    expect(keysOf(arranged(row('bob', 'bob'), [...five, ...slides]))).toEqual(['bob/0', 'bob/1']);
  });

  it('shows named ones where they are named even when others come first in the list', () => {
    expect(keysOf(arranged(row(undefined, '@speaker', 'ada'), five, { speaker: 'ada' }))).toEqual([
      'eve/0',
      'bob/0',
      'ada/0',
    ]);
  });

  it('shows who speaks, else the first, and moves nobody else when another speaks', () => {
    const layout = row('@speaker', undefined, undefined, undefined);
    const shown = [undefined, 'ada', 'eve', 'max'].map((speaker) =>
      keysOf(arranged(layout, five, { speaker })).join(' '),
    );
    expect(shown).toEqual([
      'ada/0 bob/0 eve/0 kim/0',
      'ada/0 bob/0 eve/0 kim/0',
      'eve/0 bob/0 ada/0 kim/0',
      'max/0 bob/0 eve/0 ada/0',
    ]);
  });

  it('lets the first in order stand in a second region for the speaker', () => {
    expect(keysOf(arranged(row('@speaker', '@speaker'), five, { speaker: 'kim' }))).toEqual(['kim/0', 'ada/0']);
  });

  it('shows the newest screens, and nobody in their regions while there are none', () => {
    const screens = people('ada/1 bob/1', 'screen');
    expect(keysOf(arranged(row('@screen', '@screen', undefined), [...five, ...screens]))).toEqual([
      'bob/1',
      'ada/1',
      'ada/0',
    ]);
    expect(lines(arranged(row('@screen', undefined), five))).toEqual(['ada/0 640,0 640x720']);
  });

  it('fills no more regions than the layout allows, the first ones', () => {
    expect(keysOf(arranged({ ...row(undefined, 'gone', undefined), maxTiles: 2 }, five))).toEqual(['ada/0']);
  });

  it('draws higher ones later, and equal ones as they are listed', () => {
    const part = { x: 0, y: 0, width: 0.5, height: 0.5 };
    const regions = [
      { ...part, show: 'ada', z: 5 },
      { ...part, show: 'bob' },
      { ...part, show: 'eve', z: 5 },
      { ...part, show: 'kim', z: 1 },
    ];
    expect(keysOf(arranged({ policy: 'custom', regions }, five))).toEqual(['bob/0', 'kim/0', 'ada/0', 'eve/0']);
  });

  it('names those in the largest regions', () => {
    const regions = [
      { x: 0, y: 0, width: 0.5, height: 1, z: 1 },
      { x: 0.5, y: 0, width: 0.5, height: 0.5 },
      { x: 0.5, y: 0, width: 0.5, height: 1 },
    ];
    expect(arranged({ policy: 'custom', regions }, five).main).toEqual(['eve/0', 'ada/0']);
  });

  it('takes the fit of a region before that of the layout, for screens too', () => {
    const part = { x: 0, y: 0, width: 0.5, height: 0.5 };
    const regions = [
      { ...part, show: 'ada', fit: 'contain' },
      { ...part, show: 'eve' },
      { ...part, show: 'bob/1', fit: 'cover' },
    ];
    const { regions: shown } = arranged({ policy: 'custom', rules: [], fit: 'cover', regions }, [...five, ...slides]);
    expect(shown.map(({ fit }) => fit)).toEqual(['contain', 'cover', 'cover']);
  });

  it('rounds edges so that regions that meet still meet, inside the program', () => {
    const thirds = arranged(row(undefined, undefined, undefined), five, { width: 1000, height: 562 });
    expect(lines(thirds)).toEqual(['ada/0 0,0 334x562', 'bob/0 334,0 332x562', 'eve/0 666,0 334x562']);
  });

  it('shows nobody where nothing could be made out', () => {
    const regions = [
      { x: 0, y: 0, width: 0.01, height: 1 },
      { x: 0.5, y: 0, width: 0.5, height: 1 },
    ];
    expect(lines(arranged({ policy: 'custom', regions }, five))).toEqual(['ada/0 640,0 640x720']);
  });
});
