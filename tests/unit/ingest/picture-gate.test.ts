import { expect, it } from 'vitest';
import { DecodeBudget } from '../../../src/ingest/decode-budget.ts';
import { PictureGate } from '../../../src/ingest/picture-gate.ts';
import type { VideoConfig } from '../../../src/media/codec.ts';
import { createTrack } from '../../../src/room/track.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { vp8Key } from './coded-pictures.ts';

const CONFIG: VideoConfig = { codec: 'vp8', codecString: 'vp8', width: 320, height: 180, framerate: 1 };

it('claims nothing for a track that has just been refused', () => {
  const clock = new FakeClock();
  const budget = new DecodeBudget(2);
  const track = createTrack(0, 'video', 'camera', 'test');
  if (track.kind !== 'video') throw new Error('A track of pictures was asked for');
  const limits = { maxPixels: 1920 * 1088, maxFramesPerSecond: 70 };
  const gate = new PictureGate({ track, owner: 'ana', limits, budget, clock, onNotice: () => {} });
  const refused: string[] = [];
  track.events.on('refused', ({ code }) => {
    refused.push(code);
    gate.close();
  });
  for (let frame = 0; frame < 300; frame += 1) {
    expect(
      gate.pass(CONFIG, vp8Key(320, 180), { keyframe: true, captureUs: clock.monotonicMs() * 1000 }),
    ).toBeDefined();
    clock.advance(1000 / 30);
  }
  // Thirty pictures a second turn out to be too much with this very one, which is small enough to be granted.
  clock.advance(1);
  expect(gate.pass({ ...CONFIG, framerate: 30 }, vp8Key(16, 16), { keyframe: true, captureUs: 0 })).toBeUndefined();
  expect(refused).toEqual(['decode_budget']);
  expect(budget.claim({}, 'ana', 1e6)).toBeUndefined();
});

it('takes no burst behind a standstill for a faster camera', () => {
  const clock = new FakeClock();
  // Enough for thirty pictures a second, and not for a quarter more.
  const budget = new DecodeBudget(320 * 180 * 2 * 33e-6);
  const track = createTrack(0, 'video', 'camera', 'test');
  if (track.kind !== 'video') throw new Error('A track of pictures was asked for');
  const limits = { maxPixels: 1920 * 1088, maxFramesPerSecond: 70 };
  const gate = new PictureGate({ track, owner: 'ana', limits, budget, clock, onNotice: () => {} });
  const refused: string[] = [];
  track.events.on('refused', ({ code }) => refused.push(code));
  const config = { ...CONFIG, framerate: 30 };
  let frame = 0;
  const catchUp = (): void => {
    for (; frame * 1000 <= clock.monotonicMs() * 30; frame += 1) {
      gate.pass(config, vp8Key(320, 180), { keyframe: true, captureUs: Math.round((frame * 1e6) / 30) });
    }
  };
  const live = (ms: number): void => {
    for (const untilMs = clock.monotonicMs() + ms; clock.monotonicMs() < untilMs; clock.advance(10)) catchUp();
  };
  live(9990);
  clock.advance(8000);
  live(30_000);
  expect(refused).toEqual([]);
});

it('takes no picture of a later time for a standstill: what was measured is paid for as long as it comes', () => {
  const clock = new FakeClock();
  // One participant may have half of it: thirty of these pictures a second, and not one more.
  const budget = new DecodeBudget(320 * 180 * 2 * 31e-6);
  const track = createTrack(0, 'video', 'camera', 'test');
  if (track.kind !== 'video') throw new Error('A track of pictures was asked for');
  const limits = { maxPixels: 1920 * 1088, maxFramesPerSecond: 70 };
  const gate = new PictureGate({ track, owner: 'ana', limits, budget, clock, onNotice: () => {} });
  const send = (captureMs: number): void => {
    expect(gate.pass(CONFIG, vp8Key(320, 180), { keyframe: true, captureUs: captureMs * 1000 })).toBeDefined();
  };
  // Their own time stands still while they come, up to the ten seconds that they may be late.
  for (let frame = 0; frame <= 300; frame += 1) {
    send(0);
    clock.advance(1000 / 30);
  }
  const mayHave = (): boolean => {
    const other = {};
    const granted = budget.claim(other, 'ana', 320 * 180 * 15) === undefined;
    budget.release(other);
    return granted;
  };
  expect(mayHave()).toBe(false);
  // And then it leaps.
  send(clock.monotonicMs());
  send(clock.monotonicMs());
  expect(mayHave()).toBe(false);
  // Who really sends less pays less.
  for (let frame = 0; frame <= 11; frame += 1) {
    clock.advance(1000);
    send(clock.monotonicMs());
  }
  expect(mayHave()).toBe(true);
});
