import { expect, it } from 'vitest';
import { adminEnglish } from '../../../../web/i18n/admin-english.ts';
import { createWords } from '../../../../web/i18n/words.ts';
import type { RoomHealth } from '../../../../web/recording-types.ts';
import { healthWords } from '../../../../web/util/health-words.ts';

const HEALTH: RoomHealth = { step: 0, tiles: 4, frames: 1000, lateFrames: 3, skippedFrames: 1, restarts: 0 };
const words = createWords(undefined, ['en'], adminEnglish);
const of = (change: Partial<RoomHealth>) => healthWords({ ...HEALTH, ...change }, words);

it('has a word for each way it can go', () => {
  expect(healthWords(undefined, words)).toBeUndefined();
  expect(of({ frames: 0 })).toBeUndefined();
  expect(of({})).toEqual({ look: 'good', word: 'All well', details: ['Every picture is on time.'] });
  expect(of({ lateFrames: 50 })).toMatchObject({ look: 'warn', word: 'Late pictures' });
  expect(of({ frames: 100, lateFrames: 100, skippedFrames: 300 })?.details[0]).toMatch(/^100 % of/);
  expect(of({ step: 2 })).toMatchObject({ look: 'warn', word: 'Reduced, step 2 of 5' });
  expect(of({ step: 3 })?.look).toBe('bad');
});

it('tells how often it was started anew', () => {
  expect(of({ restarts: 1 })?.details[1]).toBe('It was restarted once.');
  expect(of({ restarts: 2 })?.details[1]).toBe('It was restarted 2 times.');
});

it('writes shares as the language does', () => {
  const comma = createWords({ locale: 'de', messages: {} }, ['de'], adminEnglish);
  expect(healthWords({ ...HEALTH, lateFrames: 51 }, comma)?.details[0]).toMatch(/^5,2 % of/);
});
