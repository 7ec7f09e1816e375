import { expect, it } from 'vitest';
import { healthWords } from '../../../../web/util/health-words.ts';

const HEALTH = { step: 0, tiles: 4, frames: 1000, lateFrames: 3, skippedFrames: 1, restarts: 0 };

it('has a word for each way it can go', () => {
  expect(healthWords(undefined)).toBeUndefined();
  expect(healthWords({ ...HEALTH, frames: 0 })).toBeUndefined();
  expect(healthWords(HEALTH)).toMatchObject({ look: 'good', detail: 'Every picture is on time.' });
  expect(healthWords({ ...HEALTH, lateFrames: 50 })).toMatchObject({ look: 'warn', word: 'Late pictures' });
  expect(healthWords({ ...HEALTH, frames: 100, lateFrames: 100, skippedFrames: 300 })?.detail).toMatch(/^100 % of/);
  expect(healthWords({ ...HEALTH, step: 2, reason: 'frames are late' })?.detail).toContain('frames are late');
  expect(healthWords({ ...HEALTH, step: 3 })?.look).toBe('bad');
  expect(healthWords({ ...HEALTH, restarts: 2 })?.detail).toContain('2 times');
});
