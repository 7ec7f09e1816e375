import { describe, expect, it } from 'vitest';
import { isThere, isTooFar, readDirectives } from '../../../src/hls/directives.ts';
import { streamTimes } from '../../../src/hls/profile.ts';

const read = (query: string) => readDirectives(new URLSearchParams(query));

describe('readDirectives', () => {
  it.each([
    ['', { skip: 'none' }],
    ['_HLS_msn=0', { segment: 0, skip: 'none' }],
    ['_HLS_msn=12&_HLS_part=3&_HLS_skip=YES', { segment: 12, part: 3, skip: 'segments' }],
    ['_HLS_part=3&_HLS_skip=v2&_HLS_msn=12', { segment: 12, part: 3, skip: 'ranges' }],
    ['_HLS_skip=NO', { skip: 'none' }],
    ['_HLS_skip=constructor', { skip: 'none' }],
    ['_HLS_anything=1&x=y', { skip: 'none' }],
  ])('understands %j', (query, directives) => {
    expect(read(query)).toEqual(directives);
  });

  it.each([
    '_HLS_part=0',
    '_HLS_msn=',
    '_HLS_msn=-1',
    '_HLS_msn=1.5',
    '_HLS_msn=1e3',
    '_HLS_msn=1&_HLS_part=x',
    '_HLS_msn= 1',
    '_HLS_msn=9999999999',
  ])('refuses %j', (query) => {
    expect(read(query)).toBeUndefined();
  });
});

describe('isThere', () => {
  const four = () => 4;
  const there = (query: string, segment: number, parts: number) =>
    isThere(read(query) ?? { skip: 'none' }, { segment, parts }, four);

  it.each([
    // The third part of segment 7 is there; what comes before it is.
    ['', 7, 3, true],
    ['_HLS_msn=2', 7, 3, true],
    ['_HLS_msn=6', 7, 3, true],
    ['_HLS_msn=6&_HLS_part=3', 7, 3, true],
    ['_HLS_msn=7&_HLS_part=2', 7, 3, true],
    ['_HLS_msn=7&_HLS_part=3', 7, 3, false],
    ['_HLS_msn=7', 7, 3, false],
    ['_HLS_msn=8&_HLS_part=0', 7, 3, false],
    // A part that a segment never had is the first of the next one.
    ['_HLS_msn=6&_HLS_part=4', 7, 1, true],
    ['_HLS_msn=6&_HLS_part=4', 7, 0, false],
    ['_HLS_msn=6&_HLS_part=99', 7, 0, false],
    ['_HLS_msn=5&_HLS_part=99', 7, 0, true],
  ])('%j at part %i of segment %i: %s', (query, segment, parts, is) => {
    expect(there(query, segment, parts)).toBe(is);
  });
});

describe('isTooFar', () => {
  const times = streamTimes('standard', 30, 2);
  const far = (query: string, segment: number, parts: number) =>
    isTooFar(read(query) ?? { skip: 'none' }, { segment, parts }, times);

  it('lets nobody ask for more than two segments beyond the last whole one', () => {
    expect(far('_HLS_msn=8', 7, 0)).toBe(false);
    expect(far('_HLS_msn=9', 7, 0)).toBe(true);
    expect(far('_HLS_msn=9', 7, 3)).toBe(true);
  });

  it('lets nobody ask for more than six parts beyond the newest, of half a second each', () => {
    expect(far('_HLS_msn=7&_HLS_part=6', 7, 1)).toBe(false);
    expect(far('_HLS_msn=7&_HLS_part=7', 7, 1)).toBe(true);
    // The first of the next segment, before this one has any: the fifth from here.
    expect(far('_HLS_msn=8&_HLS_part=0', 7, 0)).toBe(false);
    expect(far('_HLS_msn=8&_HLS_part=1', 7, 0)).toBe(false);
    expect(far('_HLS_msn=8&_HLS_part=2', 7, 0)).toBe(true);
  });

  it('says nothing of what is past', () => {
    expect(far('_HLS_msn=6&_HLS_part=99', 7, 0)).toBe(false);
    expect(far('_HLS_msn=0&_HLS_part=0', 7, 0)).toBe(false);
    expect(far('', 7, 0)).toBe(false);
  });
});
