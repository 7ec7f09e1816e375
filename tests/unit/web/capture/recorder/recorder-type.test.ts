import { describe, expect, it } from 'vitest';
import {
  isOtherTarget,
  pictureBitrate,
  recorderType,
  soundBitrate,
} from '../../../../../web/capture/recorder/recorder-type.ts';

const TARGET = { framerate: 30, maxBitrate: 800_000 };

describe('what is asked of a recorder', () => {
  it('is VP8 where there is a choice, H.264 where there is none, and nothing that the room does not take', () => {
    expect(recorderType('video', () => true)).toBe('video/webm;codecs=vp8');
    expect(recorderType('video', (type) => type.includes('avc1'))).toBe('video/x-matroska;codecs=avc1');
    expect(recorderType('audio', () => true)).toBe('audio/webm;codecs=opus');
    expect(recorderType('video', (type) => type.startsWith('video/mp4'))).toBeUndefined();
  });

  it('is as many bits as the server takes, and never too few to see anything', () => {
    expect(pictureBitrate(TARGET)).toBe(800_000);
    expect(pictureBitrate({ ...TARGET, maxBitrate: 10 })).toBe(100_000);
    expect(soundBitrate('music')).toBeGreaterThan(soundBitrate('voice'));
  });

  it('changes when it would differ by more than a quarter', () => {
    expect(isOtherTarget(TARGET, TARGET)).toBe(false);
    expect(isOtherTarget(TARGET, { ...TARGET, maxBitrate: 1_000_000 })).toBe(false);
    expect(isOtherTarget(TARGET, { ...TARGET, maxBitrate: 1_000_001 })).toBe(true);
    expect(isOtherTarget(TARGET, { ...TARGET, framerate: 5 })).toBe(true);
  });
});
