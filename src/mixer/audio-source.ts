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
  /** The samples that the last block ended with, one per channel. */
  readonly #last = new Float32Array(CHANNELS);

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

  /** Puts the 20 ms that are due at `nowMs` into `block`; false when all of it is silence. */
  read(nowMs: number, block: Float32Array): boolean {
    block.fill(0);
    if (!this.#playout.started || this.#ring.empty) return false;
    const playhead = (this.#playout.playheadUs(nowMs) * SAMPLE_RATE) / 1_000_000;
    const error = playhead - this.#position;
    const jumped = Number.isNaN(error) || Math.abs(error) > JUMP_FRAMES;
    if (jumped) this.#position = playhead;
    const ratio = jumped ? 1 : 1 + Math.max(-MAX_SLEW, Math.min(MAX_SLEW, (error * SLEW_GAIN) / BLOCK_FRAMES));
    const available = Math.floor((this.#ring.end - 1 - this.#position) / ratio);
    const frames = Math.max(0, Math.min(BLOCK_FRAMES, available));
    // The sender began anew, later than this.
    const before = this.#position < this.#ring.start;
    this.#ring.read(this.#position, ratio, block, frames);
    this.#position += BLOCK_FRAMES * ratio;
    if (jumped || this.#silent) fade(block, 0, Math.min(FADE_FRAMES, frames), false);
    if (frames < BLOCK_FRAMES) fade(block, Math.max(0, frames - FADE_FRAMES), frames, true);
    this.#silent = frames < BLOCK_FRAMES;
    const broken = jumped || frames === 0 || before;
    const released = broken && this.#release(block);
    this.#last.set(block.subarray(-CHANNELS));
    return frames > 0 || released;
  }

  /** Lets the level at which the last block stopped run out: a step would be heard as a click. False when it was silent. */
  #release(block: Float32Array): boolean {
    if (this.#last.every((sample) => sample === 0)) return false;
    for (let frame = 0; frame < FADE_FRAMES; frame += 1) {
      const gain = 1 - (frame + 1) / FADE_FRAMES;
      for (let channel = 0; channel < CHANNELS; channel += 1) {
        const at = frame * CHANNELS + channel;
        block[at] = (block[at] as number) + gain * (this.#last[channel] as number);
      }
    }
    return true;
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
