import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import { MAX_SILENT, silent } from '../../../../src/recorder/archive/sound-filters.ts';

const run = promisify(execFile);
const RATE = 48_000;

describe('silence in a sound', () => {
  it('is where it should be, and FFmpeg takes as much of it as there may be', async () => {
    const { path } = await locateFfmpeg({});
    const step = 0.5 / MAX_SILENT;
    const spans = Array.from({ length: MAX_SILENT }, (_, index) => {
      return { from: 0.5 + index * step, to: 0.5 + (index + 1) * step };
    });
    const filter = `${silent('[0:a]asetnsamples=480', spans)}[out]`;
    const args = ['-v', 'error', '-f', 'lavfi', '-i', `sine=d=1:r=${RATE}`, '-filter_complex', filter];
    const out = ['-map', '[out]', '-f', 's16le', 'pipe:1'];
    const { stdout } = await run(path, [...args, ...out], { encoding: 'buffer' });
    const samples = new Int16Array(stdout.buffer, stdout.byteOffset, stdout.byteLength / 2);
    const loudest = (from: number, to: number): number =>
      samples.subarray(from * RATE, to * RATE).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(loudest(0, 0.48)).toBeGreaterThan(1000);
    expect(loudest(0.52, 1)).toBe(0);
  });
});
