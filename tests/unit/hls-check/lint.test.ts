import { describe, expect, it } from 'vitest';
import { lintMediaPlaylist, lintMultivariant } from '../../helpers/hls-check/lint.ts';
import { MULTIVARIANT, deltaPlaylist, livePlaylist } from '../../helpers/hls-check/samples.ts';

const STATE = { first: 4, open: 20, parts: 2, breaks: [3, 18] };
const LIVE = livePlaylist(STATE);
const DELTA = deltaPlaylist(STATE);

/** `rule`, and a change of the good playlist that breaks it: what is replaced, and by what. */
type Break = readonly [rule: string, found: string | RegExp, instead: string];

const MEDIA_BREAKS: readonly Break[] = [
  ['file', '#EXTM3U', '\uFEFF#EXTM3U'],
  ['file', '#EXTM3U\n', ''],
  ['file', /\n$/, ''],
  ['file', 'part-20-0', 'part-20\u0007-0'],
  ['attributes', 'DURATION=0.50000,URI="part-20-0.m4s"', 'DURATION=0.50000,,URI="part-20-0.m4s"'],
  ['attributes', 'DURATION=0.50000,URI="part-20-0.m4s"', 'DURATION=0.50000,DURATION=0.5,URI="part-20-0.m4s"'],
  ['tags', '#EXT-X-TARGETDURATION:2\n', '#EXT-X-TARGETDURATION:2\n#EXT-X-TARGETDURATION:2\n'],
  ['tags', /#EXT-X-DISCONTINUITY-SEQUENCE:.*\n/, ''],
  ['tags', /(#EXT-X-MEDIA-SEQUENCE:4\n)([^]*?\nsegment-4.m4s\n)/, '$2$1'],
  ['tags', '#EXT-X-VERSION:6\n', '#EXT-X-VERSION:6\n#EXT-X-STREAM-INF:BANDWIDTH=1\n'],
  ['start', '#EXT-X-VERSION:6\n', '#EXT-X-VERSION:6\n#EXT-X-START:TIME-OFFSET=-2\n'],
  ['version', 'VERSION:6', 'VERSION:5'],
  ['version', 'VERSION:6', 'VERSION:9'],
  ['target-duration', 'TARGETDURATION:2', 'TARGETDURATION:1'],
  ['target-duration', 'TARGETDURATION:2', 'TARGETDURATION:2.5'],
  ['extinf', '#EXTINF:2.00000,', '#EXTINF:2.000,'],
  ['extinf', '#EXTINF:2.00000,\n', ''],
  ['type', '#EXT-X-VERSION:6\n', '#EXT-X-VERSION:6\n#EXT-X-PLAYLIST-TYPE:EVENT\n'],
  ['type', '#EXT-X-VERSION:6\n', '#EXT-X-VERSION:6\n#EXT-X-PLAYLIST-TYPE:VOD\n'],
  ['endlist', /$/, '#EXT-X-ENDLIST\n'],
  ['map', '#EXT-X-MAP:URI="init-1.mp4"\n', ''],
  ['map', '#EXT-X-DISCONTINUITY\n', ''],
  ['map', /(#EXT-X-MAP:URI="init-2.mp4"\n)([^]*?-18-0.*\n)/, '$2$1'],
  ['discontinuity', /(#EXT-X-DISCONTINUITY\n)([^]*?-18-0.*\n)/, '$2$1'],
  ['discontinuity', '#EXT-X-DISCONTINUITY\n', '#EXT-X-DISCONTINUITY\n#EXT-X-DISCONTINUITY\n'],
  ['program-date-time', /#EXT-X-PROGRAM-DATE-TIME.*\n/g, ''],
  ['program-date-time', /(init-2.mp4"\n)#EXT-X-PROGRAM-DATE-TIME.*\n/, '$1'],
  ['program-date-time', /(#EXT-X-PROGRAM-DATE-TIME.*\n)(.*-19-0.*\n)/, '$2$1'],
  ['program-date-time', '03:04:23.000Z', '03:04:23.400Z'],
  ['program-date-time', '03:04:41.000Z', '03:04:39.900Z'],
  ['uri', 'segment-6.m4s', 'segment-5.m4s'],
  ['part-inf', /#EXT-X-PART-INF.*\n/, ''],
  ['server-control', /#EXT-X-SERVER-CONTROL.*\n/, ''],
  ['server-control', 'CAN-BLOCK-RELOAD=YES,', ''],
  ['server-control', 'PART-HOLD-BACK=1.50000', 'PART-HOLD-BACK=1.49999'],
  ['server-control', ',PART-HOLD-BACK=1.50000', ''],
  ['server-control', ',HOLD-BACK=6.0', ',HOLD-BACK=5.9'],
  ['server-control', 'CAN-SKIP-UNTIL=12.0', 'CAN-SKIP-UNTIL=11.9'],
  ['part-target', 'DURATION=0.50000,URI="part-20-1', 'DURATION=0.50001,URI="part-20-1'],
  ['part-least', 'DURATION=0.50000,URI="part-19-2', 'DURATION=0.42000,URI="part-19-2'],
  ['part-sum', 'DURATION=0.50000,URI="part-19-3', 'DURATION=0.46667,URI="part-19-3'],
  ['part-removal', '#EXTINF:2.00000,\nsegment-17', '#EXT-X-PART:DURATION=2,URI="x"\n#EXTINF:2.00000,\nsegment-17'],
  ['part', 'URI="part-20-1.m4s"', 'INDEPENDENT=NO'],
  ['part', 'DURATION=0.50000,URI="part-20-1', 'URI="part-20-1'],
  ['preload-hint', /#EXT-X-PRELOAD-HINT.*\n/, ''],
  ['preload-hint', /(#EXT-X-PRELOAD-HINT.*\n)/, '$1$1'],
  ['preload-hint', /HINT:TYPE=PART,URI="part-20-2/, 'HINT:TYPE=PART,URI="part-20-1'],
  ['preload-hint', /(#EXT-X-PART:.*-20-1.*\n)(#EXT-X-PRELOAD-HINT.*\n)/, '$2$1'],
  ['preload-hint', 'TYPE=PART', 'TYPE=BEST'],
  ['rendition-report', /$/, '#EXT-X-RENDITION-REPORT:URI="/low.m3u8",LAST-MSN=20,LAST-PART=1\n'],
  ['rendition-report', /$/, '#EXT-X-RENDITION-REPORT:URI="low.m3u8",LAST-PART=1\n'],
  ['daterange', /$/, '#EXT-X-DATERANGE:START-DATE="2026-01-02T03:04:05Z"\n'],
  ['daterange', /$/, '#EXT-X-DATERANGE:ID="a"\n'],
  ['daterange', /$/, '#EXT-X-DATERANGE:ID="a",START-DATE="2026-01-02T03:04:05Z",END-ON-NEXT=YES\n'],
  [
    'daterange',
    /$/,
    '#EXT-X-DATERANGE:ID="a",CLASS="c",START-DATE="2026-01-02T03:04:05Z",END-ON-NEXT=YES,DURATION=1\n',
  ],
  ['daterange', /$/, '#EXT-X-DATERANGE:ID="a",START-DATE="2026-01-02T03:04:05Z",END-DATE="2026-01-02T03:04:04Z"\n'],
];

const DELTA_BREAKS: readonly Break[] = [
  ['version', 'VERSION:9', 'VERSION:6'],
  ['skip', 'SKIPPED-SEGMENTS=10', 'SKIPPED-SEGMENTS=0'],
  ['skip', /#EXT-X-PROGRAM[^#]*#EXTINF:2.00000,\nsegment-14.m4s\n/, ''],
  ['skip', 'CAN-SKIP-UNTIL=12.0,', ''],
  ['tags', /(#EXT-X-MEDIA-SEQUENCE:4\n)([^]*?)(#EXT-X-SKIP.*\n)/, '$2$3$1'],
  ['endlist', /$/, '#EXT-X-ENDLIST\n'],
];

const MULTIVARIANT_BREAKS: readonly Break[] = [
  ['file', '#EXTM3U\n', ''],
  ['attributes', 'BANDWIDTH=2600000,', 'BANDWIDTH=2600000;'],
  ['multivariant', '#EXT-X-VERSION:6\n', '#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:2\n'],
  ['multivariant', '#EXT-X-VERSION:6\n', '#EXT-X-VERSION:6\n#EXT-X-VERSION:6\n'],
  ['multivariant', 's/low.m3u8\n', ''],
  ['multivariant', /#EXT-X-STREAM-INF.*\n.*\n/g, ''],
  ['start', '#EXT-X-VERSION:6\n', '#EXT-X-VERSION:6\n#EXT-X-START:TIME-OFFSET=-2\n'],
  ['variant-attributes', ':BANDWIDTH=2600000,', ':'],
  ['variant-attributes', ',AVERAGE-BANDWIDTH=2500000', ''],
  ['variant-attributes', 'AVERAGE-BANDWIDTH=2500000', 'AVERAGE-BANDWIDTH=2700000'],
  ['variant-attributes', 'CODECS="avc1.64001f,mp4a.40.2",', ''],
  ['variant-attributes', 'avc1.64001e', 'avc1.6401e'],
  ['variant-attributes', 'RESOLUTION=640x360,', ''],
  ['variant-attributes', ',FRAME-RATE=30.000', ''],
  ['variant-attributes', ',URI="s/iframes.m3u8"', ''],
  ['media-groups', 'GROUP-ID="text"', 'GROUP-ID="words"'],
  ['media-groups', 'NAME="Program",', ''],
  ['media-groups', 'TYPE=SUBTITLES', 'TYPE=TITLES'],
  ['media-groups', ',URI="s/captions.m3u8"', ''],
  ['media-groups', 'DEFAULT=YES,AUTOSELECT=YES', 'DEFAULT=YES,AUTOSELECT=NO'],
  ['media-groups', /(#EXT-X-MEDIA:TYPE=AUDIO.*\n)/, '$1$1'],
];

function rulesOf(problems: readonly string[]): string[] {
  return problems.map((problem) => problem.slice(0, problem.indexOf(':')));
}

describe('lintMediaPlaylist', () => {
  it.each([
    ['a playlist with parts', LIVE],
    ['one that has just begun', livePlaylist({ first: 0, open: 2, parts: 0 })],
    ['one that begins with a break', livePlaylist({ first: 3, open: 20, parts: 3, breaks: [3] })],
    ['one whose open segment has only broken off', livePlaylist({ ...STATE, parts: 0, breaks: [20] })],
    ['one that has ended', livePlaylist({ ...STATE, parts: 0, ended: true })],
    ['a delta update', DELTA],
  ])('says nothing of %s', (_, text) => {
    expect(lintMediaPlaylist(text)).toEqual([]);
  });

  it.each(MEDIA_BREAKS)('finds a broken rule of %s (change %#)', (rule, found, instead) => {
    const broken = LIVE.replace(found, instead);
    expect(broken).not.toBe(LIVE);
    expect(rulesOf(lintMediaPlaylist(broken))).toContain(rule);
  });

  it.each(DELTA_BREAKS)('finds a broken rule of %s in a delta update (change %#)', (rule, found, instead) => {
    const broken = DELTA.replace(found, instead);
    expect(broken).not.toBe(DELTA);
    expect(rulesOf(lintMediaPlaylist(broken))).toContain(rule);
  });

  it('allows a short part where the draft does: first, last, and before a gap', () => {
    const short = LIVE.replace('DURATION=0.50000,URI="part-20-1', 'DURATION=0.10000,URI="part-20-1');
    expect(lintMediaPlaylist(short)).toEqual([]);
    const first = LIVE.replace('DURATION=0.50000,URI="part-20-0', 'DURATION=0.10000,URI="part-20-0');
    expect(lintMediaPlaylist(first)).toEqual([]);
  });

  it('wants the version that gaps and skipped date ranges need', () => {
    const gap = LIVE.replace('#EXTINF:2.00000,\nsegment-9', '#EXT-X-GAP\n#EXTINF:2.00000,\nsegment-9');
    expect(rulesOf(lintMediaPlaylist(gap))).toEqual(['version']);
    expect(lintMediaPlaylist(gap.replace('VERSION:6', 'VERSION:8'))).toEqual([]);
    const ranges = DELTA.replace('SKIPPED-SEGMENTS=10', 'SKIPPED-SEGMENTS=10,RECENTLY-REMOVED-DATERANGES="a"');
    expect(rulesOf(lintMediaPlaylist(ranges))).toEqual(['version']);
    expect(lintMediaPlaylist(ranges.replace('VERSION:9', 'VERSION:10'))).toEqual([]);
  });
});

describe('lintMultivariant', () => {
  it('says nothing of a good one', () => {
    expect(lintMultivariant(MULTIVARIANT)).toEqual([]);
  });

  it.each(MULTIVARIANT_BREAKS)('finds a broken rule of %s (change %#)', (rule, found, instead) => {
    const broken = MULTIVARIANT.replace(found, instead);
    expect(broken).not.toBe(MULTIVARIANT);
    expect(rulesOf(lintMultivariant(broken))).toContain(rule);
  });
});
