import { describe, expect, it } from 'vitest';
import { PlaybackBuffer } from '../../../../src/cli/viewers/playback-buffer.ts';

const WALL = 1_000_000;

/** Parts of 500 ms, complete 100 ms after their end, but for those that come later. */
function play(arrivals: readonly number[]): PlaybackBuffer {
  const buffer = new PlaybackBuffer(0);
  for (const [part, ms] of arrivals.entries()) buffer.append(500, WALL + part * 500, WALL + ms);
  return buffer;
}

describe('a simulated buffer', () => {
  it('plays at normal speed from the place where playing starts', () => {
    const buffer = new PlaybackBuffer(700);
    buffer.append(500, WALL, WALL + 2000);
    expect(buffer.figures.started).toBe(false);
    expect(buffer.glassToGlassMs(WALL + 2000)).toBeUndefined();
    buffer.append(500, WALL + 500, WALL + 2010);
    expect(buffer.figures.started).toBe(true);
    expect(buffer.glassToGlassMs(WALL + 2010)).toBe(1310);
    expect(buffer.glassToGlassMs(WALL + 2200)).toBe(1310);
  });

  it('does not stall while parts come in time', () => {
    const buffer = play([600, 1100, 1600, 2100]);
    expect(buffer.finish(WALL + 2500)).toEqual({ started: true, stalls: 0, stalledMs: 0 });
  });

  it('stalls from the moment at which nothing is left until the next part, and is so much later for good', () => {
    const buffer = play([600, 1100, 1900]);
    expect(buffer.figures).toEqual({ started: true, stalls: 1, stalledMs: 300 });
    expect(buffer.glassToGlassMs(WALL + 1900)).toBe(900);
    expect(buffer.glassToGlassMs(WALL + 2300)).toBe(900);
  });

  it('shows an old picture while it stalls', () => {
    const buffer = play([600, 1100]);
    expect(buffer.glassToGlassMs(WALL + 2600)).toBe(1600);
  });

  it('counts a stall that lasts when the viewer goes', () => {
    expect(play([600, 1100]).finish(WALL + 2000)).toEqual({ started: true, stalls: 1, stalledMs: 400 });
  });

  it('knows the time of each picture across a break in the program', () => {
    const buffer = play([600]);
    buffer.append(500, WALL + 9000, WALL + 1000);
    expect(buffer.glassToGlassMs(WALL + 1200)).toBe(WALL + 1200 - (WALL + 9100));
  });

  it('has no age of a picture without times', () => {
    const buffer = new PlaybackBuffer(0);
    buffer.append(500, undefined, WALL);
    expect(buffer.glassToGlassMs(WALL + 10)).toBeUndefined();
  });
});
