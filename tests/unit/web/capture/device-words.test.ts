import { describe, expect, it } from 'vitest';
import { describeDeviceError, describeMissingFeatures } from '../../../../web/capture/device-words.ts';

const ALL = { secureContext: true, webCodecsVideo: true, webCodecsAudio: true, audioWorklet: true };

describe('describeDeviceError', () => {
  it('tells apart a refusal, a missing device and one in use', () => {
    const titles = ['NotAllowedError', 'NotFoundError', 'NotReadableError', 'Whatever'].map(
      (name) => describeDeviceError('camera', name).title,
    );
    expect(titles).toEqual([
      'The camera is blocked',
      'No camera found',
      'The camera is in use',
      'The camera does not start',
    ]);
  });
});

describe('describeMissingFeatures', () => {
  it('finds nothing missing in a current browser', () => {
    expect(describeMissingFeatures(ALL)).toBeUndefined();
  });

  it('names the insecure address first, because without it everything else is missing too', () => {
    const none = { secureContext: false, webCodecsVideo: false, webCodecsAudio: false, audioWorklet: false };
    expect(describeMissingFeatures(none)?.title).toBe('This page needs a secure address');
  });

  it('names a browser without WebCodecs', () => {
    expect(describeMissingFeatures({ ...ALL, webCodecsAudio: false })?.title).toBe('This browser is too old to join');
  });
});
