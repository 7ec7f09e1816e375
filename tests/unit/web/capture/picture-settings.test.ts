import { describe, expect, it } from 'vitest';
import { pictureSettings, sameSettings, trackConfig } from '../../../../web/capture/picture-settings.ts';

const H264 = { codec: 'h264', sizeStep: 2 } as const;
const VP8 = { codec: 'vp8', sizeStep: 2 } as const;
const CAMERA = { width: 1280, height: 720 };
const TARGET = { width: 640, height: 360, framerate: 30, bitrate: 800_000 };

describe('pictureSettings', () => {
  it('sends movement at the rate that is wanted, and sharp edges at half of it', () => {
    expect(pictureSettings(H264, 'motion', CAMERA, TARGET)).toMatchObject({ width: 640, height: 360, framerate: 30 });
    expect(pictureSettings(H264, 'detail', CAMERA, TARGET)).toMatchObject({ framerate: 15, detail: true });
    expect(pictureSettings(H264, 'detail', CAMERA, { ...TARGET, framerate: 5 })).toMatchObject({ framerate: 5 });
  });

  it('cuts the edges of a camera for its tile, but not those of a screen', () => {
    const tile = { ...TARGET, width: 426, height: 238 };
    expect(pictureSettings(H264, 'motion', CAMERA, tile)).toMatchObject({ width: 426, height: 238 });
    expect(pictureSettings(H264, 'detail', CAMERA, tile)).toMatchObject({ width: 422, height: 238 });
  });

  it('are others when the source has another form', () => {
    const wide = pictureSettings(VP8, 'motion', CAMERA, TARGET);
    expect(sameSettings(wide, pictureSettings(VP8, 'motion', CAMERA, TARGET))).toBe(true);
    expect(sameSettings(wide, pictureSettings(VP8, 'motion', { width: 720, height: 1280 }, TARGET))).toBe(false);
  });

  it('tell the server a level that their size fits into', () => {
    const full = { width: 1920, height: 1080, framerate: 30, bitrate: 3_000_000 };
    expect(trackConfig(pictureSettings(H264, 'motion', CAMERA, full))).toMatchObject({ codecString: 'avc1.42E01F' });
    const large = pictureSettings(H264, 'motion', { width: 1920, height: 1080 }, full);
    expect(trackConfig(large)).toMatchObject({ codecString: 'avc1.42E028', width: 1920 });
  });
});
