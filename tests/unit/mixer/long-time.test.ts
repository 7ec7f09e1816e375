import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../bench/content/random.ts';
import { CaptureAnchor, CaptureTimeline } from '../../../src/ingest/capture-time.ts';
import { AudioSource } from '../../../src/mixer/audio-source.ts';
import { BLOCK_FRAMES, OpusEncoder } from '../../../src/mixer/opus-codec.ts';
import { PlayoutClock } from '../../../src/mixer/playout-clock.ts';
import { BLOCK_MS, ProgramTicker } from '../../../src/mixer/program-ticker.ts';
import { SoundBatch } from '../../../src/mixer/sound-batch.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const DAY_MS = 86_400_000;
/** Milliseconds after which something no longer fits. */
const BORDERS: readonly (readonly [what: string, afterMs: number])[] = [
  ['31 bits of microseconds', 2 ** 31 / 1000],
  ['32 bits of microseconds', 2 ** 32 / 1000],
  ['31 bits of samples', 2 ** 31 / 48],
  ['32 bits of samples', 2 ** 32 / 48],
  ['53 bits of samples times a million', 2 ** 53 / 48e6],
  ['31 bits of milliseconds', 2 ** 31],
  ['30 days', 30 * DAY_MS],
  ['32 bits of milliseconds', 2 ** 32],
];
const SECONDS = 8;
/** The last of them that a frame can tell. */
const LAST_CAPTURE_US = 2 ** 53 - 1;

/** A second of a tone; a whole number of periods, so it may be repeated. */
const PACKETS = ((): readonly Uint8Array[] => {
  const encoder = new OpusEncoder(64_000);
  const packets = Array.from({ length: 100 }, (_, packet) => {
    const block = new Float32Array(BLOCK_FRAMES * 2);
    for (let frame = 0; frame < BLOCK_FRAMES; frame += 1) {
      const value = 0.5 * Math.sin((2 * Math.PI * 200 * (packet * BLOCK_FRAMES + frame)) / 48000);
      block.fill(value, frame * 2, frame * 2 + 2);
    }
    return encoder.encode(block);
  });
  return packets.slice(50);
})();

/**
 * What the mixer reads of somebody whose clock is 300 millionths fast and whose packets take 5 to 30 ms, from `startMs` of the machine on.
 * @param firstUs what the sender's own clock says at first
 */
function heard(startMs: number, firstUs = 5_000_000): Float32Array[] {
  const random = seededRandom(8);
  const clock = new FakeClock();
  clock.advance(startMs);
  const source = new AudioSource(new PlayoutClock(), clock);
  const timeline = new CaptureTimeline(new CaptureAnchor(), () => {
    throw new Error('No clock has leapt');
  });
  const blocks: Float32Array[] = [];
  let arrivesMs = 0;
  for (let packet = 0; packet < (SECONDS * 1000) / BLOCK_MS; packet += 1) {
    const sentMs = packet * BLOCK_MS;
    arrivesMs = Math.max(arrivesMs, sentMs + 5 + 25 * random());
    const [sent, nowMs] = [packet, arrivesMs];
    clock.after(startMs + nowMs - clock.monotonicMs(), () => {
      const captureUs = Math.round(firstUs + sent * BLOCK_MS * 1000 * 1.0003);
      const mappedUs = timeline.next(captureUs, clock.monotonicMs() * 1000);
      source.feed(mappedUs, PACKETS[sent % PACKETS.length] as Uint8Array);
    });
    clock.after(sentMs + 7, () => {
      const block = new Float32Array(BLOCK_FRAMES * 2);
      source.read(startMs + sentMs + 7, block);
      blocks.push(block);
    });
  }
  clock.advance(SECONDS * 1000 + 100);
  return blocks;
}

/** The largest difference of two samples. */
function apart(some: readonly Float32Array[], others: readonly Float32Array[]): number {
  let most = some.length === others.length ? 0 : Number.POSITIVE_INFINITY;
  for (const [index, block] of some.entries()) {
    for (let at = 0; at < block.length; at += 1) {
      const difference = Math.abs((block[at] as number) - (others[index]?.[at] as number));
      if (!(difference <= most)) most = difference;
    }
  }
  return most;
}

/** Half a thousandth of a sample of this tone, which is what times of half a century are exact to. */
const NOTHING = 2e-4;

describe('a program that goes on for long', () => {
  const atFirst = heard(0);

  it('hears what was sent', () => {
    const loudest = atFirst.map((block) => block.reduce((most, sample) => Math.max(most, sample), 0));
    expect(Math.min(...loudest.slice(50))).toBeGreaterThan(0.4);
  });

  it.each(BORDERS)('has the same sound when the machine goes beyond %s', (_, afterMs) => {
    expect(apart(heard(Math.round(afterMs) - (SECONDS / 2) * 1000), atFirst)).toBeLessThan(NOTHING);
  });

  it("has the same sound up to the last time that a sender's clock can tell", () => {
    expect(apart(heard(0, LAST_CAPTURE_US - SECONDS * 1.0003e6), atFirst)).toBeLessThan(NOTHING);
  });

  it.each(BORDERS)('makes each frame and block once, in time, beyond %s', (_, afterMs) => {
    const originMs = 1234.5;
    const clock = new FakeClock();
    clock.advance(Math.floor((originMs + afterMs) / 1000) * 1000 - 5000);
    const startMs = clock.monotonicMs();
    const [frames, blocks]: [number[], number[]] = [[], []];
    let latestMs = 0;
    const late = (dueMs: number): void => {
      latestMs = Math.max(latestMs, Math.abs(clock.monotonicMs() - dueMs));
    };
    const ticker = new ProgramTicker({
      clock,
      originMs,
      framerate: 30,
      maxBehindMs: 4000,
      groupFrames: 60,
      targets: {
        onFrame: (frame, dueMs) => {
          frames.push(frame);
          late(dueMs);
          return true;
        },
        onBlock: (block, dueMs) => {
          blocks.push(block);
          late(dueMs);
        },
        onSkip: () => frames.push(Number.NaN),
        onSoundSkip: () => blocks.push(Number.NaN),
      },
    });
    ticker.start();
    clock.advance(10_000);
    const upTo = (count: number, period: number): number[] =>
      Array.from({ length: count }, (_each, index) => Math.ceil((startMs - originMs) / period) + index);
    expect(frames).toEqual(upTo(300, 1000 / 30));
    expect(blocks).toEqual(upTo(500, BLOCK_MS));
    expect(latestMs).toBeLessThan(0.001);
  });

  it.each(BORDERS)('gathers sound in the same batches beyond %s', (_, afterMs) => {
    // At 25 frames a second parts of 8 frames and segments of 50, of which the last part is shorter.
    const batchesFrom = (first: number): number[] => {
      const ends: number[] = [];
      const batch = new SoundBatch(8 * 1920, 50 * 1920, (samples, block) => {
        ends.push(block - first + samples.length / (BLOCK_FRAMES * 2));
      });
      for (let block = 0; block < 1000; block += 1) batch.add(new Float32Array(BLOCK_FRAMES * 2), first + block);
      return ends;
    };
    const segments = Math.floor(afterMs / 2000) - 5;
    expect(batchesFrom(segments * 100)).toEqual(batchesFrom(0));
  });
});
