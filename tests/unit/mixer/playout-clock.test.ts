import { describe, expect, it } from 'vitest';
import { PlayoutClock } from '../../../src/mixer/playout-clock.ts';

/** A sender of one packet every 20 ms; times are milliseconds. */
class Sender {
  readonly playout = new PlayoutClock();
  #captureMs = 0;
  nowMs = 1_000_000;

  /** Sends for `ms`; each packet arrives `transfer(packet)` later than it was captured. `rate`: sender's seconds per ours. */
  send(
    ms: number,
    transfer: (packet: number) => number = () => 50,
    rate = 1,
    kind: 'sound' | 'picture' = 'sound',
  ): void {
    for (let packet = 0; packet < ms / 20; packet += 1) {
      this.nowMs += 20;
      this.#captureMs += 20 * rate;
      this.playout.observe(kind, this.#captureMs * 1000, this.nowMs + transfer(packet));
    }
  }

  /** The sender's clock leaps, or the packets take another time from now on. */
  leap(ms: number): void {
    this.#captureMs += ms;
  }

  /** How old, in milliseconds, the media is that is due when a packet has just been captured. */
  get ageMs(): number {
    return this.#captureMs - this.playout.playheadUs(this.nowMs) / 1000;
  }
}

/** One of `count` packets takes `ms` longer. */
function oneLateIn(count: number, ms: number): (packet: number) => number {
  return (packet) => 50 + (packet % count === count - 1 ? ms : 0);
}

describe('PlayoutClock', () => {
  it('tells by how much a sender whose first frame was held up is ahead', () => {
    const clock = new PlayoutClock();
    expect(clock.aheadMs).toBe(0);
    clock.observe('sound', 1_000_000, 1040);
    expect(clock.aheadMs).toBe(0);
    clock.observe('sound', 2_000_000, 1700);
    expect(clock.aheadMs).toBe(300);
  });

  it('has not started before the first packet', () => {
    const playout = new PlayoutClock();
    expect(playout.started).toBe(false);
    playout.observe('sound', 5_000_000, 1000);
    expect(playout.started).toBe(true);
  });

  it('plays media at its shortest transfer plus the delay', () => {
    const { playout } = new Sender();
    playout.observe('sound', 40_000_000, 1050);
    expect(playout.playheadUs(1050 + playout.delayMs)).toBeCloseTo(40_000_000, 3);
    expect(playout.playheadUs(1150 + playout.delayMs)).toBeCloseTo(40_100_000, 3);
  });

  it('waits for sound that is late every third second, and not for pictures that are', () => {
    const late = (packet: number): number => (packet % 150 === 149 ? 150 : 50);
    const [sound, picture] = [new Sender(), new Sender()];
    sound.send(60_000, late);
    picture.send(60_000, late, 1, 'picture');
    expect([sound.playout.delayMs, picture.playout.delayMs]).toEqual([105, 20]);
  });

  it('waits for pictures of which many are late', () => {
    const sender = new Sender();
    sender.send(60_000, (packet) => (packet % 50 === 49 ? 150 : 50), 1, 'picture');
    expect(sender.playout.delayMs).toBe(110);
  });

  it('rises at once to what a late packet needs', () => {
    const sender = new Sender();
    sender.send(1000);
    sender.send(20, () => 50 + 120);
    expect(sender.playout.delayMs).toBe(125);
  });

  it.each([
    ['four milliseconds a second while somebody is heard', 4, () => true],
    ['forty milliseconds a second while nobody hears them', 40, () => false],
    ['four also in the pauses of their speech', 4, (packet: number) => packet % 10 === 0],
  ])('falls by %s', (_, most, hears) => {
    const sender = new Sender();
    sender.send(1000);
    sender.send(20, () => 50 + 120);
    const falls: number[] = [];
    for (let second = 0; second < 60; second += 1) {
      const before = sender.playout.delayMs;
      for (let packet = 0; packet < 50; packet += 1) {
        if (hears(packet)) sender.playout.heard(sender.nowMs);
        sender.send(20);
      }
      falls.push(before - sender.playout.delayMs);
    }
    expect(Math.max(...falls)).toBeCloseTo(most, 6);
    expect(sender.playout.delayMs).toBe(20);
  });

  it('stays between 20 and 200 milliseconds', () => {
    const sender = new Sender();
    sender.send(120_000);
    expect(sender.playout.delayMs).toBe(20);
    sender.send(2000, oneLateIn(10, 5000));
    expect(sender.playout.delayMs).toBe(200);
  });

  it('keeps the delay that one late packet in a hundred needs again and again', () => {
    const sender = new Sender();
    sender.send(60_000, oneLateIn(100, 90));
    expect(sender.playout.delayMs).toBeCloseTo(95, 0);
  });

  it('gives a single outlier of a quiet network only so much of its time', () => {
    const sender = new Sender();
    sender.send(30_000);
    sender.send(20, () => 50 + 150);
    sender.send(40_000);
    expect(sender.playout.delayMs).toBeLessThan(40);
  });

  it('takes a shorter transfer for granted at once, a longer one only after ten seconds', () => {
    const sender = new Sender();
    sender.send(10_000, () => 80);
    sender.send(20, () => 30);
    expect(sender.ageMs).toBeCloseTo(30 + sender.playout.delayMs, 3);
    sender.send(4900, () => 80);
    expect(sender.ageMs).toBeCloseTo(30 + sender.playout.delayMs, 3);
    sender.send(10_000, () => 80);
    expect(sender.ageMs).toBeCloseTo(80 + sender.playout.delayMs, 3);
  });

  it.each([300, -300])('follows a clock that is %i millionths off without taking it for jitter', (ppm) => {
    const sender = new Sender();
    sender.send(600_000, () => 50, 1 + ppm / 1e6);
    expect(sender.playout.delayMs).toBeLessThanOrEqual(20);
    expect(Math.abs(sender.ageMs - 70)).toBeLessThan(5);
  });

  it('follows a sender that was silent while its clock drifted', () => {
    const sender = new Sender();
    sender.send(20_000);
    // An hour with a clock that is slow by 300 millionths.
    sender.nowMs += 3_600_000;
    sender.leap(3_600_000 * (1 - 0.0003));
    sender.send(100);
    expect(sender.playout.delayMs).toBeLessThan(50);
    expect(sender.ageMs).toBeCloseTo(50 + sender.playout.delayMs, 3);
  });

  it('follows a sender whose clock leaps ahead at once', () => {
    const sender = new Sender();
    sender.send(5000);
    sender.leap(1500);
    sender.send(20);
    expect(sender.ageMs).toBeCloseTo(50 + sender.playout.delayMs, 3);
  });

  it('follows a sender whose clock falls behind within a second', () => {
    const sender = new Sender();
    sender.send(5000);
    sender.leap(-9000);
    sender.send(1100);
    expect(sender.ageMs).toBeCloseTo(50 + sender.playout.delayMs, 3);
    sender.send(60_000);
    expect(sender.playout.delayMs).toBe(20);
  });

  it('waits out a stall whose packets then come in one burst', () => {
    const sender = new Sender();
    sender.send(5000);
    const age = sender.ageMs - sender.playout.delayMs;
    // Three seconds during which nothing arrives; the last packet of the burst is on time.
    sender.send(3000, (packet) => 50 + 3000 - packet * 20);
    sender.send(500);
    expect(sender.ageMs - sender.playout.delayMs).toBeCloseTo(age, 3);
  });

  it('forgets everything but the delay when it is reset', () => {
    const sender = new Sender();
    sender.send(20, () => 50);
    sender.send(20, () => 50 + 90);
    sender.playout.reset();
    expect([sender.playout.started, sender.playout.delayMs]).toEqual([false, 95]);
    sender.leap(-500_000);
    sender.send(20);
    expect(sender.ageMs).toBeCloseTo(50 + sender.playout.delayMs, 3);
  });
});
