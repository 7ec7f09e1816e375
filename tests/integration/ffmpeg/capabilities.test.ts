import { describe, expect, it } from 'vitest';
import { hasFilter, missingCapabilities } from '../../../src/ffmpeg/capabilities.ts';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { fakeFfmpeg } from '../../helpers/fake-ffmpeg.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const COMPLETE = { encoders: [], decoders: [], filters: [], muxers: [] };

describe('what an FFmpeg can do', () => {
  it('is enough in the FFmpeg of this machine', async () => {
    const { path } = await locateFfmpeg({});
    expect(await missingCapabilities(path, systemClock)).toEqual(COMPLETE);
    expect(await hasFilter(path, 'scale', systemClock)).toBe(true);
    expect(await hasFilter(path, 'no-such-filter', systemClock)).toBe(false);
  });

  it('is told by name when something is left out of the build', async () => {
    const { path } = await locateFfmpeg({});
    const dir = await tempDir();
    const poor = await fakeFfmpeg(dir, `'${path}' "$@" | grep -v -w -e libx264 -e vp8 -e aresample -e flv`);
    expect(await missingCapabilities(poor, systemClock)).toEqual({
      encoders: ['libx264'],
      decoders: ['vp8'],
      filters: ['aresample'],
      muxers: ['flv'],
    });
  });

  it('is nothing when the lists cannot be read', async () => {
    const dir = await tempDir();
    const broken = await fakeFfmpeg(dir, 'exit 1');
    const missing = await missingCapabilities(broken, systemClock);
    expect(missing.encoders).toContain('libx264');
    expect(missing.muxers).toContain('mp4');
    expect(await hasFilter(`${dir}/nothing`, 'scale', systemClock)).toBe(false);
  });
});
