import { expect, it } from 'vitest';
import { senderTarget } from '../../../src/mixer/sender-target.ts';

const LIVE = { framerate: 30, slow: false, picture: undefined, maxPixels: 1920 * 1088 };
const HD = { width: 1280, height: 720 };

it('asks for the size of the tile, and for bits by its pixels and frames', () => {
  expect(senderTarget({ ...HD, fit: 'contain' }, LIVE)).toEqual({ ...HD, framerate: 30, maxBitrate: 3_317_760 });
  expect(senderTarget({ ...HD, fit: 'contain' }, { ...LIVE, slow: true })).toEqual({
    ...HD,
    framerate: 5,
    maxBitrate: 552_960,
  });
});

it('asks for no fewer bits than a small tile needs, and for next to nothing of a hidden one', () => {
  expect(senderTarget({ width: 160, height: 90, fit: 'contain' }, LIVE)).toMatchObject({
    framerate: 30,
    maxBitrate: 200_000,
  });
  for (const slow of [false, true]) {
    const hidden = { width: 160, height: 90, framerate: 5, maxBitrate: 60_000 };
    expect(senderTarget(undefined, { ...LIVE, slow })).toEqual(hidden);
  }
});

it('asks for what covers a tile that cuts the edges off, in the shape that comes', () => {
  const half = { width: 640, height: 720, fit: 'cover' } as const;
  expect(senderTarget(half, LIVE)).toMatchObject({ width: 640, height: 720 });
  expect(senderTarget(half, { ...LIVE, picture: { width: 640, height: 360 } })).toMatchObject(HD);
  expect(senderTarget(half, { ...LIVE, picture: { width: 640, height: 480 } })).toMatchObject({
    width: 960,
    height: 720,
  });
  expect(senderTarget(half, { ...LIVE, picture: { width: 360, height: 640 } })).toMatchObject({
    width: 640,
    height: 1136,
  });
  expect(senderTarget({ ...half, fit: 'contain' }, { ...LIVE, picture: HD })).toMatchObject({
    width: 640,
    height: 720,
  });
});

it('never asks for more than is taken', () => {
  const tall = { width: 720, height: 1280, fit: 'cover' } as const;
  const { maxPixels } = LIVE;
  for (const picture of [HD, { width: 64, height: 2 }, { width: 2, height: 1000 }]) {
    const { width, height } = senderTarget(tall, { ...LIVE, picture });
    expect(width * height).toBeLessThanOrEqual(maxPixels);
    expect([width % 2, height % 2, Math.min(width, height) > 0]).toEqual([0, 0, true]);
  }
  expect(senderTarget(tall, { ...LIVE, picture: HD })).toMatchObject({ width: 1926, height: 1084 });
});
