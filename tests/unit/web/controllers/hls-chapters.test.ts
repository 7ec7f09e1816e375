import { expect, it } from 'vitest';
import { chapterAt, chaptersOf } from '../../../../web/controllers/hls-chapters.ts';

const title = (startTime: number, text: string) => ({
  id: `t${startTime}`,
  class: 'gridcast.title',
  startTime,
  attr: { 'X-TITLE': text },
});

it('chapters are titles and markers in the order of time', () => {
  const speaker = { id: 's', class: 'gridcast.speaker', startTime: 1, attr: { 'X-NAME': 'Ann' } };
  const marker = { id: 'm', class: 'gridcast.marker', startTime: 5, attr: { 'X-LABEL': ' Goal ' } };
  const broken = title(Number.NaN, 'Nowhere');
  const chapters = chaptersOf([title(9, 'Questions'), speaker, marker, title(0, 'Welcome'), title(3, ' '), broken]);
  expect(chapters).toEqual([
    { title: 'Welcome', startS: 0 },
    { title: 'Goal', startS: 5 },
    { title: 'Questions', startS: 9 },
  ]);
  expect([chapterAt(chapters, -1), chapterAt(chapters, 5)?.title, chapterAt(chapters, 99)?.title]).toEqual([
    undefined,
    'Goal',
    'Questions',
  ]);
});

it('chapters are the newest 200', () => {
  const all = Array.from({ length: 201 }, (_, index) => title(index, `Part ${index}`));
  expect(chaptersOf(all.slice(0, 200))[0]?.title).toBe('Part 0');
  expect(chaptersOf(all)[0]?.title).toBe('Part 1');
});
