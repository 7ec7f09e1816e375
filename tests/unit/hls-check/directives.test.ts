import { describe, expect, it } from 'vitest';
import { directed, problemsOfDirectives, problemsOfUnknown } from '../../helpers/hls-check/directives.ts';
import { type Fault, FakeOrigin } from './fake-origin.ts';

/** The rules that an origin with this fault breaks. */
async function broken(fault?: Fault): Promise<string[]> {
  const origin = new FakeOrigin(fault);
  const found = [...(await problemsOfDirectives(origin)), ...(await problemsOfUnknown(origin))];
  return [...new Set(found.map(({ rule }) => rule))];
}

describe('directed', () => {
  it('puts directives in the order of their bytes, beside what is there', () => {
    expect(directed('http://x/a.m3u8?zoo=1', { skip: 'YES', part: 0, msn: 7 })).toBe(
      'http://x/a.m3u8?_HLS_msn=7&_HLS_part=0&_HLS_skip=YES&zoo=1',
    );
  });
});

describe('the rules about requests', () => {
  it('are kept by an origin that keeps them', async () => {
    expect(await broken()).toEqual([]);
  });

  it.each([
    ['takes anything', 'bad-request'],
    ['takes any future', 'too-far'],
    ['refuses the past', 'past'],
    ['serves an old playlist', 'past'],
    ['never waits', 'blocking'],
    ['loses the end of segments', 'beyond-segment'],
    ['minds the order', 'query-order'],
    ['echoes', 'query'],
    ['skips too much', 'delta'],
    ['skips other segments', 'delta'],
    ['loses waiters', 'aborted'],
    ['knows everything', 'unknown-media'],
  ] as const)('are seen to be broken by one that %s', async (fault, rule) => {
    expect(await broken(fault)).toContain(rule);
  });
});
