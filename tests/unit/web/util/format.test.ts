import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatDuration,
  formatTenths,
  formatWait,
  initials,
  levelToMeter,
} from '../../../../web/util/format.ts';

describe('formatDuration', () => {
  it('shows hours only when there are any', () => {
    expect([0, 9.9, 61, 3600, 36_061].map(formatDuration)).toEqual(['0:00', '0:09', '1:01', '1:00:00', '10:01:01']);
  });
});

describe('formatWait', () => {
  it('is never less than the time that one waits', () => {
    const waits = [0.2, 1, 8.1, 60, 90, 91, 120, 121];
    expect(waits.map((seconds) => formatWait(seconds, 'en'))).toEqual([
      '1 second',
      '1 second',
      '9 seconds',
      '1 minute',
      '90 seconds',
      '2 minutes',
      '2 minutes',
      '3 minutes',
    ]);
  });
});

describe('formatBytes', () => {
  it('chooses a unit that can be read', () => {
    const sizes = [0, 999, 1000, 1_500_000, 123_456_789, 999_999_999];
    expect(sizes.map((size) => formatBytes(size, 'en'))).toEqual([
      '0 bytes',
      '999 bytes',
      '1.0 kB',
      '1.5 MB',
      '123 MB',
      '1.0 GB',
    ]);
  });

  it('writes it as the language does', () => {
    const sizes = [12, 1500, 1_500_000, 2_000_000_000];
    const written = (locale: string) => sizes.map((size) => formatBytes(size, locale).replaceAll(/\s/gu, ' '));
    expect(written('fr')).toEqual(['12 octets', '1,5 ko', '1,5 Mo', '2,0 Go']);
    expect(written('de')).toEqual(['12 Byte', '1,5 kB', '1,5 MB', '2,0 GB']);
    expect(written('es')).toEqual(['12 bytes', '1,5 kB', '1,5 MB', '2,0 GB']);
    expect(written('pt-BR')).toEqual(['12 bytes', '1,5 kB', '1,5 MB', '2,0 GB']);
  });
});

describe('formatTenths', () => {
  it('has one digit behind the comma or point of the language', () => {
    expect(['en', 'de', 'fr', 'es', 'pt-BR'].map((locale) => formatTenths(2.04, locale))).toEqual([
      '2.0',
      '2,0',
      '2,0',
      '2,0',
      '2,0',
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
    expect(
      ['Ann', 'ann lee', 'Ludwig van Beethoven', '王 小明', '🦊 fox', '👩🏽‍🚀 Ada', 'ليلى حسن', ''].map(initials),
    ).toEqual([
      'A',
      'AL',
      'LB',
      '王小',
      '🦊F',
      '👩🏽‍🚀A',
      // Not joined to a word.
      'ل\u200cح',
      '',
    ]);
  });
});
