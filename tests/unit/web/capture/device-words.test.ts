import { describe, expect, it } from 'vitest';
import {
  describeBothDevices,
  describeDeviceError,
  describeMissingFeatures,
} from '../../../../web/capture/device-words.ts';

const OLD = {
  secureContext: true,
  encoders: false,
  decoders: false,
  audioWorklet: false,
  recorder: false,
  mediaSource: false,
};
const ALL = { ...OLD, encoders: true, decoders: true, audioWorklet: true };

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

describe('describeBothDevices', () => {
  const of = (camera: string, microphone: string): string | undefined =>
    describeBothDevices(describeDeviceError('camera', camera), describeDeviceError('microphone', microphone))?.code;

  it('says once what is wrong with both', () => {
    expect(of('NotAllowedError', 'SecurityError')).toBe('devices.blocked');
    expect(of('NotFoundError', 'NotFoundError')).toBe('devices.missing');
  });

  it('leaves apart what has another remedy each', () => {
    expect(of('NotAllowedError', 'NotFoundError')).toBeUndefined();
    expect(of('NotReadableError', 'NotReadableError')).toBeUndefined();
    expect(describeBothDevices(describeDeviceError('camera', 'NotAllowedError'), undefined)).toBeUndefined();
  });
});

describe('describeMissingFeatures', () => {
  it('finds nothing missing in a current browser', () => {
    expect(describeMissingFeatures(ALL)).toBeUndefined();
  });

  it('names the insecure address first, because without it everything else is missing too', () => {
    const none = { ...OLD, secureContext: false };
    expect(describeMissingFeatures(none)?.title).toBe('This page needs a secure address');
  });

  it('lets in who can send and play by files, in whole or in part', () => {
    expect(describeMissingFeatures({ ...OLD, recorder: true, mediaSource: true })).toBeUndefined();
    expect(describeMissingFeatures({ ...ALL, encoders: false, recorder: true })).toBeUndefined();
    expect(describeMissingFeatures({ ...ALL, decoders: false, mediaSource: true })).toBeUndefined();
  });

  it('names what is really impossible', () => {
    expect(describeMissingFeatures(OLD)?.detail).toContain('cannot send a picture');
    expect(describeMissingFeatures({ ...ALL, encoders: false })?.detail).toContain('cannot send a picture');
    expect(describeMissingFeatures({ ...ALL, decoders: false })?.detail).toContain('cannot play the room');
    expect(describeMissingFeatures({ ...ALL, audioWorklet: false, recorder: true })?.detail).toContain('cannot play');
  });
});
