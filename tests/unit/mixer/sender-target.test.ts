import { expect, it } from 'vitest';
import { senderTarget } from '../../../src/mixer/sender-target.ts';

const LIVE = { framerate: 30, slow: false };

it('asks for the size of the tile, and for bits by its pixels and frames', () => {
  const size = { width: 1280, height: 720 };
  expect(senderTarget(size, LIVE)).toEqual({ ...size, framerate: 30, maxBitrate: 3_317_760 });
  expect(senderTarget(size, { ...LIVE, slow: true })).toEqual({ ...size, framerate: 5, maxBitrate: 552_960 });
});

it('asks for no fewer bits than a small tile needs, and for next to nothing of a hidden one', () => {
  expect(senderTarget({ width: 160, height: 90 }, LIVE)).toMatchObject({ framerate: 30, maxBitrate: 200_000 });
  for (const slow of [false, true]) {
    const hidden = { width: 160, height: 90, framerate: 5, maxBitrate: 60_000 };
    expect(senderTarget(undefined, { framerate: 30, slow })).toEqual(hidden);
  }
});
