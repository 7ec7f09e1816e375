import { expect, it } from 'vitest';
import { german } from '../../../../web/i18n/de/catalogue.ts';
import { catalogueOf } from '../../../../web/i18n/catalogue-parts.ts';
import { createWords } from '../../../../web/i18n/words.ts';
import { CLIP_LENGTHS, clipNews, lastWords } from '../../../../web/util/clip-words.ts';

const words = createWords(undefined, ['en']);
const deutsch = createWords(catalogueOf(german), ['de']);

it('offers lengths in the words that one says', () => {
  expect(CLIP_LENGTHS.map((seconds) => lastWords(words, seconds))).toEqual([
    'Last 30 seconds',
    'Last minute',
    'Last 5 minutes',
  ]);
});

it.each([
  [0.5, 'last second'],
  [29.97, 'last 30 seconds'],
  [59.4, 'last 59 seconds'],
  [59.97, 'last minute'],
  [61, 'last 61 seconds'],
  [119, 'last 119 seconds'],
  [120, 'last 2 minutes'],
  [300, 'last 5 minutes'],
])('tells of a clip of %f seconds: the %s', (seconds, told) => {
  expect(clipNews(words, seconds, true, 'Hanna')).toBe(`Hanna saved a clip of the ${told}.`);
});

it('tells of a clip of an earlier time without its length, and of a host who is not known', () => {
  expect(clipNews(words, 30, false, undefined)).toBe('A host saved a clip of this session.');
  expect(clipNews(deutsch, 60, true, undefined)).toBe('Ein Host hat einen Clip der letzten Minute gespeichert.');
});
