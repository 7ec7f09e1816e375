import { describe, expect, it } from 'vitest';
import type { RecordingInfo } from '../../../../web/api-types.ts';
import { adminEnglish } from '../../../../web/i18n/admin-english.ts';
import { createWords } from '../../../../web/i18n/words.ts';
import {
  gapWords,
  parseTime,
  recordingStory,
  spokenDuration,
  stepWords,
} from '../../../../web/util/recording-words.ts';

const RECORDING: RecordingInfo = {
  id: 'r1',
  room: 'monday',
  title: 'Monday',
  state: 'ready',
  startedAt: '2031-05-14T12:00:00.000Z',
  duration: 60,
};
const words = createWords(undefined, ['en'], adminEnglish);
const gap = (reason: string, leftOutSeconds: number) => ({ at: 75, resumesAt: 77, leftOutSeconds, reason });

describe('the story of a recording', () => {
  it('is empty when all went as asked', () => {
    expect(recordingStory({ ...RECORDING, stopReason: 'asked' }, [gap('pause', 9)], words)).toEqual([]);
  });

  it('tells an interruption, what is missing and why it ended', () => {
    const story = recordingStory({ ...RECORDING, recovered: true, stopReason: 'crash' }, [gap('disk', 452)], words);
    expect(story[0]).toContain('was interrupted');
    expect(story[1]).toBe('At 1:15: 7 min 32 sec missing: the disk was full.');
    expect(story[2]).toContain('everything until then is kept');
  });

  it('leaves out a reason that this page does not know', () => {
    expect(recordingStory({ ...RECORDING, stopReason: 'from the future' }, [], words)).toEqual([]);
  });
});

it.each([
  [0.4, '0 sec'],
  [59.6, '1 min'],
  [452, '7 min 32 sec'],
  [3600, '1 hr'],
  [3912, '1 hr 5 min'],
])('says %d seconds as %s', (seconds, said) => {
  expect(spokenDuration(seconds, 'en')).toBe(said);
});

it('says how long something was as other languages do', () => {
  // What stands between the two differs between versions of the browser.
  expect(spokenDuration(452, 'de')).toMatch(/^7 Min\..* 32 Sek\.$/);
  expect(spokenDuration(452, 'fr')).toMatch(/^7\smin.*32\ss$/);
});

it('calls a step that it does not know as the server does', () => {
  expect(stepWords('film', words)).toBe('Film with chapters and everybody’s sound');
  expect(stepWords('from the future', words)).toBe('from the future');
});

it('names each kind of gap', () => {
  expect(gapWords(gap('pause', 60), words)).toBe('Paused for 1 min');
  expect(gapWords(gap('interruption', 2), words)).toBe('2 sec missing: the program was interrupted');
});

it.each([
  ['2:03', 123],
  ['1:02:03', 3723],
  ['90', 90],
  ['0:01,5', 1.5],
  ['', undefined],
  ['1:2:3:4', undefined],
  ['soon', undefined],
  ['-3', undefined],
])('reads %j as a time', (text, seconds) => {
  expect(parseTime(text)).toBe(seconds);
});
