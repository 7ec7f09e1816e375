import { describe, expect, it } from 'vitest';
import { MediaFormatError } from '../../../src/media/media-format-error.ts';
import { AudioSource } from '../../../src/mixer/audio-source.ts';
import { BLOCK_FRAMES, OpusEncoder } from '../../../src/mixer/opus-codec.ts';
import { PlayoutClock } from '../../../src/mixer/playout-clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const HZ = 200;
const AMPLITUDE = 0.5;
/** The steepest that the tone itself gets, twice over for fades and the codec: a click is many times as much. */
const STEEP = 4 * Math.PI * (HZ / 48000) * AMPLITUDE;

/** A second of the tone in 20 ms packets; a whole number of periods, so it may be repeated for ever. */
const PACKETS: readonly Uint8Array[] = (() => {
  const encoder = new OpusEncoder(128_000);
  const packets: Uint8Array[] = [];
  for (let packet = 0; packet < 100; packet += 1) {
    const block = new Float32Array(BLOCK_FRAMES * 2);
    for (let frame = 0; frame < BLOCK_FRAMES; frame += 1) {
      const value = AMPLITUDE * Math.sin((2 * Math.PI * HZ * (packet * BLOCK_FRAMES + frame)) / 48000);
      block.fill(value, frame * 2, frame * 2 + 2);
    }
    packets.push(encoder.encode(block));
  }
  return packets.slice(50);
})();

/** A sender and the mixer's reads, in simulated time. */
class Call {
  readonly clock = new FakeClock();
  readonly playout = new PlayoutClock();
  readonly source = new AudioSource(this.playout, this.clock);
  readonly heard: Float32Array[] = [];
  readonly sounded: boolean[] = [];
  captureUs: number;
  #sent = 0;
  #nextSendMs = 0;
  #nextReadMs = 7;

  constructor(firstCaptureUs = 90_000_000) {
    this.captureUs = firstCaptureUs;
  }

  /**
   * Goes on for `seconds`. `periodMs`: our time between two packets; `stepUs`: what their capture times differ by;
   * `sends`: whether a packet arrives at all.
   */
  run(seconds: number, { periodMs = 20, stepUs = 20_000, sends = true } = {}): void {
    const endMs = this.clock.monotonicMs() + seconds * 1000;
    for (;;) {
      const next = Math.min(this.#nextSendMs, this.#nextReadMs);
      if (next >= endMs) break;
      this.clock.advance(next - this.clock.monotonicMs());
      if (next === this.#nextSendMs) {
        if (sends) this.source.feed(this.captureUs, PACKETS[this.#sent % PACKETS.length] as Uint8Array);
        this.#sent += 1;
        this.captureUs += stepUs;
        this.#nextSendMs += periodMs;
      } else {
        const block = new Float32Array(BLOCK_FRAMES * 2);
        this.sounded.push(this.source.read(next, block));
        this.heard.push(block);
        this.#nextReadMs += 20;
      }
    }
    this.clock.advance(endMs - this.clock.monotonicMs());
  }

  /** Largest amplitude in each block from number `from` on. */
  levels(from = 0): number[] {
    return this.heard.slice(from).map((block) => block.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0));
  }

  /** The smallest amplitude over any one period of the tone, from block number `from` on. */
  quietest(from: number): number {
    const samples = this.heard.slice(from).flatMap((block) => [...block].filter((_, index) => index % 2 === 0));
    let quietest = Number.POSITIVE_INFINITY;
    const period = 48000 / HZ;
    for (let at = 0; at + period <= samples.length; at += period / 4) {
      const window = samples.slice(at, at + period);
      quietest = Math.min(quietest, (Math.max(...window) - Math.min(...window)) / 2);
    }
    return quietest;
  }

  /** The steepest step between two samples of one channel, over the borders of blocks too. */
  get steepest(): number {
    let steepest = 0;
    let before = 0;
    for (const block of this.heard) {
      for (let at = 0; at < block.length; at += 2) {
        steepest = Math.max(steepest, Math.abs((block[at] as number) - before));
        before = block[at] as number;
      }
    }
    return steepest;
  }
}

describe('AudioSource', () => {
  it('is silent before the first packet', () => {
    const call = new Call();
    call.run(0.1, { sends: false });
    expect(call.sounded).toEqual([false, false, false, false, false]);
  });

  it('plays on without a gap or a click, at the level that was sent', () => {
    const call = new Call();
    call.run(5);
    const levels = call.levels(10);
    expect(Math.min(...levels)).toBeGreaterThan(AMPLITUDE * 0.9);
    expect(Math.max(...levels)).toBeLessThan(AMPLITUDE * 1.1);
    expect(call.steepest).toBeLessThan(STEEP);
  });

  it.each([0, -3_000_000, 4_000_000_000_000_000])('plays from capture time %i on', (captureUs) => {
    const call = new Call(captureUs);
    call.run(4);
    expect(Math.min(...call.levels(10))).toBeGreaterThan(AMPLITUDE * 0.9);
    expect(call.steepest).toBeLessThan(STEEP);
  });

  it.each([300, -300])('plays two minutes of a sender whose clock is %i millionths off, without a break', (ppm) => {
    const call = new Call();
    call.run(120, { periodMs: 20 * (1 - ppm / 1e6) });
    const levels = call.levels(10);
    expect(Math.min(...levels)).toBeGreaterThan(AMPLITUDE * 0.9);
    expect(call.steepest).toBeLessThan(STEEP);
    expect(call.playout.delayMs).toBeLessThan(30);
  });

  it.each([300, -300])('fades where a sound card that is %i millionths off runs away from its clock', (ppm) => {
    const call = new Call();
    const step = 20 * (1 - ppm / 1e6);
    call.run(75, { periodMs: step, stepUs: step * 1000 });
    const quiet = call.levels(10).filter((level) => level < AMPLITUDE * 0.9).length;
    expect(quiet).toBeLessThan(12);
    expect(call.steepest).toBeLessThan(STEEP);
  });

  it('is silent, without a click, while packets are missing', () => {
    const call = new Call();
    call.run(1.013);
    call.run(0.3, { sends: false });
    call.run(1);
    expect(call.levels(10).filter((level) => level === 0).length).toBeGreaterThanOrEqual(13);
    expect(Math.min(...call.levels(call.heard.length - 30))).toBeGreaterThan(AMPLITUDE * 0.9);
    expect(call.steepest).toBeLessThan(STEEP);
  });

  it('ends without a click and says that it is silent when the sender stops', () => {
    const call = new Call();
    call.run(1);
    call.run(1, { sends: false });
    expect(call.sounded.slice(-30)).toEqual(Array.from({ length: 30 }, () => false));
    expect(call.steepest).toBeLessThan(STEEP);
  });

  it.each([1_500_000, 300_000, -300_000, -1_500_000, -9_000_000])(
    'is heard again within 1.5 s, and without a click, after its clock leaps by %i µs',
    (leapUs) => {
      const call = new Call();
      call.run(2.005);
      call.captureUs += leapUs;
      call.run(1.5);
      const leapt = call.heard.length;
      call.run(2);
      expect(Math.min(...call.levels(leapt))).toBeGreaterThan(AMPLITUDE * 0.9);
      expect(call.steepest).toBeLessThan(STEEP);
    },
  );

  it('moves without a click when another track of the participant needs a longer delay', () => {
    const call = new Call();
    for (let round = 0; round < 5; round += 1) {
      call.run(1.003 + round / 700);
      // A picture that took 150 ms longer than this sound.
      call.playout.observe(call.captureUs, call.clock.monotonicMs() + 150);
    }
    call.run(1);
    expect(call.playout.delayMs).toBeGreaterThan(100);
    expect(call.steepest).toBeLessThan(STEEP);
  });

  it('follows a falling delay by playing a little faster, without a break', () => {
    const call = new Call();
    call.playout.observe(call.captureUs, call.clock.monotonicMs());
    call.playout.observe(call.captureUs, call.clock.monotonicMs() + 140);
    call.run(2);
    expect(call.playout.delayMs).toBeGreaterThan(140);
    const settled = call.heard.length;
    call.run(50);
    expect(call.playout.delayMs).toBe(20);
    expect(call.quietest(settled)).toBeGreaterThan(AMPLITUDE * 0.9);
  });

  it('refuses what is no Opus and plays on', () => {
    const call = new Call();
    call.run(1);
    expect(() => call.source.feed(call.captureUs, new Uint8Array([255]))).toThrow(MediaFormatError);
    call.run(1);
    expect(Math.min(...call.levels(10))).toBeGreaterThan(AMPLITUDE * 0.9);
  });
});
