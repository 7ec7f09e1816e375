import { describe, expect, it } from 'vitest';
import {
  endFrameOf,
  formatEntry,
  initEntry,
  parseEntry,
  parseIndex,
  partEntry,
} from '../../../../src/recorder/session/session-index.ts';
import { testInit, testPart } from '../../../helpers/log-parts.ts';

describe('parseIndex', () => {
  const lines = [
    formatEntry(initEntry(testInit())),
    formatEntry(partEntry(testPart(0), 0)),
    formatEntry(partEntry(testPart(1), 8)),
  ];

  it('gives back what was written', () => {
    const index = parseIndex(lines.join(''));
    expect(index.inits.get(0)).toEqual(initEntry(testInit()));
    expect(index.parts).toEqual([partEntry(testPart(0), 0), partEntry(testPart(1), 8)]);
    expect(endFrameOf(index)).toBe(30);
  });

  it('drops a torn last line, wherever it was cut', () => {
    const whole = lines.join('');
    const last = lines[2] ?? '';
    for (let cut = 1; cut < last.length; cut += 1) {
      expect(parseIndex(whole.slice(0, -cut - 1)).parts).toHaveLength(1);
    }
  });

  it('drops a line torn in the middle and keeps those after it', () => {
    const index = parseIndex(`${lines[0]}${lines[1]?.slice(0, 20)}\n${lines[2]}`);
    expect(index.parts.map((part) => part.firstFrame)).toEqual([15]);
  });

  it('refuses lines with impossible values', () => {
    const entry = partEntry(testPart(0), 0);
    expect(parseEntry(JSON.stringify({ ...entry, offset: -1 }))).toBeUndefined();
    expect(parseEntry(JSON.stringify({ ...entry, segment: '../../etc/passwd' }))).toBeUndefined();
    expect(parseEntry('null')).toBeUndefined();
  });

  it('is an empty session when nothing was written', () => {
    expect(endFrameOf(parseIndex(''))).toBe(0);
  });
});
