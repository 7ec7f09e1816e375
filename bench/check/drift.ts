/**
 * A simulated call of somebody whose clock is off to a listener whose sound card is off: sender, ingest, mixer and listener are
 * the real classes, time and the network are made up. Pure but for the codec.
 */
import { CaptureAnchor, CaptureTimeline } from '../../src/ingest/capture-time.ts';
import { AudioSource } from '../../src/mixer/audio-source.ts';
import { BLOCK_FRAMES, OpusEncoder } from '../../src/mixer/opus-codec.ts';
import { PlayoutClock } from '../../src/mixer/playout-clock.ts';
import { FakeClock } from '../../tests/helpers/fake-clock.ts';
import { PlaybackRing } from '../../web/worklets/playback-ring.ts';
import { seededRandom } from '../content/random.ts';

/** What is simulated. */
export interface DriftOptions {
  readonly seconds: number;
  /** The sender's clock runs so many millionths faster than ours. */
  readonly senderPpm: number;
  /** So does the listener's sound card. */
  readonly listenerPpm: number;
  readonly seed: number;
}

/** What came of it. */
export interface DriftResult {
  /** For each beep: how much later its flash was seen than it was heard, milliseconds. */
  readonly offsetsMs: readonly number[];
  /** Beeps that were sent, and their loudest samples as heard. */
  readonly sent: number;
  readonly peaks: readonly number[];
  /** Blocks of the mixer with a hole in them. */
  readonly holes: number;
  /** Times that the listener's stock of sound ran out. */
  readonly underruns: number;
  readonly skips: number;
  readonly stockMs: { readonly least: number; readonly most: number };
}

const RATE = 48_000;
const QUANTUM = 128;
const PACKET_MS = 20;
const FRAME_MS = 1000 / 30;
const REFRESH_MS = 1000 / 60;
const BEEP = { hz: 1000, packets: 5, level: 0.5, heard: 0.25 };
/** Between the beeps, so that holes are seen there, too. */
const HUM_LEVEL = 0.05;
/** So many samples of nothing are a hole: a wave passes through it faster. */
const HOLE_FRAMES = 8;
const UP = { leastMs: 5, jitterMs: 20 };
const DOWN = { leastMs: 3, jitterMs: 10 };
/** As the room's page keeps it. */
const RING = { sampleRate: RATE, channels: 2, startMs: 60, mostMs: 300 };
const FIRST_CAPTURE_US = 90_000_000;
/** As the mixer and the page let a picture be this much early. */
const EARLY_US = { mixer: 5000, page: 8000 };
/** Delays and stocks find their size first. */
const SETTLE_S = 10;
/** It takes so much longer to find how far a clock is off that is off by more than any sound card. */
const FIND_RATE = { s: 60, fromPpm: 1000 };

/** A second of packets: a beep, then a hum. */
function beepSecond(): readonly Uint8Array[] {
  const encoder = new OpusEncoder(64_000);
  const packets: Uint8Array[] = [];
  for (let packet = 0; packet < 100; packet += 1) {
    const block = new Float32Array(BLOCK_FRAMES * 2);
    const level = packet % 50 < BEEP.packets ? BEEP.level : HUM_LEVEL;
    for (let frame = 0; frame < BLOCK_FRAMES; frame += 1) {
      const at = (packet % 50) * BLOCK_FRAMES + frame;
      block.fill(level * Math.sin((2 * Math.PI * BEEP.hz * at) / RATE), frame * 2, frame * 2 + 2);
    }
    packets.push(encoder.encode(block));
  }
  return packets.slice(50);
}

/** Things on their way, which do not overtake one another. */
class Line<T> {
  readonly #random: () => number;
  readonly #way: { readonly leastMs: number; readonly jitterMs: number };
  readonly #queue: Array<{ readonly atMs: number; readonly item: T }> = [];
  #lastMs = 0;

  constructor(way: { readonly leastMs: number; readonly jitterMs: number }, random: () => number) {
    this.#way = way;
    this.#random = random;
  }

  get nextMs(): number {
    return this.#queue[0]?.atMs ?? Number.POSITIVE_INFINITY;
  }

  send(item: T, nowMs: number): void {
    const { leastMs, jitterMs } = this.#way;
    this.#lastMs = Math.max(this.#lastMs, nowMs + leastMs + this.#random() * jitterMs);
    this.#queue.push({ atMs: this.#lastMs, item });
  }

  take(): T | undefined {
    return this.#queue.shift()?.item;
  }
}

/** Runs it as fast as the machine can. */
export function simulateDrift({ seconds, senderPpm, listenerPpm, seed }: DriftOptions): DriftResult {
  const random = seededRandom(seed);
  const clock = new FakeClock();
  const playout = new PlayoutClock();
  const source = new AudioSource(playout, clock);
  const timeline = new CaptureTimeline(new CaptureAnchor(), () => {});
  const ring = new PlaybackRing(RING);
  const packets = beepSecond();
  const up = new Line<{ readonly captureUs: number; readonly packet: Uint8Array; readonly flashes: boolean }>(
    UP,
    random,
  );
  const down = new Line<{ readonly startUs: number; readonly channels: readonly Float32Array[] }>(DOWN, random);
  const period = { send: PACKET_MS / (1 + senderPpm / 1e6), pull: (QUANTUM / RATE / (1 + listenerPpm / 1e6)) * 1000 };
  const next = { send: 0, mix: 7, frame: 11, pull: 3, refresh: 5 };
  const listener = new Listener();
  const settleMs = (Math.abs(senderPpm) > FIND_RATE.fromPpm ? FIND_RATE.s : SETTLE_S) * 1000;
  const result = { sent: 0, holes: 0, stockMs: { least: Number.POSITIVE_INFINITY, most: 0 } };
  let sent = 0;
  /** Capture times of flashes whose packet has come, and that were not shown. */
  const flashesUs: number[] = [];
  for (;;) {
    const now = Math.min(next.send, next.mix, next.frame, next.pull, next.refresh, up.nextMs, down.nextMs);
    if (now >= seconds * 1000) break;
    clock.advance(now - clock.monotonicMs());
    if (now === up.nextMs) {
      const arrived = up.take();
      if (arrived) {
        const captureUs = timeline.next(arrived.captureUs, now * 1000);
        if (arrived.flashes) flashesUs.push(captureUs);
        source.feed(captureUs, arrived.packet);
      }
    } else if (now === down.nextMs) {
      const arrived = down.take();
      if (arrived) ring.push(arrived.startUs, arrived.channels);
    } else if (now === next.send) {
      const captureUs = FIRST_CAPTURE_US + sent * PACKET_MS * 1000;
      up.send({ captureUs, packet: packets[sent % 50] as Uint8Array, flashes: sent % 50 === 0 }, now);
      if (sent % 50 === 0 && now > settleMs) result.sent += 1;
      sent += 1;
      next.send += period.send;
    } else if (now === next.mix) {
      const block = new Float32Array(BLOCK_FRAMES * 2);
      source.read(now, block);
      if (now > settleMs && hasHole(block)) result.holes += 1;
      down.send({ startUs: now * 1000, channels: planesOf(block) }, now);
      next.mix += PACKET_MS;
    } else if (now === next.frame) {
      // The program's picture has the flash of a second from this frame on.
      while (playout.playheadUs(now) + EARLY_US.mixer >= (flashesUs[0] ?? Number.POSITIVE_INFINITY)) {
        listener.flashes.push(now * 1000);
        flashesUs.shift();
      }
      next.frame += FRAME_MS;
    } else if (now === next.pull) {
      const quantum = [new Float32Array(QUANTUM), new Float32Array(QUANTUM)];
      ring.pull(quantum);
      listener.hear(quantum[0] as Float32Array, now);
      if (now > SETTLE_S * 1000) {
        result.stockMs.least = Math.min(result.stockMs.least, ring.levelMs);
        result.stockMs.most = Math.max(result.stockMs.most, ring.levelMs);
      }
      next.pull += period.pull;
    } else {
      listener.look(ring.playing ? ring.playheadUs : undefined, now);
      next.refresh += REFRESH_MS;
    }
  }
  const { underruns, skips } = ring;
  return { ...result, ...listener.result(settleMs, seconds * 1000), underruns, skips };
}

/** Notes when beeps begin to be heard and flashes to be seen, milliseconds. */
class Listener {
  /** Program times of flashes, microseconds, in order. */
  readonly flashes: number[] = [];
  readonly #seenMs: number[] = [];
  readonly #heardMs: number[] = [];
  readonly #peaks: number[] = [];

  hear(samples: Float32Array, nowMs: number): void {
    const at = samples.findIndex((sample) => Math.abs(sample) > BEEP.heard);
    if (at === -1) return;
    const atMs = nowMs + (at / RATE) * 1000;
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    if (atMs - (this.#heardMs.at(-1) ?? Number.NEGATIVE_INFINITY) > 500) {
      this.#heardMs.push(atMs);
      this.#peaks.push(peak);
    } else {
      this.#peaks.push(Math.max(this.#peaks.pop() ?? 0, peak));
    }
  }

  look(playheadUs: number | undefined, nowMs: number): void {
    while (playheadUs !== undefined && (this.flashes[0] ?? Number.POSITIVE_INFINITY) <= playheadUs + EARLY_US.page) {
      this.flashes.shift();
      this.#seenMs.push(nowMs);
    }
  }

  /** @param settleMs from when on it counts @param endMs when it stopped to listen: a beep that had just begun was not heard whole. */
  result(settleMs: number, endMs: number): { offsetsMs: number[]; peaks: number[] } {
    const settled = this.#heardMs.map((atMs, index) => [atMs, this.#peaks[index] ?? 0] as const);
    const counted = settled.filter(([atMs]) => atMs > settleMs);
    const offsetsMs = counted.flatMap(([heardMs]) => {
      const seen = this.#seenMs.reduce(
        (best, atMs) => (Math.abs(atMs - heardMs) < Math.abs(best) ? atMs - heardMs : best),
        Number.POSITIVE_INFINITY,
      );
      return Math.abs(seen) < 500 ? [seen] : [];
    });
    const whole = counted.filter(([atMs]) => atMs < endMs - BEEP.packets * PACKET_MS);
    return { offsetsMs, peaks: whole.map(([, peak]) => peak) };
  }
}

function planesOf(block: Float32Array): readonly Float32Array[] {
  return [0, 1].map((channel) => Float32Array.from({ length: BLOCK_FRAMES }, (_, at) => block[at * 2 + channel] ?? 0));
}

function hasHole(block: Float32Array): boolean {
  let nothing = 0;
  for (let at = 0; at < block.length; at += 2) {
    nothing = block[at] === 0 ? nothing + 1 : 0;
    if (nothing >= HOLE_FRAMES) return true;
  }
  return false;
}
