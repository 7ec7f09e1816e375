import { describe, expect, it } from 'vitest';
import { FrameTimes } from '../../../../../web/playback/mse/frame-times.ts';

describe('the times of pictures', () => {
  it('tell which one is shown at a moment', () => {
    const times = new FrameTimes();
    expect(times.at(5)).toBeUndefined();
    for (const time of [10, 20, 30]) times.add(time);
    expect([9, 10, 19, 20, 99].map((time) => times.at(time))).toEqual([undefined, 10, 10, 20, 30]);
  });

  it('give way to pictures of an earlier time', () => {
    const times = new FrameTimes();
    for (const time of [10, 20, 30, 15]) times.add(time);
    expect([14, 16, 99].map((time) => times.at(time))).toEqual([10, 15, 15]);
  });

  it('are forgotten after 600', () => {
    const times = new FrameTimes();
    for (let time = 0; time < 600; time += 1) times.add(time);
    expect(times.at(0)).toBe(0);
    times.add(600);
    expect(times.at(0)).toBeUndefined();
    expect(times.at(1)).toBe(1);
  });
});
