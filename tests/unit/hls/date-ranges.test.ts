import { describe, expect, it } from 'vitest';
import { DateRanges, MAX_NOTES } from '../../../src/hls/date-ranges.ts';
import { wallTime } from '../../../src/media/timestamp.ts';
import { readAttributes } from '../../helpers/hls-check/attributes.ts';

const START = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const at = (seconds: number) => wallTime(START + seconds * 1000);

function attributesOf(line: string | undefined): Record<string, string> {
  const { attributes, sound } = readAttributes((line ?? '').replace('#EXT-X-DATERANGE:', ''));
  expect(sound).toBe(true);
  return Object.fromEntries(attributes);
}

describe('DateRanges', () => {
  it('are tags with an id, a class and the time of each', () => {
    const ranges = new DateRanges();
    ranges.add({ kind: 'title', title: 'Opening' }, at(0), 0);
    ranges.add({ kind: 'speaker', name: 'Ana', participant: 'p1' }, at(1.5), 0);
    ranges.add({ kind: 'marker', label: 'First point' }, at(2), 0);
    expect(ranges.lines(at(0))).toEqual([
      '#EXT-X-DATERANGE:ID="title-1",CLASS="gridcast.title",START-DATE="2026-01-02T03:04:05.678Z",END-ON-NEXT=YES,X-TITLE="Opening"',
      '#EXT-X-DATERANGE:ID="speaker-2",CLASS="gridcast.speaker",START-DATE="2026-01-02T03:04:07.178Z",END-ON-NEXT=YES,X-NAME="Ana",X-PARTICIPANT="p1"',
      '#EXT-X-DATERANGE:ID="marker-3",CLASS="gridcast.marker",START-DATE="2026-01-02T03:04:07.678Z",X-LABEL="First point"',
    ]);
  });

  it('tell of the past only what still held when the playlist began', () => {
    const ranges = new DateRanges();
    for (const [index, title] of ['one', 'two', 'three'].entries()) ranges.add({ kind: 'title', title }, at(index), 0);
    ranges.add({ kind: 'marker', label: 'gone' }, at(1.2), 0);
    ranges.add({ kind: 'speaker', name: 'Ana', participant: 'p' }, at(1.3), 0);
    expect(ranges.lines(at(1.5)).map((line) => attributesOf(line)['ID'])).toEqual([
      '"title-2"',
      '"title-3"',
      '"speaker-5"',
    ]);
  });

  it.each([
    'a "quoted" name',
    'two\nlines',
    'CR\rLF\n#EXT-X-ENDLIST',
    'x",CLASS="evil',
    '\u0000\u2028',
    '<b>&,=',
    '名前 🎥',
  ])('carry %j as data', (text) => {
    const ranges = new DateRanges();
    ranges.add({ kind: 'marker', label: text }, at(0), 0);
    ranges.add({ kind: 'speaker', name: text, participant: text }, at(0), 0);
    const lines = ranges.lines(at(0));
    for (const line of lines) expect(line).not.toMatch(/[\r\n\u2028]/);
    expect(attributesOf(lines[0])['CLASS']).toBe('"gridcast.marker"');
    expect(Object.keys(attributesOf(lines[1]))).toEqual([
      'ID',
      'CLASS',
      'START-DATE',
      'END-ON-NEXT',
      'X-NAME',
      'X-PARTICIPANT',
    ]);
  });

  it('are the newest five hundred', () => {
    const ranges = new DateRanges();
    for (let index = 0; index <= MAX_NOTES; index += 1) {
      expect(ranges.lines(at(0))).toHaveLength(index);
      ranges.add({ kind: 'marker', label: `${index}` }, at(index), 0);
    }
    expect(ranges.lines(at(0))).toHaveLength(MAX_NOTES);
    expect(attributesOf(ranges.lines(at(0))[0])['X-LABEL']).toBe('"1"');
  });

  it('tell those who know an earlier playlist what was added lately, and what has gone from it', () => {
    const ranges = new DateRanges();
    const titles = ['one', 'two', 'three', 'four'];
    for (const [index, title] of titles.entries()) ranges.add({ kind: 'title', title }, at(100 * index), index);
    ranges.add({ kind: 'marker', label: 'first' }, at(305), 305_000);
    ranges.add({ kind: 'marker', label: 'second' }, at(315), 315_000);
    const told = (since: number, addedSinceMs: number) => {
      const { lines, removed } = ranges.changes(at(since), addedSinceMs);
      return { added: lines.map((line) => attributesOf(line)['ID']), removed };
    };
    expect(told(0, 0)).toEqual({ added: ranges.lines(at(0)).map((line) => attributesOf(line)['ID']), removed: [] });
    expect(told(0, 305_001)).toEqual({ added: ['"marker-6"'], removed: [] });
    expect(told(0, 305_000)).toEqual({ added: ['"marker-5"', '"marker-6"'], removed: [] });
    // The second title holds until the third, whose time has just come in what such a playlist begins with.
    expect(told(200, 400_000)).toEqual({ added: [], removed: [] });
    expect(told(201, 400_000)).toEqual({ added: [], removed: ['title-2'] });
    expect(told(260, 400_000)).toEqual({ added: [], removed: ['title-2'] });
    expect(told(261, 400_000)).toEqual({ added: [], removed: [] });
    expect(told(310, 400_000)).toEqual({ added: [], removed: ['title-3', 'marker-5'] });
  });

  it('tell of those, too, that had to go because there were too many', () => {
    const ranges = new DateRanges();
    for (let index = 0; index < MAX_NOTES + 2; index += 1) ranges.add({ kind: 'marker', label: '' }, at(index), index);
    // They went in the moments 500 and 501.
    const removed = (sinceMs: number): readonly string[] => ranges.changes(at(0), sinceMs).removed;
    expect([removed(500), removed(501), removed(502)]).toEqual([['marker-1', 'marker-2'], ['marker-2'], []]);
  });

  it('tell of all that had to go lately, however many', () => {
    const ranges = new DateRanges();
    for (let index = 0; index < MAX_NOTES + 200; index += 1) ranges.add({ kind: 'marker', label: '' }, at(index), 0);
    expect(ranges.changes(at(0), 0).removed).toHaveLength(200);
  });

  it('tell of five hundred that had to go, and of no more', () => {
    const ranges = new DateRanges();
    const most = 2 * MAX_NOTES;
    for (let index = 0; index <= most; index += 1) ranges.add({ kind: 'marker', label: '' }, at(index), 0);
    const { removed } = ranges.changes(at(0), 0);
    expect([removed.length, removed[0], removed.at(-1)]).toEqual([MAX_NOTES, 'marker-2', `marker-${MAX_NOTES + 1}`]);
  });

  it('keep the title that holds, however many have spoken since', () => {
    const ranges = new DateRanges();
    ranges.add({ kind: 'title', title: 'An old one' }, at(0), 0);
    ranges.add({ kind: 'title', title: 'All evening' }, at(1), 0);
    for (let second = 2; second < 2 * MAX_NOTES; second += 1) {
      ranges.add({ kind: 'speaker', name: 'Ana', participant: 'p' }, at(second), second);
    }
    const lines = ranges.lines(at(2 * MAX_NOTES - 60));
    expect(lines.filter((line) => line.includes('title'))).toEqual([expect.stringContaining('X-TITLE="All evening"')]);
    expect(lines).toHaveLength(62);
    expect(ranges.lines(at(0))).toHaveLength(MAX_NOTES);
  });

  it('make of an earlier playlist the present one, whatever has happened in between', () => {
    const ranges = new DateRanges();
    const earlier: { second: number; reach: number; lines: readonly string[] }[] = [];
    for (let second = 0; second < 900; second += 1) {
      // Somebody else speaks every three seconds, and there is a marker now and then.
      if (second % 3 === 0) ranges.add({ kind: 'speaker', name: 'Ana', participant: 'p' }, at(second), second);
      if (second % 50 === 7) ranges.add({ kind: 'marker', label: 'x' }, at(second), second);
      if (second % 200 === 9) ranges.add({ kind: 'title', title: 'x' }, at(second), second);
      for (const reach of [60, 800]) {
        const now = Math.max(0, second - reach);
        const known = earlier.find((one) => one.second === second - 6 && one.reach === reach);
        earlier.push({ second, reach, lines: ranges.lines(at(now)) });
        if (!known) continue;
        const { lines, removed } = ranges.changes(at(now), second - 12);
        const kept = known.lines.filter((line) => !removed.some((id) => line.includes(`ID="${id}"`)));
        expect([...new Set([...kept, ...lines])].toSorted()).toEqual(ranges.lines(at(now)).toSorted());
      }
    }
  });
});
