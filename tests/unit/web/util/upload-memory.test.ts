import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recallUpload, rememberUpload, uploadKey } from '../../../../web/util/upload-memory.ts';

const KEPT = 'gridcast.uploads';
let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const key = (name: string): string => uploadKey('https://example.org/api/rooms/demo/files', { ...MARK, name });
const MARK = { name: 'a', size: 5, lastModified: 1 };

describe('what a browser remembers of uploads', () => {
  it('is where each file was sent to, until it is there', () => {
    rememberUpload(key('a'), '/files/1');
    rememberUpload(key('b'), '/files/2');
    rememberUpload(key('a'), '/files/3');
    expect([recallUpload(key('a')), recallUpload(key('b')), recallUpload(key('c'))]).toEqual([
      '/files/3',
      '/files/2',
      undefined,
    ]);
    rememberUpload(key('a'), undefined);
    expect(recallUpload(key('a'))).toBeUndefined();
    rememberUpload(key('b'), undefined);
    expect(kept.size).toBe(0);
  });

  it('tells files apart by place, name, size and date', () => {
    const keys = [
      uploadKey('x', MARK),
      uploadKey('y', MARK),
      uploadKey('x', { ...MARK, name: 'b' }),
      uploadKey('x', { ...MARK, size: 6 }),
      uploadKey('x', { ...MARK, lastModified: 2 }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(uploadKey('x', { ...MARK })).toBe(keys[0]);
  });

  it('is of fifty files at most, and the oldest is forgotten', () => {
    for (let index = 0; index <= 50; index += 1) rememberUpload(key(`f${index}`), `/files/${index}`);
    expect([recallUpload(key('f0')), recallUpload(key('f1')), recallUpload(key('f50'))]).toEqual([
      undefined,
      '/files/1',
      '/files/50',
    ]);
  });

  it.each(['{torn', '7', '{"a":1}', '[7, ["only one"], ["a", 7]]'])('that is damaged (%s) is nothing', (text) => {
    kept.set(KEPT, text);
    expect(recallUpload(key('a'))).toBeUndefined();
    rememberUpload(key('a'), '/files/1');
    expect(recallUpload(key('a'))).toBe('/files/1');
  });

  it('is nothing where the browser keeps nothing, and nobody stumbles over it', () => {
    vi.unstubAllGlobals();
    const forbidden = (): never => {
      throw new Error('SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: forbidden, setItem: forbidden, removeItem: forbidden });
    rememberUpload(key('a'), '/files/1');
    expect(recallUpload(key('a'))).toBeUndefined();
  });
});
