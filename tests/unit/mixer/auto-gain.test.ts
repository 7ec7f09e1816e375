import { describe, expect, it } from 'vitest';
import { AutoGain } from '../../../src/mixer/auto-gain.ts';

const PACKET = 960;
const QUIET_ROOM_DB = -75;

/** Levels of 20 ms that swell and fade like syllables, 15 dB up and down, with a mean power of 1. */
const SYLLABLES: readonly number[] = (() => {
  const powers = Array.from({ length: 50 }, (_, tick) => 10 ** (0.75 * Math.sin((2 * Math.PI * 4 * tick) / 50)));
  const mean = powers.reduce((sum, power) => sum + power, 0) / powers.length;
  return powers.map((power) => power / mean);
})();

/** A voice on both channels of this many LUFS. */
function speak(gain: AutoGain, seconds: number, lufs: number, floorDb = QUIET_ROOM_DB): void {
  const power = 10 ** ((lufs + 0.691) / 10) / 2;
  for (let tick = 0; tick < seconds * 50; tick += 1) {
    const now = power * (SYLLABLES[tick % 50] as number);
    gain.observe({ meanSquare: now, weighted: now, frames: PACKET, open: true, floorDb });
    gain.next(true);
  }
}

describe('AutoGain', () => {
  it.each([
    [-40, 24],
    [-26, 10],
    [-16, 0],
    [-10, -6],
  ])('brings a voice of %i LUFS to -16 by %i dB, within twelve seconds', (lufs, expected) => {
    const gain = new AutoGain();
    speak(gain, 12, lufs);
    expect(gain.gainDb).toBeCloseTo(expected, 0);
    const settled = gain.gainDb;
    speak(gain, 30, lufs);
    expect(Math.abs(gain.gainDb - settled)).toBeLessThan(0.6);
  });

  it.each([
    [-60, 24],
    [0, -12],
  ])('changes a voice of %i LUFS by no more than %i dB', (lufs, limit) => {
    const gain = new AutoGain();
    speak(gain, 30, lufs);
    expect(gain.gainDb).toBeCloseTo(limit, 6);
  });

  it('raises a voice from a noisy room by no more than 12 dB', () => {
    const gain = new AutoGain();
    speak(gain, 30, -40, -55);
    expect(gain.gainDb).toBeCloseTo(12, 6);
  });

  it('moves by 1 dB a second when it is nearly right, by 6 when it is far off', () => {
    const gain = new AutoGain();
    speak(gain, 20, -16);
    const near = gain.gainDb;
    speak(gain, 1, -40);
    const far = gain.gainDb;
    expect(Math.abs(far - near)).toBeLessThanOrEqual(6.01);
    const slow = new AutoGain();
    speak(slow, 20, -16);
    speak(slow, 5, -18);
    const before = slow.gainDb;
    speak(slow, 1, -18);
    expect(Math.abs(slow.gainDb - before)).toBeLessThanOrEqual(1.01);
  });

  it('is moved by no hum, fan or tone, however loud or soft', () => {
    const gain = new AutoGain();
    for (let tick = 0; tick < 1000; tick += 1) {
      const power = 1e-4 * (1 + 0.3 * Math.sin(tick));
      gain.observe({ meanSquare: power, weighted: power, frames: PACKET, open: true, floorDb: QUIET_ROOM_DB });
      expect(gain.next(true)).toBe(1);
    }
  });

  it('stands still while nobody speaks', () => {
    const gain = new AutoGain();
    speak(gain, 2, -40);
    const stopped = gain.gainDb;
    for (let tick = 0; tick < 500; tick += 1) {
      gain.observe({ meanSquare: 1e-7, weighted: 0, frames: PACKET, open: false, floorDb: QUIET_ROOM_DB });
      gain.next(false);
    }
    expect(gain.gainDb).toBe(stopped);
  });

  it('does not take the pauses between sentences for a softer voice', () => {
    const gain = new AutoGain();
    for (let sentence = 0; sentence < 10; sentence += 1) {
      speak(gain, 2, -20);
      for (let tick = 0; tick < 50; tick += 1) {
        gain.observe({ meanSquare: 1e-8, weighted: 0, frames: PACKET, open: tick < 20, floorDb: QUIET_ROOM_DB });
        gain.next(tick < 20);
      }
    }
    expect(gain.gainDb).toBeGreaterThan(3);
    expect(gain.gainDb).toBeLessThan(4.6);
  });

  it('takes packets of any length', () => {
    const gains = [120, 960, 2880].map((frames) => {
      const gain = new AutoGain();
      const power = 10 ** ((-26 + 0.691) / 10) / 2;
      for (let at = 0; at < 20 * 48000; at += frames) {
        const now = power * (SYLLABLES[Math.floor(at / PACKET) % 50] as number);
        gain.observe({ meanSquare: now, weighted: now, frames, open: true, floorDb: QUIET_ROOM_DB });
        if (at % PACKET < frames) for (let due = 0; due < Math.max(1, frames / PACKET); due += 1) gain.next(true);
      }
      return gain.gainDb;
    });
    for (const gainDb of gains) expect(Math.abs(gainDb - 10)).toBeLessThan(1.5);
  });
});
