import { describe, expect, it } from 'vitest';
import type { OpenRange } from '../../../../src/recorder/recordings/frame-range.ts';
import {
  entryName,
  hasHoles,
  isComplete,
  recordingEntries,
  renderRecordingPlaylist,
} from '../../../../src/recorder/recordings/recording-playlist.ts';
import { type LoggedSegment, SegmentTable } from '../../../../src/recorder/session/segment-table.ts';
import { partEntry } from '../../../../src/recorder/session/session-index.ts';
import { lintMediaPlaylist } from '../../../helpers/hls-check/lint.ts';
import { problemsOfHlsParser, problemsOfM3u8Parser } from '../../../helpers/hls-check/oracles.ts';
import { readPlaylist } from '../../../helpers/hls-check/playlist.ts';
import { PART_FRAMES, SEGMENT_PARTS, testInit, testPart } from '../../../helpers/log-parts.ts';

const SEGMENT_FRAMES = PART_FRAMES * SEGMENT_PARTS;
/** Rules for playlists that slide, and whose players keep to the live edge. */
const OF_LIVE_PLAYLISTS = /DISCONTINUITY-SEQUENCE is missing|START hinders PART-HOLD-BACK/;

/** Finished segments `from` … `to - 1`, of two seconds each; the program breaks off before segment 5. */
function segments(from: number, to: number): readonly LoggedSegment[] {
  const table = new SegmentTable();
  for (let n = from * SEGMENT_PARTS; n < to * SEGMENT_PARTS; n += 1) {
    const broken = n === 5 * SEGMENT_PARTS;
    const part = testPart(n, { bytes: 100, ...(n >= 5 * SEGMENT_PARTS && { init: testInit(1) }) });
    table.add(partEntry({ ...part, discontinuity: broken }, part.index * 100), part.last);
  }
  return table.segments;
}

const names = (list: readonly LoggedSegment[], ranges: readonly OpenRange[]): string[] =>
  recordingEntries(list, ranges).map((entry) => `${entry.discontinuity ? '| ' : ''}${entryName(entry)}`);

describe('recordingEntries', () => {
  it('lists whole segments while the recording runs, from the one that holds its first frame', () => {
    expect(names(segments(0, 3), [{ from: 70, to: null }])).toEqual(['segment-1.m4s', 'segment-2.m4s']);
    expect(names(segments(0, 3), [{ from: 180, to: null }])).toEqual([]);
  });

  it('ends with the part that holds the last frame', () => {
    expect(names(segments(0, 4), [{ from: 70, to: 181 }])).toEqual([
      'segment-1.m4s',
      'segment-2.m4s',
      'segment-3-1.m4s',
    ]);
    expect(names(segments(0, 4), [{ from: 70, to: 180 }])).toEqual(['segment-1.m4s', 'segment-2.m4s']);
  });

  it('breaks off at pauses, and where the program did', () => {
    const ranges = [
      { from: 0, to: 70 },
      { from: 190, to: null },
    ];
    expect(names(segments(0, 7), ranges)).toEqual([
      'segment-0.m4s',
      'segment-1-1.m4s',
      '| segment-3.m4s',
      'segment-4.m4s',
      '| segment-5.m4s',
      'segment-6.m4s',
    ]);
  });

  it('begins with a key frame also when a pause began and ended within one segment', () => {
    const ranges = [
      { from: 0, to: 70 },
      { from: 100, to: 130 },
    ];
    expect(names(segments(0, 4), ranges)).toEqual([
      'segment-0.m4s',
      'segment-1-1.m4s',
      '| segment-1.m4s',
      'segment-2-1.m4s',
    ]);
  });

  it('only ever adds, as the session and its ranges go on', () => {
    const steps: readonly (readonly [number, readonly OpenRange[]])[] = [
      [1, [{ from: 10, to: null }]],
      [2, [{ from: 10, to: null }]],
      [2, [{ from: 10, to: 135 }]],
      [3, [{ from: 10, to: 135 }]],
      [
        3,
        [
          { from: 10, to: 135 },
          { from: 200, to: null },
        ],
      ],
      [
        6,
        [
          { from: 10, to: 135 },
          { from: 200, to: null },
        ],
      ],
      [
        6,
        [
          { from: 10, to: 135 },
          { from: 200, to: 399 },
        ],
      ],
      [
        8,
        [
          { from: 10, to: 135 },
          { from: 200, to: 399 },
        ],
      ],
    ];
    let before: string[] = [];
    for (const [count, ranges] of steps) {
      const now = names(segments(0, count), ranges);
      expect(now.slice(0, before.length)).toEqual(before);
      before = now;
    }
    expect(before).toHaveLength(7);
  });
});

describe('isComplete', () => {
  it('is when the last range has ended and what shows its end is finished', () => {
    expect(isComplete(segments(0, 2), [{ from: 0, to: null }])).toBe(false);
    expect(isComplete(segments(0, 2), [{ from: 0, to: 2 * SEGMENT_FRAMES + 1 }])).toBe(false);
    expect(isComplete(segments(0, 2), [{ from: 0, to: 2 * SEGMENT_FRAMES }])).toBe(true);
    expect(isComplete([], [{ from: 0, to: 1 }])).toBe(false);
    expect(isComplete(segments(0, 1), [])).toBe(false);
  });
});

describe('hasHoles', () => {
  it('tells when the beginning of a range is gone, or something within', () => {
    const ranges = [{ from: 130, to: 300 }];
    expect(hasHoles(segments(0, 6), ranges)).toBe(false);
    expect(hasHoles(segments(2, 6), ranges)).toBe(false);
    expect(hasHoles(segments(3, 6), ranges)).toBe(true);
    expect(hasHoles([], ranges)).toBe(true);
    expect(hasHoles([...segments(2, 3), ...segments(4, 6)], ranges)).toBe(true);
    expect(hasHoles([...segments(0, 1), ...segments(2, 6)], ranges)).toBe(false);
  });
});

describe('renderRecordingPlaylist', () => {
  const render = (ranges: readonly OpenRange[], ended: boolean, count = 7) =>
    renderRecordingPlaylist({
      entries: recordingEntries(segments(0, count), ranges),
      framerate: 30,
      firstFrame: ranges[0]?.from ?? 0,
      targetDuration: 2,
      ended,
    });

  it('is an EVENT that begins at the first frame that was recorded', () => {
    expect(render([{ from: 75, to: null }], false, 3)).toBe(
      [
        '#EXTM3U',
        '#EXT-X-VERSION:6',
        '#EXT-X-TARGETDURATION:2',
        '#EXT-X-PLAYLIST-TYPE:EVENT',
        '#EXT-X-MEDIA-SEQUENCE:0',
        '#EXT-X-INDEPENDENT-SEGMENTS',
        '#EXT-X-START:TIME-OFFSET=0.50000,PRECISE=YES',
        '#EXT-X-MAP:URI="init-0.mp4"',
        '#EXT-X-PROGRAM-DATE-TIME:2027-01-15T08:00:02.000Z',
        '#EXTINF:2.00000,',
        'segment-1.m4s',
        '#EXT-X-PROGRAM-DATE-TIME:2027-01-15T08:00:04.000Z',
        '#EXTINF:2.00000,',
        'segment-2.m4s',
        '',
      ].join('\n'),
    );
  });

  it('is a VOD with an end once nothing will be added, and tells pauses and other encoders', () => {
    const text = render(
      [
        { from: 60, to: 70 },
        { from: 240, to: 330 },
      ],
      true,
    );
    expect(text.split('\n').slice(3)).toEqual([
      '#EXT-X-PLAYLIST-TYPE:VOD',
      '#EXT-X-MEDIA-SEQUENCE:0',
      '#EXT-X-INDEPENDENT-SEGMENTS',
      '#EXT-X-MAP:URI="init-0.mp4"',
      '#EXT-X-PROGRAM-DATE-TIME:2027-01-15T08:00:02.000Z',
      '#EXTINF:0.50000,',
      'segment-1-1.m4s',
      '#EXT-X-DISCONTINUITY',
      '#EXT-X-PROGRAM-DATE-TIME:2027-01-15T08:00:08.000Z',
      '#EXTINF:2.00000,',
      'segment-4.m4s',
      '#EXT-X-DISCONTINUITY',
      '#EXT-X-MAP:URI="init-1.mp4"',
      '#EXT-X-PROGRAM-DATE-TIME:2027-01-15T08:00:10.000Z',
      '#EXTINF:1.00000,',
      'segment-5-2.m4s',
      '#EXT-X-ENDLIST',
      '',
    ]);
  });

  it('is right by the rules of the standard, and by other readers of playlists', () => {
    const ranges = [
      { from: 75, to: 130 },
      { from: 240, to: 391 },
    ];
    for (const text of [render([{ from: 75, to: null }], false), render(ranges, false), render(ranges, true)]) {
      expect(lintMediaPlaylist(text).filter((problem) => !OF_LIVE_PLAYLISTS.test(problem))).toEqual([]);
      const playlist = readPlaylist(text);
      expect([...problemsOfHlsParser(playlist), ...problemsOfM3u8Parser(playlist)]).toEqual([]);
    }
  });
});
