import { describe, expect, it } from 'vitest';
import { mediaWays } from '../../../../web/util/media-ways.ts';

const ALL = {
  secureContext: true,
  encoders: true,
  decoders: true,
  audioWorklet: true,
  recorder: true,
  mediaSource: true,
};

describe('the ways of media', () => {
  it('are the quick ones where the browser has them', () => {
    expect(mediaWays(ALL, '')).toEqual({ capture: 'encoders', playback: 'decoders' });
    expect(mediaWays({ ...ALL, encoders: false }, '')).toEqual({ capture: 'recorder', playback: 'decoders' });
    expect(mediaWays({ ...ALL, decoders: false }, '')).toEqual({ capture: 'encoders', playback: 'mse' });
    expect(mediaWays({ ...ALL, audioWorklet: false }, '')).toEqual({ capture: 'recorder', playback: 'mse' });
  });

  it('are the slow ones where the address says so', () => {
    expect(mediaWays(ALL, '?capture=recorder')).toEqual({ capture: 'recorder', playback: 'decoders' });
    expect(mediaWays(ALL, '?playback=mse&x=1')).toEqual({ capture: 'encoders', playback: 'mse' });
    expect(mediaWays(ALL, '?capture=other')).toEqual({ capture: 'encoders', playback: 'decoders' });
  });
});
