import { describe, expect, it } from 'vitest';
import type { RecordingInfo } from '../../../../web/api-types.ts';
import { gapWords, parseTime, recordingStory, spokenDuration } from '../../../../web/util/recording-words.ts';

const RECORDING: RecordingInfo = {
  id: 'r1',
  room: 'monday',
  title: 'Monday',
  state: 'ready',
  startedAt: '2031-05-14T12:00:00.000Z',
  duration: 60,
};
const gap = (reason: string, leftOutSeconds: number) => ({ at: 75, resumesAt: 77, leftOutSeconds, reason });

describe('the story of a recording', () => {
  it('is empty when all went as asked', () => {
    expect(recordingStory({ ...RECORDING, stopReason: 'asked' }, [gap('pause', 9)])).toEqual([]);
  });

  it('tells an interruption, what is missing and why it ended', () => {
    const story = recordingStory({ ...RECORDING, recovered: true, stopReason: 'crash' }, [gap('disk', 452)]);
    expect(story[0]).toContain('was interrupted');
    expect(story[1]).toBe('At 1:15: 7 min 32 s missing: the disk was full.');
    expect(story[2]).toContain('everything until then is kept');
  });

  it('leaves out a reason that this page does not know', () => {
    expect(recordingStory({ ...RECORDING, stopReason: 'from the future' }, [])).toEqual([]);
  });
});

it.each([
  [0.4, '0 s'],
  [59.6, '1 min'],
  [452, '7 min 32 s'],
  [3600, '1 h'],
  [3900, '1 h 5 min'],
])('says %d seconds as %s', (seconds, words) => {
  expect(spokenDuration(seconds)).toBe(words);
});

it('names each kind of gap', () => {
  expect(gapWords(gap('pause', 60))).toBe('Paused for 1 min');
  expect(gapWords(gap('interruption', 2))).toBe('2 s missing: the program was interrupted');
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
