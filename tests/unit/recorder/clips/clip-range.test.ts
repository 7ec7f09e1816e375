import { describe, expect, it } from 'vitest';
import { type ClipRequest, type ClipSource, clipRange, timeOf } from '../../../../src/recorder/clips/clip-range.ts';

const BEGAN = Date.parse('2026-11-21T19:00:00.000Z');
const FPS = 30;
const source: ClipSource = {
  framerate: FPS,
  beganMs: BEGAN,
  // 40.5 s of the session, the newest half second of it on its way.
  currentFrame: 1215,
  spans: [{ firstFrame: 300, endFrame: 1200 }],
  recorded: [{ from: 0, to: Number.POSITIVE_INFINITY }],
};
const seconds = (from: number, to: number): ClipRequest => ({ from: BEGAN + from * 1000, to: BEGAN + to * 1000 });
const range = (request: ClipRequest, more: Partial<ClipSource> = {}) => clipRange(request, { ...source, ...more }, 25);
const refused = (code: string) => expect.objectContaining({ code });

describe('clipRange', () => {
  it('takes the frames that are on the screen in the wanted time, the first and the last partly', () => {
    expect(range(seconds(12, 15))).toEqual({ from: 360, to: 450 });
    expect(range(seconds(12.01, 15.01))).toEqual({ from: 360, to: 451 });
    expect(range(seconds(12.033, 12.034))).toEqual({ from: 360, to: 362 });
    // Frame 361 begins at 12.0333…; whoever rounds that to milliseconds means it.
    expect(clipRange({ from: BEGAN + 12_034, to: BEGAN + 12_035 }, source, 25)).toEqual({ from: 361, to: 362 });
  });

  it('holds one frame at least, however short the time', () => {
    expect(clipRange({ from: BEGAN + 12_000.01, to: BEGAN + 12_000.03 }, source, 25)).toEqual({ from: 360, to: 361 });
  });

  it('takes the newest seconds, or what there is of them', () => {
    expect(range({ last: 10 })).toEqual({ from: 900, to: 1200 });
    expect(range({ last: 0.01 })).toEqual({ from: 1199, to: 1200 });
    expect(range({ last: 10 }, { spans: [{ firstFrame: 1100, endFrame: 1200 }] })).toEqual({ from: 1100, to: 1200 });
  });

  it.each([seconds(12, 12), seconds(12, 11), { last: 0 }, { last: -1 }, { last: Number.NaN }])(
    'refuses a clip of nothing: %o',
    (request) => expect(() => range(request)).toThrow(refused('clip_empty')),
  );

  it('refuses what is longer than the limit, and nothing shorter', () => {
    expect(range(seconds(12, 37))).toEqual({ from: 360, to: 1110 });
    expect(() => range(seconds(12, 37.001))).toThrow(refused('clip_too_long'));
    expect(range({ last: 25 })).toEqual({ from: 450, to: 1200 });
    expect(() => range({ last: 25.001 })).toThrow(refused('clip_too_long'));
  });

  it('refuses what is not kept any more, or has not been yet, and says what is kept', () => {
    expect(range(seconds(10, 11)).from).toBe(300);
    expect(() => range(seconds(9.9, 11))).toThrow(
      'The session is kept from 2026-11-21T19:00:10.000Z to 2026-11-21T19:00:40.000Z; ask for a time within.',
    );
    expect(() => range(seconds(9.9, 11))).toThrow(refused('clip_not_kept'));
    expect(range(seconds(40, 40.5))).toEqual({ from: 1200, to: 1215 });
    expect(() => range(seconds(40, 40.6))).toThrow(refused('clip_not_kept'));
    expect(() => range({ last: 1 }, { spans: [] })).toThrow(refused('clip_not_kept'));
  });

  it('finds an older stretch that a recording has kept, and refuses what reaches out of it', () => {
    const spans = [
      { firstFrame: 0, endFrame: 240 },
      { firstFrame: 900, endFrame: 1200 },
    ];
    expect(range(seconds(1, 8), { spans })).toEqual({ from: 30, to: 240 });
    expect(() => range(seconds(1, 8.1), { spans })).toThrow(refused('clip_not_kept'));
    expect(() => range(seconds(7, 31), { spans })).toThrow(refused('clip_not_kept'));
  });

  it('takes of the newest seconds what was recorded, and of that the newest piece', () => {
    const recorded = [
      { from: 0, to: 900 },
      { from: 960, to: 1050 },
    ];
    expect(range({ last: 5 }, { recorded: [{ from: 1140, to: Number.POSITIVE_INFINITY }] })).toEqual({
      from: 1140,
      to: 1200,
    });
    expect(range({ last: 10 }, { recorded })).toEqual({ from: 960, to: 1050 });
    expect(range({ last: 6 }, { recorded })).toEqual({ from: 1020, to: 1050 });
    expect(range({ last: 5 + 1 / FPS }, { recorded })).toEqual({ from: 1049, to: 1050 });
    expect(() => range({ last: 5 }, { recorded })).toThrow(refused('clip_not_recorded'));
    expect(() => range({ last: 5 }, { recorded })).toThrow('Nothing of the newest 5 seconds was recorded');
    expect(() => range({ last: 5 }, { recorded: [{ from: 1200, to: Number.POSITIVE_INFINITY }] })).toThrow(
      'newest 5 s',
    );
    expect(() => range({ last: 5 }, { recorded: [] })).toThrow(refused('clip_not_recorded'));
  });

  it('refuses a time of which a moment was not recorded', () => {
    const recorded = [
      { from: 300, to: 600 },
      { from: 630, to: Number.POSITIVE_INFINITY },
    ];
    expect(range(seconds(10, 20), { recorded })).toEqual({ from: 300, to: 600 });
    expect(range(seconds(21, 40.5), { recorded })).toEqual({ from: 630, to: 1215 });
    for (const time of [seconds(19, 20.01), seconds(20.9, 30), seconds(15, 25)]) {
      expect(() => range(time, { recorded })).toThrow(refused('clip_not_recorded'));
    }
    expect(() => range(seconds(15, 25), { recorded: [{ from: 300, to: 600 }] })).toThrow(
      'last from 2026-11-21T19:00:10.000Z to 2026-11-21T19:00:20.000Z; ask for a time within.',
    );
    expect(() => range(seconds(15, 25), { recorded })).toThrow('last from 2026-11-21T19:00:21.000Z to now;');
    expect(() => range(seconds(12, 15), { recorded: [] })).toThrow('Nothing of this session was recorded');
  });

  it('tells the time of a frame', () => {
    expect(timeOf(361, source)).toBe('2026-11-21T19:00:12.033Z');
  });
});
