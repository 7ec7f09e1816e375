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
    ranges.add({ kind: 'title', title: 'Opening' }, at(0));
    ranges.add({ kind: 'speaker', name: 'Ana', participant: 'p1' }, at(1.5));
    ranges.add({ kind: 'marker', label: 'First point' }, at(2));
    expect(ranges.lines(at(0))).toEqual([
      '#EXT-X-DATERANGE:ID="title-1",CLASS="gridcast.title",START-DATE="2026-01-02T03:04:05.678Z",END-ON-NEXT=YES,X-TITLE="Opening"',
      '#EXT-X-DATERANGE:ID="speaker-2",CLASS="gridcast.speaker",START-DATE="2026-01-02T03:04:07.178Z",END-ON-NEXT=YES,X-NAME="Ana",X-PARTICIPANT="p1"',
      '#EXT-X-DATERANGE:ID="marker-3",CLASS="gridcast.marker",START-DATE="2026-01-02T03:04:07.678Z",X-LABEL="First point"',
    ]);
  });

  it('tell of the past only what still held when the playlist began', () => {
    const ranges = new DateRanges();
    for (const [index, title] of ['one', 'two', 'three'].entries()) ranges.add({ kind: 'title', title }, at(index));
    ranges.add({ kind: 'marker', label: 'gone' }, at(1.2));
    ranges.add({ kind: 'speaker', name: 'Ana', participant: 'p' }, at(1.3));
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
    ranges.add({ kind: 'marker', label: text }, at(0));
    ranges.add({ kind: 'speaker', name: text, participant: text }, at(0));
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
      ranges.add({ kind: 'marker', label: `${index}` }, at(index));
    }
    expect(ranges.lines(at(0))).toHaveLength(MAX_NOTES);
    expect(attributesOf(ranges.lines(at(0))[0])['X-LABEL']).toBe('"1"');
  });
});
