/** Decoded sound by capture time: written as it arrives, read at the playhead. */
import { CHANNELS, SAMPLE_RATE } from './opus-codec.ts';

// One second: the largest delay (200 ms), a burst, and room.
const RING_FRAMES = SAMPLE_RATE;
/** Room for that as a power of two, so that an index wraps by masking. */
const SLOTS = 65536;
const MASK = SLOTS - 1;
/** Timestamps of capture devices wander; within 10 ms packets are taken as following each other. */
export const CONTINUOUS_FRAMES = SAMPLE_RATE / 100;
/** 5 ms: where the sound breaks off or begins, it is faded over so long. */
const FADE_FRAMES = SAMPLE_RATE / 200;
/** Longest silence that is written at once; a longer one begins the ring anew. */
const SILENCE = new Float32Array(RING_FRAMES);

/** Positions count frames (samples per channel) since the sender's clock began; they may be negative. */
export class AudioRing {
  /** One plane for each channel. */
  readonly #planes: readonly Float32Array[];
  #end = 0;
  #start = 0;

  /** @param channels of what is written; what is read has two in any case. */
  constructor(channels: 1 | 2 = CHANNELS) {
    this.#planes = Array.from({ length: channels }, () => new Float32Array(SLOTS));
  }

  /** The same sound on both channels: what was written in mono goes on in stereo. */
  inStereo(): AudioRing {
    const ring = new AudioRing(CHANNELS);
    for (const [channel, plane] of ring.#planes.entries())
      plane.set(this.#planes[channel] ?? (this.#planes[0] as Float32Array));
    ring.#start = this.#start;
    ring.#end = this.#end;
    return ring;
  }

  /** Whether nothing has been written yet. */
  get empty(): boolean {
    return this.#end === this.#start;
  }

  /** First position that is not written yet. */
  get end(): number {
    return this.#end;
  }

  /** Oldest position that is still held. */
  get start(): number {
    return Math.max(this.#start, this.#end - RING_FRAMES);
  }

  /** Writes samples captured at `position`, interleaved if stereo; gaps become silence, the past is not rewritten. */
  write(position: number, samples: Float32Array): void {
    const frames = samples.length / this.#planes.length;
    if (this.empty || Math.abs(position - this.#end) > RING_FRAMES) {
      this.#start = position;
      this.#end = position;
      this.#append(samples, 0, true);
      return;
    }
    const gap = position - this.#end;
    if (gap > CONTINUOUS_FRAMES) {
      for (let left = gap * this.#planes.length; left > 0; left -= SILENCE.length) {
        this.#append(SILENCE.subarray(0, Math.min(left, SILENCE.length)), 0, true);
      }
      this.#append(samples, 0, true);
    } else if (gap >= -CONTINUOUS_FRAMES) {
      this.#append(samples, 0, false);
    } else if (-gap < frames) {
      this.#append(samples, -gap, true);
    }
  }

  /**
   * Fills `frames` frames of `block` (interleaved stereo) from `position` on, `ratio` positions apart, on cubic curves through
   * the samples; zero outside of what is held. At most a quarter of a second at once.
   */
  read(position: number, ratio: number, block: Float32Array, frames: number): void {
    // Positions are large numbers, whose remainders are slow: one of them a block, and small numbers from there.
    const whole = Math.floor(position);
    const fraction = position - whole;
    // Between the first and the last that are held there is a curve; what is held lies in one piece.
    const first = clamp(Math.ceil((this.start - position) / ratio), frames);
    const last = Math.max(first, clamp(Math.ceil((this.#end - 1 - position) / ratio), frames));
    block.fill(0, 0, first * CHANNELS);
    block.fill(0, last * CHANNELS, frames * CHANNELS);
    const origin = indexOf(whole);
    // Beyond the edges the curve goes on as a straight line.
    const [lowest, highest] = [this.start - whole, this.#end - 1 - whole];
    const [left, right = left] = this.#planes;
    if (!left || !right) return;
    interpolate(left, { origin, fraction, ratio, lowest, highest }, block, 0, first, last);
    if (right !== left) interpolate(right, { origin, fraction, ratio, lowest, highest }, block, 1, first, last);
    else for (let at = first * CHANNELS; at < last * CHANNELS; at += CHANNELS) block[at + 1] = block[at] as number;
  }

  /**
   * Appends from frame `skip` on. `breaks`: these samples do not continue the last ones, so the level at which those ended
   * runs out while these come in; what is written already stays, because it may have been heard.
   */
  #append(samples: Float32Array, skip: number, breaks: boolean): void {
    const channels = this.#planes.length;
    const frames = samples.length / channels - skip;
    const origin = indexOf(this.#end);
    const faded = breaks ? Math.min(FADE_FRAMES, frames) : 0;
    for (const [channel, plane] of this.#planes.entries()) {
      const last = this.empty ? 0 : (plane[(origin - 1) & MASK] as number);
      if (channels === 1) {
        // Copied whole, in two pieces where the plane ends.
        const fits = Math.min(frames, SLOTS - origin);
        plane.set(samples.subarray(skip, skip + fits), origin);
        plane.set(samples.subarray(skip + fits));
      } else {
        let from = skip * channels + channel;
        for (let frame = 0; frame < frames; frame += 1) {
          plane[(origin + frame) & MASK] = samples[from] as number;
          from += channels;
        }
      }
      for (let frame = 0; frame < faded; frame += 1) {
        const gain = Math.min(1, (frame + 1) / FADE_FRAMES);
        const at = (origin + frame) & MASK;
        plane[at] = gain * (plane[at] as number) + (1 - gain) * last;
      }
    }
    this.#end += frames;
  }
}

/** Where on a plane to read, in positions from `origin`, an index of it. */
interface Span {
  readonly origin: number;
  readonly fraction: number;
  readonly ratio: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Catmull-Rom: through four samples, with the slope of its neighbours at each. A straight line loses high notes and adds others. */
function interpolate(
  plane: Float32Array,
  span: Span,
  block: Float32Array,
  channel: number,
  first: number,
  last: number,
) {
  const { origin, fraction, ratio, lowest, highest } = span;
  for (let frame = first; frame < last; frame += 1) {
    const at = fraction + frame * ratio;
    // Not negative: `at | 0` is its floor.
    const before = at | 0;
    const t = at - before;
    const b = plane[(origin + before) & MASK] as number;
    const c = plane[(origin + before + 1) & MASK] as number;
    const a = before > lowest ? (plane[(origin + before - 1) & MASK] as number) : 2 * b - c;
    const d = before + 1 < highest ? (plane[(origin + before + 2) & MASK] as number) : 2 * c - b;
    const slope = (c - a) / 2;
    const bend = a - 2.5 * b + 2 * c - 0.5 * d;
    const twist = 1.5 * (b - c) + 0.5 * (d - a);
    block[frame * CHANNELS + channel] = b + t * (slope + t * (bend + t * twist));
  }
}

function clamp(frame: number, frames: number): number {
  return Math.max(0, Math.min(frames, frame));
}

/** Where on a plane a position is; `%` alone would be negative for negative positions. */
function indexOf(position: number): number {
  return ((position % SLOTS) + SLOTS) % SLOTS;
}
