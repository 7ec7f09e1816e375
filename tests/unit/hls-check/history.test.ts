import { describe, expect, it } from 'vitest';
import { difference, merged } from '../../helpers/hls-check/delta.ts';
import { lintChange } from '../../helpers/hls-check/history.ts';
import { readPlaylist } from '../../helpers/hls-check/playlist.ts';
import { type SampleState, deltaPlaylist, livePlaylist } from '../../helpers/hls-check/samples.ts';

const STATE = { first: 4, open: 20, parts: 2, breaks: [3, 4, 18] };
const BEFORE = livePlaylist(STATE);
const RANGE = '#EXT-X-DATERANGE:ID="a",START-DATE="2026-01-02T03:04:40Z",X-NAME="Ana"\n';

/** `rule`, the next state, and a change of its playlist that breaks the rule. */
type Break = readonly [rule: string, next: Partial<SampleState>, found: string | RegExp, instead: string];

const BREAKS: readonly Break[] = [
  ['media-sequence', { first: 3 }, '', ''],
  ['discontinuity-sequence', { first: 5 }, 'DISCONTINUITY-SEQUENCE:2', 'DISCONTINUITY-SEQUENCE:1'],
  ['discontinuity-sequence', { parts: 3 }, 'DISCONTINUITY-SEQUENCE:1', 'DISCONTINUITY-SEQUENCE:2'],
  ['constant', { parts: 3 }, 'TARGETDURATION:2', 'TARGETDURATION:3'],
  ['constant', { parts: 3 }, 'PART-TARGET=0.50000', 'PART-TARGET=0.60000'],
  ['constant', { parts: 3 }, 'PART-HOLD-BACK=1.50000', 'PART-HOLD-BACK=2.00000'],
  ['constant', { parts: 3 }, '#EXT-X-VERSION:6\n', '#EXT-X-VERSION:6\n#EXT-X-PLAYLIST-TYPE:EVENT\n'],
  ['removal', { first: 15, parts: 3 }, '', ''],
  ['removal', { first: 18, parts: 3 }, '', ''],
  ['append', { parts: 1 }, '', ''],
  ['append', { open: 19 }, '', ''],
  ['changed', { parts: 3 }, 'segment-10.m4s', 'segment-10b.m4s'],
  ['changed', { parts: 3 }, '#EXTINF:2.00000,\nsegment-10', '#EXTINF:1.96667,\nsegment-10'],
  ['changed', { parts: 3 }, '03:04:25.000Z', '03:04:25.001Z'],
  ['changed', { parts: 3 }, 'init-2.mp4', 'init-3.mp4'],
  ['changed', { parts: 3 }, '03:04:45.000Z', '03:04:45.001Z'],
  ['changed-parts', { parts: 3 }, 'part-20-0.m4s', 'part-20-9.m4s'],
  ['changed-parts', { parts: 3 }, /#EXT-X-PART:.*-19-3.*\n/, ''],
  ['changed-parts', { parts: 3 }, /(#EXT-X-PART:.*-19-.*\n)+/, ''],
  ['hint-kept', { parts: 3 }, 'part-20-2.m4s', 'part-20-2b.m4s'],
  ['hint-kept', { open: 21, parts: 1 }, /#EXT-X-PART:.*-20-[23].*\n/g, ''],
  ['daterange', { parts: 3 }, '', ''],
  ['daterange', { parts: 3 }, /$/, RANGE.replace('Ana', 'Bo')],
];

function rulesOf(problems: readonly string[]): string[] {
  return problems.map((problem) => problem.slice(0, problem.indexOf(':')));
}

describe('lintChange', () => {
  it('says nothing of a stream that goes on, part by part, over removals, a break and its end', () => {
    let [before, count] = [livePlaylist({ ...STATE, first: 0, open: 4, parts: 0, breaks: [] }), 0];
    for (let at = 4 * 4 + 1; at <= 40 * 4; at += 1) {
      const open = Math.floor(at / 4);
      const state = { first: Math.max(0, open - 12), open, parts: at % 4, breaks: open >= 18 ? [18] : [] };
      const after = livePlaylist(state);
      expect(lintChange(before, after)).toEqual([]);
      [before, count] = [after, count + 1];
    }
    expect(count).toBeGreaterThan(100);
    const ended = livePlaylist({ first: 28, open: 40, parts: 0, breaks: [18], ended: true });
    expect(lintChange(before, ended)).toEqual([]);
    expect(lintChange(ended, ended)).toEqual([]);
  });

  it.each(BREAKS)('finds a broken rule of %s (change %#)', (rule, next, found, instead) => {
    const before = rule === 'daterange' ? BEFORE + RANGE : BEFORE;
    const after = livePlaylist({ ...STATE, ...next });
    const broken = after.replace(found, instead);
    expect(rulesOf(lintChange(before, broken))).toContain(rule);
    if (found !== '') expect(rulesOf(lintChange(before, rule === 'daterange' ? after + RANGE : after))).toEqual([]);
  });

  it('finds a playlist that goes on after its end', () => {
    const ended = livePlaylist({ ...STATE, parts: 0, ended: true });
    expect(rulesOf(lintChange(ended, livePlaylist({ ...STATE, parts: 1 })))).toEqual(['ended']);
  });

  it('allows a hint to be given up where the program breaks off', () => {
    const cut = (text: string): string =>
      text
        .replaceAll(/#EXT-X-PART:.*-20-[23].*\n/g, '')
        .replace('#EXTINF:2.00000,\nsegment-20', '#EXTINF:1.00000,\nsegment-20');
    const after = cut(livePlaylist({ ...STATE, open: 21, parts: 1, breaks: [3, 4, 18, 21] }));
    expect(lintChange(BEFORE, after)).toEqual([]);
  });
});

describe('merged', () => {
  const full = readPlaylist(BEFORE);
  const delta = readPlaylist(deltaPlaylist(STATE));
  const known = readPlaylist(livePlaylist({ ...STATE, open: 19, parts: 1 }));

  it('makes a delta update and an older playlist into the whole one', () => {
    expect(delta.skipped).toBe(10);
    const whole = merged(delta, known);
    expect(whole && difference(whole, full)).toBeUndefined();
  });

  it('cannot do so with one that is too old, and says where the two differ', () => {
    expect(merged(delta, readPlaylist(livePlaylist({ ...STATE, open: 13 })))).toBeUndefined();
    expect(merged(delta, readPlaylist(livePlaylist({ ...STATE, first: 5 })))).toBeUndefined();
    const other = readPlaylist(livePlaylist({ ...STATE, open: 19 }).replace('segment-7.m4s', 'segment-7b.m4s'));
    const whole = merged(delta, other);
    expect(whole && difference(whole, full)).toContain('segment-7b.m4s');
    expect(difference(full, readPlaylist(livePlaylist({ ...STATE, parts: 3 })))).toContain('part-20-2.m4s');
  });

  it('takes date ranges that were removed out of those it knows', () => {
    const [ana, bo] = [RANGE, RANGE.replace('"a"', '"b"')];
    const before = readPlaylist(livePlaylist({ ...STATE, open: 19 }) + ana + bo);
    const skip = 'SKIPPED-SEGMENTS=10,RECENTLY-REMOVED-DATERANGES="a"';
    const update = readPlaylist(`${deltaPlaylist(STATE).replace('SKIPPED-SEGMENTS=10', skip)}\n`);
    expect(merged(update, before)?.dateRanges.map((range) => range.get('ID'))).toEqual(['"b"']);
  });
});
