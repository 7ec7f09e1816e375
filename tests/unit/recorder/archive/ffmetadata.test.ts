import { describe, expect, it } from 'vitest';
import { escapeValue, formatMetadata } from '../../../../src/recorder/archive/ffmetadata.ts';

describe('formatMetadata', () => {
  it('lets each chapter last until the next, and the last one to the end', () => {
    const chapters = [
      { t: 0, title: 'One' },
      { t: 1.5, title: 'Two' },
    ];
    expect(formatMetadata('All', chapters, 4).split('\n')).toEqual([
      ';FFMETADATA1',
      'title=All',
      ...['[CHAPTER]', 'TIMEBASE=1/1000', 'START=0', 'END=1500', 'title=One'],
      ...['[CHAPTER]', 'TIMEBASE=1/1000', 'START=1500', 'END=4000', 'title=Two'],
      '',
    ]);
  });
});

describe('escapeValue', () => {
  it('puts a backslash before whatever means something', () => {
    expect(escapeValue('a=b;c#d\\e\nf')).toBe('a\\=b\\;c\\#d\\\\e\\\nf');
    expect(escapeValue('a\r\nb\rc\0d')).toBe('a\\\nb\\\ncd');
  });
});
