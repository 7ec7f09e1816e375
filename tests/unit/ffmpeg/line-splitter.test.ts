import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../../src/ffmpeg/line-splitter.ts';

function linesOf(chunks: readonly Uint8Array[], end = true): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.push(chunk);
  if (end) splitter.end();
  return lines;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('LineSplitter', () => {
  it('gives the same lines however the bytes are cut', () => {
    const text = bytes('erste Zeile: größer\r\nframe=  1 fps\rframe=  2 fps\r\r\n\n王小明 🎬\nwithout an end');
    const expected = ['erste Zeile: größer', 'frame=  1 fps', 'frame=  2 fps', '王小明 🎬', 'without an end'];
    for (let size = 1; size <= text.length; size += 1) {
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < text.length; at += size) chunks.push(text.subarray(at, at + size));
      expect(linesOf(chunks)).toEqual(expected);
    }
  });

  it('keeps an open line to itself until its end', () => {
    expect(linesOf([bytes('one\ntw')], false)).toEqual(['one']);
    expect(linesOf([bytes('one\ntw'), bytes('o\n')], false)).toEqual(['one', 'two']);
  });

  it('says nothing of an empty stream or of empty lines', () => {
    expect(linesOf([])).toEqual([]);
    expect(linesOf([bytes('\n\r\n\r')])).toEqual([]);
  });

  it('cuts a line that does not end, and finds the next one', () => {
    const chunks = Array.from({ length: 1000 }, () => bytes('x'.repeat(1000)));
    const [cut, next, ...more] = linesOf([...chunks, bytes('y\nshort\n')]);
    expect(cut).toBe('x'.repeat(4096));
    expect(next).toBe('short');
    expect(more).toEqual([]);
  });

  it('takes bytes that are no text', () => {
    expect(linesOf([Uint8Array.from([0xff, 0xfe, 0x0a, 0xe7])])).toEqual(['\ufffd\ufffd', '\ufffd']);
  });
});
