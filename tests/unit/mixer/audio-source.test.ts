import { describe, expect, it } from 'vitest';
import { MediaFormatError } from '../../../src/media/media-format-error.ts';
import { type ArrivedSound, AudioSource } from '../../../src/mixer/audio-source.ts';
import { BLOCK_FRAMES, OpusEncoder } from '../../../src/mixer/opus-codec.ts';
import { PlayoutClock } from '../../../src/mixer/playout-clock.ts';
import { seededRandom } from '../../../bench/content/random.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const HZ = 200;
const AMPLITUDE = 0.5;
/** The steepest that the tone itself gets, twice over for fades and the codec: a click is many times as much. */
const STEEP = 4 * Math.PI * (HZ / 48000) * AMPLITUDE;

/** So many packets of the tone, as many of them in mono. */
function encoded(count: number, mono = 0): Uint8Array[] {
  const encoder = new OpusEncoder(128_000);
  const packets: Uint8Array[] = [];
  for (let packet = 0; packet < count; packet += 1) {
    encoder.mono = packet < mono;
    const block = new Float32Array(BLOCK_FRAMES * 2);
    for (let frame = 0; frame < BLOCK_FRAMES; frame += 1) {
      const value = AMPLITUDE * Math.sin((2 * Math.PI * HZ * (packet * BLOCK_FRAMES + frame)) / 48000);
      block.fill(value, frame * 2, frame * 2 + 2);
    }
    packets.push(encoder.encode(block));
  }
  return packets;
}

/** A second of the tone in 20 ms packets; a whole number of periods, so it may be repeated for ever. */
const PACKETS: readonly Uint8Array[] = encoded(100).slice(50);

const JUNK = new Uint8Array([255]);

/** A packet in which only zeros were coded. */
const SILENCE: Uint8Array = (() => {
  const encoder = new OpusEncoder(128_000);
  return encoder.encode(new Float32Array(BLOCK_FRAMES * 2));
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
  #nextReadMs: number;
  readonly #onItsWay: { readonly atMs: number; readonly captureUs: number; readonly packet: Uint8Array }[] = [];

  constructor(firstCaptureUs = 90_000_000, firstReadMs = 7) {
    this.captureUs = firstCaptureUs;
    this.#nextReadMs = firstReadMs;
  }

  /**
   * Goes on for `seconds`. `periodMs`: our time between two packets; `stepUs`: what their capture times differ by;
   * `sends`: whether a packet arrives at all; `silent`: with nothing in it; `skips`: what is due is not read; `way`: milliseconds that a
   * packet takes, unless it has to wait for the one before; `packets`: what is sent, again and again.
   */
  run(
    seconds: number,
    {
      periodMs = 20,
      stepUs = 20_000,
      sends = true,
      silent = false,
      skips = false,
      way = (_sent: number): number => 0,
      packets = PACKETS,
    } = {},
  ): void {
    const endMs = this.clock.monotonicMs() + seconds * 1000;
    for (;;) {
      const arrivesMs = this.#onItsWay[0]?.atMs ?? Number.POSITIVE_INFINITY;
      const next = Math.min(arrivesMs, this.#nextSendMs, this.#nextReadMs);
      if (next >= endMs) break;
      this.clock.advance(next - this.clock.monotonicMs());
      if (next === arrivesMs) {
        const arrived = this.#onItsWay.shift();
        if (arrived) this.source.feed(arrived.captureUs, arrived.packet);
      } else if (next === this.#nextSendMs) {
        const packet = silent ? SILENCE : (packets[this.#sent % packets.length] as Uint8Array);
        const atMs = Math.max(next + way(this.#sent), this.#onItsWay.at(-1)?.atMs ?? 0);
        if (sends) this.#onItsWay.push({ atMs, captureUs: this.captureUs, packet });
        this.#sent += 1;
        this.captureUs += stepUs;
        this.#nextSendMs += periodMs;
      } else if (skips) {
        this.source.skip(next);
        this.#nextReadMs += 20;
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
    return this.heard.slice(from).map((block) => {
      const [lowest, highest] = rangeOf(block, 0, block.length);
      return Math.max(-lowest, highest);
    });
  }

  /** The smallest amplitude over any one period of the tone, from block number `from` on. */
  quietest(from: number): number {
    const blocks = this.heard.slice(from);
    const samples = new Float32Array(blocks.length * BLOCK_FRAMES);
    blocks.forEach((block, index) => {
      for (let frame = 0; frame < BLOCK_FRAMES; frame += 1)
        samples[index * BLOCK_FRAMES + frame] = block[frame * 2] as number;
    });
    let quietest = Number.POSITIVE_INFINITY;
    const period = 48000 / HZ;
    for (let at = 0; at + period <= samples.length; at += period / 4) {
      const [lowest, highest] = rangeOf(samples, at, at + period);
      quietest = Math.min(quietest, (highest - lowest) / 2);
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

/** In a loop: a call for each of millions of samples takes seconds on a busy machine. */
function rangeOf(samples: Float32Array, from: number, to: number): [lowest: number, highest: number] {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = from; at < to; at += 1) {
    const sample = samples[at] as number;
    if (sample < lowest) lowest = sample;
    if (sample > highest) highest = sample;
  }
  return [lowest, highest];
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

  it.each([0, 90])(
    'goes on without a break when mono becomes stereo, with %i ms of sound waiting to be read',
    (jitterMs) => {
      const call = new Call();
      const way = (sent: number): number => (sent % 10 === 9 ? jitterMs : 0);
      call.run(4, { packets: encoded(200, 100), way });
      expect(call.source.mono).toBe(false);
      expect(call.quietest(50)).toBeGreaterThan(AMPLITUDE * 0.9);
      expect(Math.max(...call.levels(50))).toBeLessThan(AMPLITUDE * 1.1);
      expect(call.steepest).toBeLessThan(STEEP);
    },
  );

  it.each([150, 320, 900])('is heard when it takes %i ms longer than other sound of the same sender', (behindMs) => {
    const clock = new FakeClock();
    const playout = new PlayoutClock();
    const [mic, film] = [new AudioSource(playout, clock), new AudioSource(playout, clock)];
    const heard = { mic: [] as number[], film: [] as number[] };
    const block = new Float32Array(BLOCK_FRAMES * 2);
    const read = (source: AudioSource): number => {
      const sounds = source.read(clock.monotonicMs(), block);
      const [lowest, highest] = rangeOf(block, 0, block.length);
      return sounds ? (highest - lowest) / 2 : 0;
    };
    for (let packet = 0; packet < 60 * 50; packet += 1) {
      const nowMs = 20 * packet;
      const data = PACKETS[packet % PACKETS.length] as Uint8Array;
      mic.feed(nowMs * 1000, data);
      // From the fifth second to the twentieth.
      if (packet >= 5 * 50 && packet < 20 * 50) film.feed((nowMs - behindMs) * 1000, data);
      clock.advance(7);
      heard.mic.push(read(mic));
      heard.film.push(read(film));
      clock.advance(13);
    }
    const part = (of: number[], from: number, to: number): number => Math.min(...of.slice(from * 50, to * 50));
    expect(part(heard.film, 7, 20)).toBeGreaterThan(AMPLITUDE * 0.9);
    // It follows the film with one leap, and comes back with another.
    expect(part(heard.mic, 1, 5)).toBeGreaterThan(AMPLITUDE * 0.9);
    expect(part(heard.mic, 7, 20)).toBeGreaterThan(AMPLITUDE * 0.9);
    expect(part(heard.mic, 32, 60)).toBeGreaterThan(AMPLITUDE * 0.9);
    expect(playout.delayMs).toBeLessThan(60);
    expect((clock.monotonicMs() * 1000 - playout.playheadUs(clock.monotonicMs())) / 1000).toBeLessThan(60);
  });

  it.each([300, -300])('plays two minutes of a sender whose clock is %i millionths off, without a break', (ppm) => {
    const call = new Call();
    call.run(120, { periodMs: 20 * (1 - ppm / 1e6) });
    const levels = call.levels(10);
    expect(Math.min(...levels)).toBeGreaterThan(AMPLITUDE * 0.9);
    expect(call.steepest).toBeLessThan(STEEP);
    expect(call.playout.delayMs).toBeLessThan(30);
  });

  it.each([300, -300])(
    'plays on without a break when a sound card that is %i millionths off runs away from its clock',
    (ppm) => {
      const call = new Call();
      const step = 20 * (1 - ppm / 1e6);
      call.run(45, { periodMs: step, stepUs: step * 1000 });
      expect(call.quietest(10)).toBeGreaterThan(AMPLITUDE * 0.9);
      expect(call.steepest).toBeLessThan(STEEP);
      expect(call.playout.delayMs).toBeLessThan(30);
    },
  );

  it.each([10_000, -10_000])(
    'finds that a clock is %i millionths off, and plays it without a break from then on',
    (ppm) => {
      const call = new Call();
      const random = seededRandom(1);
      const options = { periodMs: 20 / (1 + ppm / 1e6), way: () => 5 + random() * 20 };
      call.run(14, options);
      const found = call.heard.length;
      const { position } = call.source;
      call.run(30, options);
      expect((call.source.position - position) / (30 * 48_000)).toBeCloseTo(1 + ppm / 1e6, 3);
      expect(call.quietest(found)).toBeGreaterThan(AMPLITUDE * 0.9);
      expect(call.steepest).toBeLessThan(STEEP);
    },
  );

  it.each([10_000, -10_000])(
    'finds that a sound card is %i millionths off from its clock, and plays it without a break from then on',
    (ppm) => {
      const call = new Call();
      const random = seededRandom(1);
      const periodMs = 20 / (1 + ppm / 1e6);
      const options = { periodMs, stepUs: periodMs * 1000, way: () => 5 + random() * 20 };
      call.run(20, options);
      const found = call.heard.length;
      call.run(10, options);
      expect(call.quietest(found)).toBeGreaterThan(AMPLITUDE * 0.9);
      expect(call.steepest).toBeLessThan(STEEP);
    },
  );

  it.each([1000, -1000])(
    'plays on without a break while packets, which come at %i millionths of another rate, change the blocks they come in time for',
    (ppm) => {
      const call = new Call();
      const random = seededRandom(1);
      const options = { periodMs: 20 / (1 + ppm / 1e6), way: () => 5 + random() * 20 };
      call.run(8, options);
      const from = call.heard.length;
      // Longer than until they lie to the blocks as they did.
      call.run(21, options);
      expect(call.quietest(from)).toBeGreaterThan(AMPLITUDE * 0.9);
    },
  );

  it.each([0, 4, 8, 12, 16])(
    'plays on without a break, whatever jitter packets have, when blocks are due %i ms after they are sent',
    (firstReadMs) => {
      for (const jitterMs of [2, 5, 10, 20, 40]) {
        const call = new Call(90_000_000, firstReadMs);
        const random = seededRandom(jitterMs);
        call.run(12, { way: () => 5 + random() * jitterMs });
        const from = call.heard.length;
        call.run(6, { way: () => 5 + random() * jitterMs });
        expect(call.quietest(from)).toBeGreaterThan(AMPLITUDE * 0.9);
        expect(call.playout.delayMs).toBeLessThan(jitterMs + 27);
      }
    },
  );

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

  it.each([150, 400, 3000])(
    'is heard, at the latest after 1.5 s, when it takes %i ms longer than pictures do',
    (behindMs) => {
      const call = new Call();
      const pictures = call.clock.every(40, () => {
        const nowMs = call.clock.monotonicMs();
        call.playout.observe('picture', 90_000_000 + nowMs * 1000, nowMs);
      });
      call.run(3, { way: () => 20 });
      call.run(behindMs / 1000 + 1.5, { way: () => behindMs });
      const from = call.heard.length;
      call.run(12, { way: () => behindMs });
      expect(Math.min(...call.levels(from))).toBeGreaterThan(AMPLITUDE * 0.9);
      expect(call.playout.delayMs).toBeLessThanOrEqual(200);
      // Pictures do not wait any longer once there is no sound.
      call.run(21, { sends: false });
      const nowMs = call.clock.monotonicMs();
      expect(90_000 + nowMs - call.playout.playheadUs(nowMs) / 1000).toBeLessThan(100);
      pictures();
    },
  );

  it('moves without a click when another track of the participant needs a longer delay', () => {
    const call = new Call();
    for (let round = 0; round < 5; round += 1) {
      call.run(1.003 + round / 700);
      // A picture that took 150 ms longer than this sound.
      call.playout.observe('sound', call.captureUs, call.clock.monotonicMs() + 150);
    }
    call.run(1);
    expect(call.playout.delayMs).toBeGreaterThan(100);
    expect(call.steepest).toBeLessThan(STEEP);
  });

  it('follows a falling delay by playing a little faster, without a break', () => {
    const call = new Call();
    call.playout.observe('sound', call.captureUs, call.clock.monotonicMs());
    call.playout.observe('sound', call.captureUs, call.clock.monotonicMs() + 140);
    call.run(2);
    expect(call.playout.delayMs).toBeGreaterThan(140);
    const settled = call.heard.length;
    call.run(50);
    expect(call.playout.delayMs).toBe(20);
    expect(call.quietest(settled)).toBeGreaterThan(AMPLITUDE * 0.9);
  });

  it('leaves a packet that is no Opus silent, without a click, counts it and plays on', () => {
    const call = new Call();
    call.run(1);
    call.source.feed(call.captureUs, JUNK);
    call.run(0.02, { sends: false });
    call.run(1);
    expect(call.source.concealed).toBe(1);
    expect(call.quietest(60)).toBeGreaterThan(AMPLITUDE * 0.9);
    expect(call.levels(10).filter((level) => level < AMPLITUDE * 0.5).length).toBeLessThanOrEqual(2);
    expect(call.steepest).toBeLessThan(STEEP);
  });

  it('gives up with the fiftieth packet within five seconds that is no Opus, and says why', () => {
    const call = new Call();
    for (let count = 0; count < 49; count += 1) {
      call.source.feed(call.captureUs, JUNK);
      call.run(0.1);
    }
    expect(() => call.source.feed(call.captureUs, JUNK)).toThrow(
      /^50 packets within 5 s could not be decoded\. The sound is no Opus packet/,
    );
    expect(() => call.source.feed(call.captureUs, JUNK)).not.toThrow();
    expect(call.source.concealed).toBe(51);
  });

  it('bears as many bad packets as come, if they are further apart', () => {
    const call = new Call();
    for (let count = 0; count < 200; count += 1) {
      call.source.feed(call.captureUs, JUNK);
      call.run(0.12);
    }
    expect(call.source.concealed).toBe(200);
  });

  it('throws the error of all media', () => {
    const call = new Call();
    const feed = (): void => {
      for (let count = 0; count < 50; count += 1) call.source.feed(0, JUNK);
    };
    expect(feed).toThrow(MediaFormatError);
  });

  it('says how loud what it plays is, and that it is mono', () => {
    const call = new Call();
    expect([call.source.levelDb, call.source.mono]).toEqual([-127, true]);
    call.run(1);
    // The packets are coded in stereo.
    expect(call.source.mono).toBe(false);
    expect(call.source.levelDb).toBeCloseTo(20 * Math.log10(AMPLITUDE / Math.SQRT2), 0);
    call.run(1, { sends: false });
    expect(call.source.levelDb).toBe(-127);
  });

  it('tells of each packet as it arrives, with its place and level', () => {
    const call = new Call();
    const arrived: ArrivedSound[] = [];
    call.source.onSound = (sound) => arrived.push({ ...sound, samples: sound.samples.slice() });
    call.run(1);
    expect(arrived).toHaveLength(50);
    for (const [index, sound] of arrived.entries()) {
      expect(sound.to - sound.from).toBe(BLOCK_FRAMES);
      expect(sound.channels).toBe(2);
      expect(sound.from).toBe(arrived[index - 1]?.to ?? 90 * 48_000);
    }
    expect(arrived.at(-1)?.levelDb).toBeCloseTo(20 * Math.log10(AMPLITUDE / Math.SQRT2), 0);
    expect(arrived.at(-1)?.meanSquare).toBeCloseTo(AMPLITUDE ** 2 / 2, 1);
    expect((arrived.at(-1)?.to ?? 0) - call.source.position).toBeGreaterThan(0);
  });

  it('says that digital silence is silence, and fades into it and out of it', () => {
    const call = new Call();
    call.run(1);
    call.run(1, { silent: true });
    call.run(1);
    const quiet = call.sounded.slice(60, 95);
    expect(quiet.filter(Boolean).length).toBeLessThanOrEqual(4);
    expect(
      call
        .levels(65)
        .slice(0, 25)
        .every((level) => level === 0),
    ).toBe(true);
    expect(call.quietest(call.heard.length - 40)).toBeGreaterThan(AMPLITUDE * 0.9);
    expect(call.steepest).toBeLessThan(STEEP);
  });

  it.each([
    ['sooner', -45],
    ['later', 90],
  ])('is in step again before the next word when pictures are due %s since a pause', (_, arrivesMs) => {
    const call = new Call();
    call.run(1);
    call.run(0.5, { silent: true });
    call.playout.observe('sound', call.captureUs, call.clock.monotonicMs() + arrivesMs);
    call.run(0.2, { silent: true });
    const playhead = (call.playout.playheadUs(call.clock.monotonicMs()) * 48) / 1000;
    // The last block was read up to 20 ms ago and reached 20 ms further.
    const aheadMs = (call.source.position - playhead) / 48;
    expect(aheadMs).toBeGreaterThan(-12);
    expect(aheadMs).toBeLessThan(32);
  });

  it('stays in time while it is skipped, and fades in after', () => {
    const call = new Call();
    call.run(1);
    const skipped = new Call();
    skipped.run(0.5);
    skipped.run(0.3, { skips: true });
    skipped.run(0.2);
    expect(skipped.source.position).toBeCloseTo(call.source.position, 6);
    expect(skipped.heard.at(-1)).toEqual(call.heard.at(-1));
    const resumed = skipped.heard[25] as Float32Array;
    expect(Math.abs(resumed[0] ?? 1)).toBeLessThan(AMPLITUDE / 100);
  });
});
