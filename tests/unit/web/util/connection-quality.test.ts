import { describe, expect, it } from 'vitest';
import { connectionQuality } from '../../../../web/util/connection-quality.ts';

describe('connectionQuality', () => {
  it('is good while nothing is known', () => {
    expect(connectionQuality({})).toBe('good');
  });

  it.each([
    ['round trips', { rttMs: 150 }, { rttMs: 151 }, { rttMs: 401 }],
    ['old pictures', { latencyMs: 500 }, { latencyMs: 501 }, { latencyMs: 1201 }],
    [
      'pictures left out',
      { receivedFps: 20, shownFps: 15 },
      { receivedFps: 20, shownFps: 14 },
      { receivedFps: 20, shownFps: 7 },
    ],
  ])('gets worse with %s', (_, good, fair, poor) => {
    expect([good, fair, poor].map(connectionQuality)).toEqual(['good', 'fair', 'poor']);
  });

  it('does not judge by a picture that stands', () => {
    expect(connectionQuality({ receivedFps: 4, shownFps: 0 })).toBe('good');
  });
});
