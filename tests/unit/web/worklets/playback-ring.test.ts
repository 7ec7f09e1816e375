import { describe, expect, it } from 'vitest';
import { PlaybackRing } from '../../../../web/worklets/playback-ring.ts';

const RATE = 48_000;
const PACKET = 960;
const PACKET_US = 20_000;

function ring(): PlaybackRing {
  return new PlaybackRing({ sampleRate: RATE, channels: 2, startMs: 60, mostMs: 300 });
}

/** Packet number `index` of a steady tone of 1. */
function push(target: PlaybackRing, index: number): void {
  target.push(index * PACKET_US, [new Float32Array(PACKET).fill(1)]);
}

function pull(target: PlaybackRing, quanta: number): Float32Array {
  const all = new Float32Array(quanta * 128);
  for (let quantum = 0; quantum < quanta; quantum += 1) {
    const part = all.subarray(quantum * 128, (quantum + 1) * 128);
    target.pull([part, new Float32Array(128)]);
  }
  return all;
}

/** Plays for so many seconds after four packets, each of which comes so many milliseconds late; what was left after each quantum. */
function listen(target: PlaybackRing, seconds: number, lateMs: (packet: number) => number): number[] {
  const levels: number[] = [];
  let packet = 4;
  for (let sample = 0; sample < RATE * seconds; sample += 128) {
    pull(target, 1);
    while ((packet - 4) * PACKET + (lateMs(packet) * RATE) / 1000 < sample) {
      push(target, packet);
      packet += 1;
    }
    levels.push(target.levelMs);
  }
  return levels;
}

describe('PlaybackRing', () => {
  it('is silent until 60 ms are in stock, then fades in', () => {
    const target = ring();
    push(target, 0);
    push(target, 1);
    expect(Math.max(...pull(target, 3))).toBe(0);
    push(target, 2);
    expect(target.playing).toBe(true);
    const sound = pull(target, 4);
    expect(sound[0]).toBe(0);
    expect(sound[120]).toBeCloseTo(0.5);
    expect(sound[300]).toBe(1);
  });

  it('gives every sample once, in order, on all channels', () => {
    const target = ring();
    for (let packet = 0; packet < 5; packet += 1) {
      const samples = Float32Array.from({ length: PACKET }, (_, index) => packet * PACKET + index);
      target.push(packet * PACKET_US, [samples]);
    }
    const left = new Float32Array(128);
    const right = new Float32Array(128);
    for (let quantum = 0; quantum < 20; quantum += 1) target.pull([left, right]);
    expect([...left]).toEqual(Array.from({ length: 128 }, (_, index) => 19 * 128 + index));
    expect(right).toEqual(left);
  });

  it('says which program time comes out next', () => {
    const target = ring();
    expect(target.playheadUs).toBeUndefined();
    for (let packet = 0; packet < 3; packet += 1) push(target, packet);
    expect(target.playheadUs).toBe(0);
    pull(target, 9);
    expect(target.playheadUs).toBeCloseTo(24_000);
  });

  it('counts a stock that ran dry, and waits until it is full again', () => {
    const target = ring();
    for (let packet = 0; packet < 3; packet += 1) push(target, packet);
    pull(target, 40);
    expect(target.underruns).toBe(1);
    expect(target.playing).toBe(false);
    push(target, 3);
    expect(target.playing).toBe(false);
    push(target, 4);
    push(target, 5);
    expect(target.playing).toBe(true);
  });

  it('reads five percent faster above 160 ms, until it is back at 60', () => {
    const target = ring();
    for (let packet = 0; packet < 8; packet += 1) push(target, packet);
    pull(target, 3);
    expect(target.levelMs).toBeCloseTo(160 - 8);
    for (let packet = 8; packet < 12; packet += 1) push(target, packet);
    const before = target.levelMs;
    pull(target, 30);
    expect(before - target.levelMs).toBeCloseTo(80 * 1.05);
    pull(target, 33);
    expect(target.levelMs).toBeLessThan(60);
    const low = target.levelMs;
    pull(target, 3);
    expect(low - target.levelMs).toBeCloseTo(8);
  });

  it('keeps on a calm line what is left over small, a percent at a time, and never runs short', () => {
    const target = ring();
    for (let packet = 0; packet < 4; packet += 1) push(target, packet);
    const levels = listen(target, 60, () => 0);
    expect(target.underruns).toBe(0);
    expect(Math.min(...levels.slice(-1000))).toBeGreaterThan(15);
    expect(Math.max(...levels.slice(-1000))).toBeLessThan(50);
  });

  it('keeps more after it ran short, until the same delay is not heard any more', () => {
    const target = ring();
    for (let packet = 0; packet < 4; packet += 1) push(target, packet);
    // Every eighteen seconds a packet is 50 ms late.
    listen(target, 180, (packet) => (packet % 900 === 899 ? 50 : 0));
    expect(target.underruns).toBe(3);
  });

  it('skips down to 60 ms when more than 300 ms pile up', () => {
    const target = ring();
    for (let packet = 0; packet < 15; packet += 1) push(target, packet);
    expect(target.levelMs).toBe(300);
    push(target, 15);
    expect(target.levelMs).toBe(60);
    expect(target.skips).toBe(1);
    expect(target.playheadUs).toBe(16 * PACKET_US - 60_000);
  });

  it('fills a lost packet with silence, so that what follows is on time', () => {
    const target = ring();
    push(target, 0);
    push(target, 2);
    push(target, 3);
    expect(target.levelMs).toBe(80);
    expect(target.playheadUs).toBe(0);
    const sound = pull(target, 20);
    expect(sound[PACKET - 1]).toBe(1);
    expect(sound[PACKET]).toBe(0);
    expect(sound[2 * PACKET - 1]).toBe(0);
    expect(sound[2 * PACKET]).toBe(1);
  });

  it('starts anew when the program’s time leaps', () => {
    const target = ring();
    for (let packet = 0; packet < 4; packet += 1) push(target, packet);
    push(target, 1000);
    expect(target.levelMs).toBe(20);
    expect(target.playing).toBe(false);
    expect(target.playheadUs).toBe(1000 * PACKET_US);
  });

  it.each([
    ['fast', 1 + 300e-6],
    ['slow', 1 - 300e-6],
  ])('holds its stock for ten minutes against a server whose clock is too %s', (_, speed) => {
    const target = ring();
    let packet = 0;
    for (; packet < 4; packet += 1) push(target, packet);
    let lowest = target.levelMs;
    let highest = target.levelMs;
    const quantum = [new Float32Array(128), new Float32Array(128)];
    for (let sample = 0; sample < RATE * 600; sample += 128) {
      target.pull(quantum);
      while ((packet - 4) * PACKET < sample * speed) {
        push(target, packet);
        packet += 1;
      }
      lowest = Math.min(lowest, target.levelMs);
      highest = Math.max(highest, target.levelMs);
    }
    expect(target.underruns).toBe(0);
    expect(target.skips).toBe(0);
    expect(lowest).toBeGreaterThan(10);
    expect(highest).toBeLessThan(100);
  });
});
