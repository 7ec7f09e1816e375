import { describe, expect, it } from 'vitest';
import { type ListedSegment, type MediaPlaylist, renderMediaPlaylist } from '../../../src/hls/media-playlist.ts';
import { streamTimes } from '../../../src/hls/profile.ts';
import { wallTime } from '../../../src/media/timestamp.ts';

const START = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

function segment(number: number, fields: Partial<ListedSegment> = {}): ListedSegment {
  return {
    number,
    duration: 2,
    uri: `segment-${number}.m4s`,
    initUri: 'init-0.mp4',
    discontinuity: false,
    wallTime: wallTime(START + number * 2000),
    parts: Array.from({ length: 4 }, (_, index) => part(number, index)),
    gap: false,
    keyframeBytes: 0,
    ...fields,
  };
}

function part(number: number, index: number) {
  return { uri: `part-${number}-${index}.m4s`, duration: 0.5, independent: index === 0, gap: false };
}

function playlist(fields: Partial<MediaPlaylist> = {}): MediaPlaylist {
  return {
    times: streamTimes('standard', 30, 2),
    segments: [segment(7)],
    open: undefined,
    hint: 'part-8-0.m4s',
    discontinuitySequence: 0,
    dateRanges: [],
    reports: [],
    ended: false,
    ...fields,
  };
}

const lines = (fields: Partial<MediaPlaylist> = {}, delta = false) =>
  renderMediaPlaylist(playlist(fields), delta).split('\n');

describe('renderMediaPlaylist', () => {
  it('writes a live playlist line by line', () => {
    const segments = [
      segment(7),
      segment(8, { duration: 1.9666666, discontinuity: true, initUri: 'init-1.mp4' }),
      segment(9, { initUri: 'init-1.mp4', wallTime: wallTime(START + 60_000.4) }),
    ];
    const open = segment(10, { initUri: 'init-1.mp4', parts: [part(10, 0)], duration: 0.5 });
    expect(lines({ segments, open, hint: 'part-10-1.m4s', discontinuitySequence: 3 })).toEqual([
      '#EXTM3U',
      '#EXT-X-VERSION:6',
      '#EXT-X-TARGETDURATION:2',
      '#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=12,CAN-SKIP-DATERANGES=YES,HOLD-BACK=6,PART-HOLD-BACK=1.5',
      '#EXT-X-PART-INF:PART-TARGET=0.5',
      '#EXT-X-MEDIA-SEQUENCE:7',
      '#EXT-X-DISCONTINUITY-SEQUENCE:3',
      '#EXT-X-INDEPENDENT-SEGMENTS',
      '#EXT-X-MAP:URI="init-0.mp4"',
      '#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:19.678Z',
      '#EXTINF:2.00000,',
      'segment-7.m4s',
      '#EXT-X-DISCONTINUITY',
      '#EXT-X-MAP:URI="init-1.mp4"',
      '#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:21.678Z',
      '#EXT-X-PART:DURATION=0.50000,URI="part-8-0.m4s",INDEPENDENT=YES',
      '#EXT-X-PART:DURATION=0.50000,URI="part-8-1.m4s"',
      '#EXT-X-PART:DURATION=0.50000,URI="part-8-2.m4s"',
      '#EXT-X-PART:DURATION=0.50000,URI="part-8-3.m4s"',
      '#EXTINF:1.96667,',
      'segment-8.m4s',
      '#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:05:05.678Z',
      '#EXT-X-PART:DURATION=0.50000,URI="part-9-0.m4s",INDEPENDENT=YES',
      '#EXT-X-PART:DURATION=0.50000,URI="part-9-1.m4s"',
      '#EXT-X-PART:DURATION=0.50000,URI="part-9-2.m4s"',
      '#EXT-X-PART:DURATION=0.50000,URI="part-9-3.m4s"',
      '#EXTINF:2.00000,',
      'segment-9.m4s',
      '#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:25.678Z',
      '#EXT-X-PART:DURATION=0.50000,URI="part-10-0.m4s",INDEPENDENT=YES',
      '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part-10-1.m4s"',
      '',
    ]);
  });

  it('ends with EXT-X-ENDLIST, without parts to come and without old ones', () => {
    const text = renderMediaPlaylist(playlist({ ended: true }), true);
    expect(text).toMatch(/segment-7\.m4s\n#EXT-X-ENDLIST\n$/);
    expect(text).not.toMatch(/PRELOAD|EXT-X-PART:|SKIP:/);
  });

  it('leaves out of a delta what is further than the skip boundary from the end, and nothing else', () => {
    const segments = Array.from({ length: 12 }, (_, number) => segment(number, { discontinuity: number === 3 }));
    const open = segment(12, { parts: [part(12, 0)], duration: 0.5 });
    const full = lines({ segments, open });
    const delta = lines({ segments, open, dateRanges: ['#EXT-X-DATERANGE:ID="a"'] }, true);
    // With the half second of the open segment, six whole ones are at least twelve seconds.
    expect(delta.slice(1, 10)).toEqual([
      '#EXT-X-VERSION:9',
      ...full.slice(2, 8),
      '#EXT-X-SKIP:SKIPPED-SEGMENTS=6',
      '#EXT-X-DATERANGE:ID="a"',
    ]);
    const at = full.indexOf('segment-5.m4s');
    expect(delta.slice(10)).toEqual(full.slice(at + 1));
  });

  it('tells in a delta only what has changed of the date ranges, to whoever can do with that', () => {
    const segments = Array.from({ length: 12 }, (_, number) => segment(number));
    const ranges = { dateRanges: ['#EXT-X-DATERANGE:ID="old"', '#EXT-X-DATERANGE:ID="new"'] };
    const changed = { lines: ['#EXT-X-DATERANGE:ID="new"'], removed: ['a', 'b'] };
    const whole = lines({ segments, ...ranges }, true);
    const delta = lines({ segments, ...ranges, rangeChanges: changed }, true);
    expect(delta[1]).toBe('#EXT-X-VERSION:10');
    const at = whole.indexOf('#EXT-X-SKIP:SKIPPED-SEGMENTS=6');
    expect(delta[at]).toBe('#EXT-X-SKIP:SKIPPED-SEGMENTS=6,RECENTLY-REMOVED-DATERANGES="a\tb"');
    expect(delta.slice(at + 1)).toEqual(['#EXT-X-DATERANGE:ID="new"', ...whole.slice(at + 3)]);
    const none = lines({ segments, ...ranges, rangeChanges: { lines: [], removed: [] } }, true);
    expect(none[at]).toBe('#EXT-X-SKIP:SKIPPED-SEGMENTS=6,RECENTLY-REMOVED-DATERANGES=""');
    // Where no segment is left out, nothing is.
    const few = segments.slice(6);
    expect(lines({ segments: few, ...ranges, rangeChanges: changed }, true)).toEqual(
      lines({ segments: few, ...ranges }),
    );
  });

  it('repeats the map after a skip only where it changes', () => {
    const segments = Array.from({ length: 10 }, (_, number) =>
      segment(number, { initUri: `init-${number < 4 ? 0 : 1}.mp4` }),
    );
    const maps = (list: readonly ListedSegment[]) =>
      lines({ segments: list }, true).filter((line) => line.includes('MAP'));
    expect(maps(segments)).toEqual(['#EXT-X-MAP:URI="init-1.mp4"']);
    expect(maps(segments.map((one) => ({ ...one, initUri: 'init-0.mp4' })))).toEqual([]);
  });

  it('is whole while there is nothing to leave out', () => {
    const segments = Array.from({ length: 6 }, (_, number) => segment(number));
    expect(lines({ segments }, true)).toEqual(lines({ segments }));
  });

  it('tells where other playlists end, and what is missing', () => {
    const gone = segment(7, { gap: true, parts: [{ ...part(7, 0), gap: true }] });
    const reports = [{ uri: 'low.m3u8', lastSegment: 7, lastPart: 3 }];
    const text = renderMediaPlaylist(playlist({ segments: [gone], reports }));
    expect(text).toContain('#EXT-X-VERSION:8\n');
    expect(text).toContain('URI="part-7-0.m4s",INDEPENDENT=YES,GAP=YES\n#EXT-X-GAP\n#EXTINF:2.00000,\n');
    expect(text).toContain('\n#EXT-X-RENDITION-REPORT:URI="low.m3u8",LAST-MSN=7,LAST-PART=3\n');
  });
});
