import { describe, expect, it } from 'vitest';
import { NoiseGate } from '../../../src/mixer/noise-gate.ts';

const PACKET = 960;

/** A microphone whose packets come one after the other. */
class Microphone {
  readonly gate = new NoiseGate();
  position: number;

  constructor(position = 0) {
    this.position = position;
  }

  /** Gives whether each packet was taken for a voice. */
  hears(ms: number, levelDb: number): boolean[] {
    return Array.from({ length: ms / 20 }, () => {
      const voice = this.gate.observe(levelDb, this.position, this.position + PACKET);
      this.position += PACKET;
      return voice;
    });
  }

  /** Whether the gate is open `ms` after the newest packet's end. */
  openAfter(ms: number): boolean {
    return this.gate.isOpen(this.position + (ms / 1000) * 48000);
  }
}

describe('NoiseGate', () => {
  it('is shut before anything has come', () => {
    const gate = new NoiseGate();
    expect([gate.isOpen(0), gate.isOpen(Number.NaN)]).toEqual([false, false]);
  });

  it('opens with the first packet of a voice, and for all that is not played yet', () => {
    const microphone = new Microphone();
    microphone.hears(2000, -65);
    expect(microphone.openAfter(-100)).toBe(false);
    microphone.hears(20, -30);
    expect([-200, -20, 0].map((ms) => microphone.openAfter(ms))).toEqual([true, true, true]);
  });

  it('stays open for 400 ms after a voice: ends of words and pauses for breath are heard', () => {
    const microphone = new Microphone();
    microphone.hears(200, -30);
    microphone.hears(340, -65);
    expect(microphone.openAfter(0)).toBe(true);
    microphone.hears(100, -65);
    expect(microphone.openAfter(0)).toBe(false);
  });

  it('takes less for a voice once it is open, so that a word may end softly', () => {
    const microphone = new Microphone();
    microphone.hears(4000, -60);
    expect(microphone.hears(200, -53)).not.toContain(true);
    microphone.hears(100, -30);
    expect(microphone.hears(200, -53)).not.toContain(false);
  });

  it('learns how loud the room is: faster a quiet one than a loud one', () => {
    const microphone = new Microphone();
    microphone.hears(1000, -75);
    expect(microphone.gate.floorDb).toBe(-70);
    microphone.hears(10_000, -55);
    expect(microphone.gate.floorDb).toBeCloseTo(-60, 0);
    microphone.hears(10_000, -55);
    expect(microphone.gate.floorDb).toBeCloseTo(-55, 6);
    expect(microphone.hears(1000, -47)).not.toContain(true);
    expect(microphone.hears(100, -43)).not.toContain(false);
  });

  it('does not take a long speech for the noise of the room', () => {
    const microphone = new Microphone();
    for (let second = 0; second < 120; second += 1) {
      microphone.hears(200, -28);
      expect(microphone.hears(500, -35)).not.toContain(false);
      microphone.hears(300, -62);
    }
  });

  it('never shuts out what is steady and louder than -40 dBFS', () => {
    const microphone = new Microphone();
    expect(microphone.hears(120_000, -39)).not.toContain(false);
    expect(microphone.hears(60_000, -47)).toContain(false);
  });

  it('goes on with a sender whose clock falls back or leaps ahead', () => {
    const microphone = new Microphone(90_000_000);
    microphone.hears(1000, -30);
    microphone.position = 1000;
    microphone.hears(20, -65);
    expect(microphone.openAfter(0)).toBe(false);
    microphone.hears(20, -30);
    expect(microphone.openAfter(0)).toBe(true);
    microphone.position += 90_000_000;
    microphone.hears(20, -65);
    expect(microphone.openAfter(0)).toBe(false);
  });
});
