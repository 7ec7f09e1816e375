import { describe, expect, it } from 'vitest';
import { AckedRateController } from '../../../../src/protocol/flow/acked-rate-controller.ts';
import { Bottleneck, quantile } from './bottleneck.ts';

const LIMIT = { width: 1280, height: 720, framerate: 30, maxBitrate: 1_500_000 };
const SEEDS = [1, 2, 3];
/** What sound takes of the line in these tests: 110 bytes every 20 ms. */
const SOUND_RATE = 44_000;

function start(seed: number, line: Partial<Bottleneck['line']> = {}): Bottleneck {
  const bottleneck = new Bottleneck(seed);
  Object.assign(bottleneck.line, line);
  return bottleneck;
}

function delays(bottleneck: Bottleneck, fromMs: number, kind: 'picture' | 'sound'): number[] {
  return bottleneck.since(fromMs, kind).map(({ tookMs }) => tookMs);
}

describe.each(SEEDS)('a sender (seed %i)', (seed) => {
  it('starts at 60 % and has all of a free line within 15 seconds, without holding a picture back', () => {
    const bottleneck = start(seed);
    expect(bottleneck.target).toMatchObject({ bitrate: 900_000, width: 1280, framerate: 30 });
    bottleneck.run(15_000);
    expect(bottleneck.target).toEqual({ width: 1280, height: 720, framerate: 30, bitrate: 1_500_000 });
    expect(bottleneck.since(0, 'picture').length).toBeGreaterThan(15 * 30 * 0.98);
    expect(bottleneck.controller.verdict(bottleneck.nowMs)).toBe('good');
  });

  it.each([150_000, 300_000, 600_000, 1_000_000])('finds a line of %i bit/s within six seconds', (rate) => {
    const bottleneck = start(seed, { rate, delayMs: 20 });
    bottleneck.run(6000);
    expect(bottleneck.controller.bitrate).toBeLessThan((rate - SOUND_RATE) * 1.25);
    bottleneck.mostQueued = 0;
    const fromMs = bottleneck.nowMs;
    bottleneck.run(60_000);
    const used = bottleneck.since(fromMs, 'picture').length / 60;
    expect(used).toBeGreaterThan(0.85 * bottleneck.target.framerate);
    // Queues stay below what the line takes in 400 ms, but for a moment at the very slowest.
    expect(bottleneck.mostQueued).toBeLessThan(Math.max(16_384, (rate * 0.4) / 8));
    expect(bottleneck.targets.filter(({ atMs }) => atMs >= fromMs).length).toBeLessThanOrEqual(10);
  });

  it('leaves sound its share of a slow line', () => {
    const bottleneck = start(seed, { rate: 300_000, delayMs: 20 });
    bottleneck.run(6000);
    const fromMs = bottleneck.nowMs;
    bottleneck.run(60_000);
    const sound = delays(bottleneck, fromMs, 'sound');
    expect(sound.length).toBeGreaterThanOrEqual(60 * 50 - 20);
    expect(quantile(sound, 0.5)).toBeLessThan(80);
    expect(quantile(sound, 0.95)).toBeLessThan(250);
    expect(Math.max(...sound)).toBeLessThan(400);
  });

  it('has a line back within 45 seconds of its opening', () => {
    const bottleneck = start(seed, { rate: 300_000, delayMs: 20 });
    bottleneck.run(30_000);
    expect(bottleneck.target.framerate).toBe(15);
    bottleneck.line.rate = 10e6;
    bottleneck.run(45_000);
    expect(bottleneck.target).toEqual({ width: 1280, height: 720, framerate: 30, bitrate: 1_500_000 });
  });

  it('follows a line that shrinks to a fifth within five seconds', () => {
    const bottleneck = start(seed, { delayMs: 20 });
    bottleneck.run(20_000);
    bottleneck.line.rate = 300_000;
    bottleneck.run(5000);
    const fromMs = bottleneck.nowMs;
    bottleneck.run(5000);
    expect(bottleneck.controller.bitrate).toBeLessThan(280_000);
    expect(quantile(delays(bottleneck, fromMs, 'sound'), 0.95)).toBeLessThan(300);
  });

  it('outlives a second of standstill: one key frame, the same rate, and no delay left', () => {
    const bottleneck = start(seed);
    bottleneck.run(20_000);
    bottleneck.line.cut = true;
    bottleneck.run(1000);
    expect(bottleneck.controller.verdict(bottleneck.nowMs)).toBe('stalled');
    // The gate shut long before: 400 ms of pictures at most are on the way.
    expect(bottleneck.controller.inFlightBytes).toBeLessThan((1_500_000 * 0.4) / 8);
    bottleneck.line.cut = false;
    bottleneck.run(1000);
    expect(bottleneck.restarts).toBe(1);
    const fromMs = bottleneck.nowMs;
    bottleneck.run(5000);
    expect(bottleneck.restarts).toBe(1);
    expect(bottleneck.target.bitrate).toBeGreaterThan(1_200_000);
    expect(Math.max(...delays(bottleneck, fromMs, 'picture'))).toBeLessThan(100);
  });

  it('calls a line dead that has acknowledged nothing for four seconds, and comes back as it was', () => {
    const bottleneck = start(seed);
    bottleneck.run(20_000);
    bottleneck.line.cut = true;
    bottleneck.run(3900);
    expect(bottleneck.controller.isDead(bottleneck.nowMs)).toBe(false);
    bottleneck.run(1100);
    expect(bottleneck.controller.isDead(bottleneck.nowMs)).toBe(true);
    bottleneck.line.cut = false;
    bottleneck.run(2000);
    expect(bottleneck.controller.isDead(bottleneck.nowMs)).toBe(false);
    expect(bottleneck.restarts).toBe(1);
    bottleneck.run(6000);
    expect(bottleneck.controller.verdict(bottleneck.nowMs)).toBe('good');
  });

  it.each([50, 100, 200])('takes a jitter of %i ms for no lack of room', (jitterMs) => {
    const bottleneck = start(seed, { jitterMs });
    bottleneck.run(10_000);
    const fromMs = bottleneck.nowMs;
    let least = Number.POSITIVE_INFINITY;
    for (let second = 0; second < 60; second += 1) {
      bottleneck.run(1000);
      least = Math.min(least, bottleneck.controller.bitrate);
    }
    expect(least).toBeGreaterThan(600_000);
    expect(bottleneck.since(fromMs, 'picture').length / 60).toBeGreaterThan(22);
  });
});

describe('a line that falls from 1.5 to 0.3 Mbit/s at once', () => {
  it('has a second of pictures waiting, not two: the word that is missing says it before the one that comes', () => {
    const waits = Array.from({ length: 20 }, (_, index) => {
      const bottleneck = start(index + 1, { rate: 1_500_000, delayMs: 20 });
      // At any moment between two key frames.
      bottleneck.run(20_000 + index * 200);
      bottleneck.mostQueued = 0;
      bottleneck.line.rate = 300_000;
      bottleneck.run(3000);
      return (bottleneck.mostQueued * 8000) / 300_000;
    });
    expect(quantile(waits, 0.5)).toBeLessThan(1000);
    expect(Math.max(...waits)).toBeLessThan(1700);
  });
});

describe('AckedRateController', () => {
  it('does not ask for more than its encoder uses', () => {
    const bottleneck = start(1);
    bottleneck.usage = 0.5;
    bottleneck.run(20_000);
    expect(bottleneck.target.bitrate).toBe(900_000);
  });

  it('follows another limit at once, and keeps what it knows of the line', () => {
    const bottleneck = start(1, { rate: 600_000, delayMs: 20 });
    bottleneck.run(10_000);
    const known = bottleneck.controller.bitrate;
    expect(bottleneck.controller.target({ ...LIMIT, width: 320, height: 180, maxBitrate: 150_000 }, 60_001)).toEqual({
      width: 320,
      height: 180,
      framerate: 30,
      bitrate: 150_000,
    });
    expect(bottleneck.controller.target(LIMIT, 60_002).bitrate).toBe(Math.round(known));
  });

  it('gives a tile that nobody sees no more than it is worth', () => {
    const controller = new AckedRateController();
    expect(controller.target({ width: 160, height: 90, framerate: 5, maxBitrate: 60_000 }, 0).bitrate).toBe(60_000);
  });

  it('takes more for granted when its limit grows on a line that was never full', () => {
    const controller = new AckedRateController();
    expect(controller.target({ ...LIMIT, maxBitrate: 500_000 }, 0).bitrate).toBe(300_000);
    expect(controller.target(LIMIT, 1).bitrate).toBe(900_000);
  });

  it('holds back while nothing has ever been acknowledged and 12 KiB are on the way', () => {
    const controller = new AckedRateController();
    controller.target(LIMIT, 0);
    controller.sent(0, 12 * 1024, true, 0);
    expect(controller.mayEncode(0, 1)).toBe(true);
    controller.sent(1, 1, false, 2);
    expect(controller.mayEncode(0, 3)).toBe(false);
    controller.acked(1, 500, 10);
    expect(controller.mayEncode(0, 11)).toBe(true);
  });

  it('holds back while the socket itself is full', () => {
    const controller = new AckedRateController();
    expect(controller.mayEncode(64 * 1024, 0)).toBe(true);
    expect(controller.mayEncode(64 * 1024 + 1, 0)).toBe(false);
  });

  it('is not misled by a receiver whose clock leaps', () => {
    const controller = new AckedRateController();
    for (let frame = 0; frame < 90; frame += 1) {
      const leapMs = frame < 45 ? 0 : 3_600_000;
      const nowMs = frame * 33;
      controller.sent(frame, 2000, frame === 0, nowMs);
      controller.acked(frame, nowMs + 10 + leapMs, nowMs + 20);
      expect(controller.queueDelayMs).toBeLessThanOrEqual(20);
      expect(controller.mayEncode(0, nowMs + 21)).toBe(true);
    }
  });

  it('forgets what was under way when the connection is another one', () => {
    const controller = new AckedRateController();
    controller.target(LIMIT, 0);
    controller.sent(0, 50_000, true, 0);
    expect(controller.mayEncode(0, 1)).toBe(false);
    controller.reset();
    expect(controller.mayEncode(0, 2)).toBe(true);
    expect(controller.isDead(10_000)).toBe(false);
    controller.acked(0, 1, 10_001);
    expect(controller.queueDelayMs).toBe(0);
  });

  it('asks for a key frame once it was shut for 450 ms, and not because the sender itself looked late', () => {
    const asked = (shutForMs: number): boolean => {
      const controller = new AckedRateController();
      controller.target(LIMIT, 0);
      controller.sent(0, 1000, false, 0);
      controller.acked(0, 10, 20);
      controller.sent(1, 1000, false, 30);
      expect(controller.mayEncode(0, 1000)).toBe(false);
      expect(controller.mayEncode(0, 1000 + shutForMs)).toBe(false);
      expect(controller.takeRestart()).toBe(false);
      controller.acked(1, 40, 1001 + shutForMs);
      expect(controller.mayEncode(0, 1002 + shutForMs)).toBe(true);
      return controller.takeRestart();
    };
    expect(asked(1)).toBe(false);
    expect(asked(449)).toBe(false);
    expect(asked(450)).toBe(true);
  });

  it('holds an encoder back while the word about more than 12 KiB is later than it ever was', () => {
    const controller = new AckedRateController();
    controller.target(LIMIT, 0);
    controller.sent(0, 1000, false, 0);
    controller.acked(0, 10, 20);
    controller.sent(1, 12 * 1024, false, 30);
    expect(controller.mayEncode(0, 30 + 20 + 100 + 31)).toBe(true);
    controller.sent(2, 1, false, 100);
    // The way of 20 ms, 100 ms between two of them, and 30 ms.
    expect(controller.mayEncode(0, 30 + 20 + 100 + 30)).toBe(true);
    expect(controller.mayEncode(0, 30 + 20 + 100 + 31)).toBe(false);
    expect(controller.verdict(181)).toBe('good');
    // It came: so late they may be.
    controller.acked(2, 190, 230);
    expect(controller.mayEncode(0, 231)).toBe(true);
  });

  it('counts time only for who does not ask what to encode', () => {
    const controller = new AckedRateController({ shutMs: 250, openMs: 100, maxBufferedBytes: 1 });
    controller.sent(0, 1000, true, 0);
    controller.acked(0, 10, 20);
    controller.sent(1, 5_000_000, false, 30);
    // Its way of 20 ms, 100 ms between acknowledgements, and 250 ms of patience.
    expect(controller.mayEncode(0, 30 + 20 + 100 + 250)).toBe(true);
    expect(controller.mayEncode(0, 30 + 20 + 100 + 251)).toBe(false);
  });
});
