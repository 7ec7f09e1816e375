import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, initials, levelToMeter } from '../../../../web/util/format.ts';

describe('formatDuration', () => {
  it('shows hours only when there are any', () => {
    expect([0, 9.9, 61, 3600, 36_061].map(formatDuration)).toEqual(['0:00', '0:09', '1:01', '1:00:00', '10:01:01']);
  });
});

describe('formatBytes', () => {
  it('chooses a unit that can be read', () => {
    expect([0, 999, 1000, 1_500_000, 123_456_789, 999_999_999].map(formatBytes)).toEqual([
      '0 bytes',
      '999 bytes',
      '1.0 kB',
      '1.5 MB',
      '123 MB',
      '1.0 GB',
    ]);
  });
});

describe('levelToMeter', () => {
  it('is empty at -60 dB and full at -10 dB', () => {
    expect([127, 60, 35, 10, 0].map(levelToMeter)).toEqual([0, 0, 0.5, 1, 1]);
  });
});

describe('initials', () => {
  it('takes the first letters of the first and the last word, in any script', () => {
    expect(['Ann', 'ann lee', 'Ludwig van Beethoven', '王 小明', '🦊 fox', ''].map(initials)).toEqual([
      'A',
      'AL',
      'LB',
      '王小',
      '🦊F',
      '',
    ]);
  });
});
