import { describe, expect, it } from 'vitest';
import { closeRanges, heldFrames, totalFrames } from '../../../../src/recorder/recordings/frame-range.ts';

const ON = Number.POSITIVE_INFINITY;

it.each([
  ['no recording', [], []],
  ['one without a frame', [[]], []],
  ['one that runs', [[{ from: 30, to: null }]], [{ from: 30, to: ON }]],
  [
    'a pause',
    [
      [
        { from: 0, to: 60, endedBy: 'pause' as const },
        { from: 90, to: null },
      ],
    ],
    [
      { from: 0, to: 60 },
      { from: 90, to: ON },
    ],
  ],
  [
    'an interruption, in which there was nothing',
    [
      [
        { from: 0, to: 60, endedBy: 'interruption' as const },
        { from: 90, to: 120 },
      ],
    ],
    [{ from: 0, to: 120 }],
  ],
  [
    'an interruption that nobody came back from',
    [[{ from: 0, to: 60, endedBy: 'interruption' as const }]],
    [{ from: 0, to: 60 }],
  ],
  [
    'one behind the other, in any order',
    [[{ from: 200, to: null }], [{ from: 0, to: 50 }], [{ from: 50, to: 80 }]],
    [
      { from: 0, to: 80 },
      { from: 200, to: ON },
    ],
  ],
  ['one within another', [[{ from: 0, to: 90 }], [{ from: 10, to: 20 }]], [{ from: 0, to: 90 }]],
])('what may be kept of a session with %s', (_what, recordings, held) => {
  expect(heldFrames(recordings)).toEqual(held);
});

describe('ranges that end', () => {
  it('end the one that runs, with the reason if it is not for good', () => {
    const ranges = [
      { from: 0, to: 30, endedBy: 'pause' as const },
      { from: 60, to: null },
    ];
    const [first] = ranges;
    expect(closeRanges(ranges, 90)).toEqual([first, { from: 60, to: 90 }]);
    expect(closeRanges(ranges, 90, 'interruption')).toEqual([first, { from: 60, to: 90, endedBy: 'interruption' }]);
    expect(totalFrames(closeRanges(ranges, 90))).toBe(60);
  });

  it('of one frame are kept, and of none are not', () => {
    expect(closeRanges([{ from: 60, to: null }], 61)).toEqual([{ from: 60, to: 61 }]);
    expect(closeRanges([{ from: 60, to: null }], 60)).toEqual([]);
    expect(closeRanges([{ from: 60, to: null }], 59)).toEqual([]);
  });
});
