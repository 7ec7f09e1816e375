/** One audio track in the mixer: decodes, keeps by capture time, and gives 20 ms at the playhead. */
import type { Clock } from '../util/clock.ts';
import { AudioRing } from './audio-ring.ts';
import { BLOCK_FRAMES, CHANNELS, OpusDecoder, SAMPLE_RATE } from './opus-codec.ts';
import type { PlayoutClock } from './playout-clock.ts';

// Beyond this the reader jumps to the playhead instead of slewing; well under the 80 ms at which lips look wrong.
const JUMP_FRAMES = 0.06 * SAMPLE_RATE;
// ±0.5 %: nobody hears it, and it takes up the drift of any sound card (tens to hundreds of ppm).
const MAX_SLEW = 0.005;
/** Share of the error that is corrected per block. */
const SLEW_GAIN = 0.02;
const FADE_FRAMES = 240;

/** Reads continuously, slewing by resampling; jumps and underruns are faded. */
export class AudioSource {
  readonly #decoder = new OpusDecoder();
  readonly #ring = new AudioRing();
  readonly #playout: PlayoutClock;
  readonly #clock: Clock;
  #position = Number.NaN;
  /** The last block ended in silence, so the next sound fades in. */
  #silent = true;

  constructor(playout: PlayoutClock, clock: Clock) {
    this.#playout = playout;
    this.#clock = clock;
  }

  /** @throws MediaFormatError when the packet is no Opus. */
  feed(captureUs: number, packet: Uint8Array): void {
    const samples = this.#decoder.decode(packet);
    this.#playout.observe(captureUs, this.#clock.monotonicMs());
    this.#ring.write(Math.round((captureUs * SAMPLE_RATE) / 1_000_000), samples);
  }

  /** Adds the 20 ms that are due at `nowMs` into `block` (overwriting it); false when all of it is silence. */
  read(nowMs: number, block: Float32Array): boolean {
    block.fill(0);
    if (!this.#playout.started || this.#ring.end === 0) return false;
    const playhead = (this.#playout.playheadUs(nowMs) * SAMPLE_RATE) / 1_000_000;
    const error = playhead - this.#position;
    const jumped = Number.isNaN(error) || Math.abs(error) > JUMP_FRAMES;
    if (jumped) this.#position = playhead;
    const ratio = jumped ? 1 : 1 + Math.max(-MAX_SLEW, Math.min(MAX_SLEW, (error * SLEW_GAIN) / BLOCK_FRAMES));
    const available = Math.floor((this.#ring.end - 1 - this.#position) / ratio);
    const frames = Math.max(0, Math.min(BLOCK_FRAMES, available));
    for (let frame = 0; frame < frames; frame += 1) {
      const at = this.#position + frame * ratio;
      block[frame * CHANNELS] = this.#ring.sampleAt(at, 0);
      block[frame * CHANNELS + 1] = this.#ring.sampleAt(at, 1);
    }
    this.#position += BLOCK_FRAMES * ratio;
    if (jumped || this.#silent) fade(block, 0, Math.min(FADE_FRAMES, frames), false);
    if (frames < BLOCK_FRAMES) fade(block, Math.max(0, frames - FADE_FRAMES), frames, true);
    this.#silent = frames < BLOCK_FRAMES;
    return frames > 0;
  }
}

/** A linear ramp over the frames from `from` to `to`. */
function fade(block: Float32Array, from: number, to: number, out: boolean): void {
  for (let frame = from; frame < to; frame += 1) {
    const rising = (frame - from + 1) / (to - from + 1);
    const gain = out ? 1 - rising : rising;
    block[frame * CHANNELS] = (block[frame * CHANNELS] as number) * gain;
    block[frame * CHANNELS + 1] = (block[frame * CHANNELS + 1] as number) * gain;
  }
}
