import { describe, expect, it } from 'vitest';
import { type EncodeVideoOptions, encodeVideoArgs } from '../../../src/ffmpeg/encode-args.ts';
import { FFMPEG_ENCODERS, type VideoEncoderName } from '../../../src/ffmpeg/video-encoders.ts';

const FORMAT: EncodeVideoOptions = {
  width: 1280,
  height: 720,
  framerate: 30,
  kbit: 2500,
  preset: 'veryfast',
  gopFrames: 60,
};

/** The values of an option. */
function values(args: readonly string[], name: string): string[] {
  return args.flatMap((arg, index) => (arg === name ? [args[index + 1] ?? ''] : []));
}

describe('the command line of a picture encoder', () => {
  it.each(Object.keys(FFMPEG_ENCODERS) as VideoEncoderName[])(
    'asks %s for no B-frames and a constant rate',
    (encoder) => {
      const args = encodeVideoArgs({ ...FORMAT, encoder });
      expect(values(args, '-c:v')).toEqual([FFMPEG_ENCODERS[encoder]]);
      expect(values(args, '-bf')).toEqual(['0']);
      expect(values(args, '-g')).toEqual(['60']);
      expect([values(args, '-b:v'), values(args, '-maxrate')]).toEqual([['2500k'], ['2500k']]);
      expect(values(args, '-video_size')).toEqual(['1280x720']);
      // Options of the input come before it.
      expect(args.indexOf('-video_size')).toBeLessThan(args.indexOf('-i'));
      expect(args.indexOf('-c:v')).toBeGreaterThan(args.indexOf('-i'));
      expect(args.at(-1)).toBe('pipe:1');
    },
  );

  it('hands pictures to a device in its own format, and opens the device before the input', () => {
    const vaapi = encodeVideoArgs({ ...FORMAT, encoder: 'vaapi' });
    expect(values(vaapi, '-vf')).toEqual(['format=nv12,hwupload']);
    expect(values(vaapi, '-pix_fmt')).toEqual([]);
    expect(vaapi.indexOf('-init_hw_device')).toBeLessThan(vaapi.indexOf('-i'));
    const small = encodeVideoArgs({ ...FORMAT, encoder: 'qsv', source: { width: 1920, height: 1080 } });
    expect(values(small, '-vf')).toEqual(['scale=1280:720:flags=bilinear,format=nv12']);
    expect(values(small, '-video_size')).toEqual(['1920x1080']);
    expect(values(encodeVideoArgs({ ...FORMAT, source: { width: 1280, height: 720 } }), '-vf')).toEqual([]);
  });

  it('gives presets to x264 alone', () => {
    expect(values(encodeVideoArgs({ ...FORMAT, preset: 'faster' }), '-preset')).toEqual(['faster']);
    expect(values(encodeVideoArgs({ ...FORMAT, preset: 'faster', encoder: 'nvenc' }), '-preset')).toEqual(['p4']);
    expect(values(encodeVideoArgs({ ...FORMAT, encoder: 'videotoolbox' }), '-preset')).toEqual([]);
  });

  it('keeps the time between key frames at half rate', () => {
    const args = encodeVideoArgs({ ...FORMAT, frameStep: 2 });
    expect([values(args, '-framerate'), values(args, '-g')]).toEqual([['30/2'], ['30']]);
    expect(values(args, '-force_key_frames')).toEqual([]);
    const odd = encodeVideoArgs({ ...FORMAT, framerate: 25, gopFrames: 25, frameStep: 2 });
    expect([values(odd, '-g'), values(odd, '-force_key_frames')]).toEqual([['13'], ['expr:lt(mod(n*2+0,25),2)']]);
  });

  it('says where key frames are when it starts between two of them', () => {
    expect(values(encodeVideoArgs({ ...FORMAT, firstFrame: 600 }), '-force_key_frames')).toEqual([]);
    expect(values(encodeVideoArgs({ ...FORMAT, firstFrame: 617 }), '-force_key_frames')).toEqual([
      'expr:lt(mod(n*1+17,60),1)',
    ]);
  });

  it('has as many threads as the size needs', () => {
    const threads = (options: Partial<EncodeVideoOptions>): string | undefined =>
      values(encodeVideoArgs({ ...FORMAT, ...options }).slice(20), '-threads').at(-1);
    expect([threads({}), threads({ framerate: 60, width: 1920, height: 1080 })]).toEqual(['2', '5']);
    expect(threads({ framerate: 60, width: 1920, height: 1080, frameStep: 2 })).toBe('3');
  });
});
