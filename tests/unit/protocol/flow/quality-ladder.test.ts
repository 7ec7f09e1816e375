import { describe, expect, it } from 'vitest';
import { QualityLadder } from '../../../../src/protocol/flow/quality-ladder.ts';

const LIMIT = { width: 1280, height: 720, framerate: 30, bitrate: 1_000_000 };

function at(bitrates: readonly number[]): string[] {
  const ladder = new QualityLadder();
  return bitrates.map((bitrate) => {
    const { height, framerate } = ladder.fit(LIMIT, bitrate);
    return `${height}@${framerate}`;
  });
}

describe('QualityLadder', () => {
  it('gives up bits first, then pictures a second, then size', () => {
    const steps = at([1_000_000, 500_000, 499_000, 349_000, 219_000, 139_000]);
    expect(steps).toEqual(['720@30', '720@30', '720@20', '720@15', '540@15', '360@15']);
  });

  it('takes a step back only with a quarter to spare', () => {
    expect(at([499_000, 624_000, 625_000])).toEqual(['720@20', '720@20', '720@30']);
    expect(at([100_000, 1_000_000])).toEqual(['360@15', '720@30']);
  });

  it('makes nothing smaller than 180 lines, nor faster than its limit', () => {
    const ladder = new QualityLadder();
    const slides = { width: 320, height: 180, framerate: 5, bitrate: 1_000_000 };
    expect(ladder.fit(slides, 100_000)).toEqual({ width: 320, height: 180, framerate: 5, bitrate: 100_000 });
    expect(ladder.fit({ ...slides, width: 480, height: 270 }, 100_000)).toMatchObject({ width: 320, height: 180 });
  });
});
