import { describe, expect, it } from 'vitest';
import { closeBehindPeople, endOfPresence } from '../../../../src/recorder/recordings/empty-end.ts';

const framerate = 30;

describe('the end of a recording in an empty room', () => {
  it('is two seconds behind the last person, and tells how long the room stayed empty', () => {
    const ranges = [
      { from: 0, to: 50, endedBy: 'pause' },
      { from: 90, to: null },
    ] as const;
    expect(closeBehindPeople(ranges, { due: 1200, emptyFrom: 300, framerate })).toEqual([
      { from: 0, to: 50, endedBy: 'pause' },
      { from: 90, to: 360, emptyTo: 1200 },
    ]);
    expect(closeBehindPeople(ranges, { due: 1200, emptyFrom: 300, framerate }, 'interruption')[1]).toEqual({
      from: 90,
      to: 360,
      endedBy: 'interruption',
      emptyTo: 1200,
    });
  });

  it('is the end of the program where that comes sooner, or somebody is there', () => {
    const ranges = [{ from: 90, to: null }];
    for (const presence of [
      { due: 360, emptyFrom: 300 },
      { due: 301, emptyFrom: 300 },
      { due: 1200, emptyFrom: undefined },
    ]) {
      expect(closeBehindPeople(ranges, { ...presence, framerate })).toEqual([{ from: 90, to: presence.due }]);
    }
  });

  it('is not looked for in what began when nobody was there, nor in what has ended', () => {
    expect(closeBehindPeople([{ from: 301, to: null }], { due: 1200, emptyFrom: 300, framerate })).toEqual([
      { from: 301, to: 1200 },
    ]);
    const paused = [{ from: 0, to: 600, endedBy: 'pause' }] as const;
    expect(closeBehindPeople(paused, { due: 1200, emptyFrom: 300, framerate })).toEqual(paused);
    expect(endOfPresence(301, { emptyFrom: 300, framerate })).toBeUndefined();
    expect(endOfPresence(300, { emptyFrom: 300, framerate })).toBe(360);
  });
});
