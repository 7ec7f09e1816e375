/** One audio track in the mixer: decodes packets, stores the sound by capture time, and reads 20 ms at the playhead. */
import { MediaFormatError } from '../media/media-format-error.ts';
import type { Clock } from '../util/clock.ts';
import { AudioRing, CONTINUOUS_FRAMES } from './audio-ring.ts';
import { BLOCK_FRAMES, CHANNELS, type DecodedSound, OpusDecoder, SAMPLE_RATE } from './opus-codec.ts';
import type { PlayoutClock } from './playout-clock.ts';
import { decibelsOf, meanSquareOf, SILENCE_DB } from './sound-level.ts';

// Beyond this the reader jumps to the playhead instead of slewing; well under the 80 ms at which lips look wrong.
const JUMP_FRAMES = 0.06 * SAMPLE_RATE;
/** 5 ms: what nobody hears is no reason to wait for the slewing, which would take seconds while lips move early. */
const QUIET_JUMP_FRAMES = SAMPLE_RATE / 200;
// ±0.5 %: nobody hears it come and go.
const MAX_SLEW = 0.005;
/** Share of the error that is corrected per block. */
const SLEW_GAIN = 0.02;
/**
 * The same of what goes on by itself, so that nothing is left to correct while a clock runs evenly: ten seconds to find it. A quarter of the
 * square of the other, which is as fast as it can be without going beyond.
 */
const RATE_GAIN = 0.0001;
/** Sound cards are off by tens to hundreds of millionths, clocks of virtual machines and devices without a crystal by a hundredth. */
const MAX_RATE = 0.015;
/** What ingest makes of such a clock's times, which it follows, may be as far from the count of samples, and a little more. */
const MAX_AHEAD_RATE = 0.02;
const FADE_FRAMES = 240;
const BLOCK_MS = (BLOCK_FRAMES / SAMPLE_RATE) * 1000;
/** Share of what a packet's time differs from the count of samples that is believed; the rest is a wandering timestamp. */
const COUNT_GAIN = 0.02;
/** The same of what goes on by itself: of a card that is off by a hundredth each time would differ so much that it were a gap. */
const COUNT_RATE_GAIN = 0.0001;
/** 1 ms behind the playhead: what is due must not lie at the very end of what has come. */
const BEHIND_FRAMES = SAMPLE_RATE / 1000;
/** So many packets within so long that are no sound: the sender does not send Opus. */
const BAD_PACKETS = { count: 50, withinMs: 5000 };
/** Softer than this, dBFS, there is nothing to hear even in a silent room. */
const DIGITAL_SILENCE_DB = -85;
/** Levels are kept for each 20 ms of more than the ring holds. */
const LEVELS = 64;

/** What has just arrived; valid during the call only. */
export interface ArrivedSound extends DecodedSound {
  readonly meanSquare: number;
  /** The same in dBFS. */
  readonly levelDb: number;
  /** Where it lies, in frames of the track. */
  readonly from: number;
  readonly to: number;
}

/** Reads continuously, slewing by resampling; jumps and underruns are faded. */
export class AudioSource {
  /** Called with each packet as it arrives, which is before it is read. */
  onSound: ((sound: ArrivedSound) => void) | undefined;
  readonly #decoder = new OpusDecoder(1);
  #ring = new AudioRing(1);
  #channels: 1 | 2 = 1;
  readonly #playout: PlayoutClock;
  readonly #clock: Clock;
  /** When the newest bad packets came. */
  readonly #bad: number[] = [];
  #concealed = 0;
  /** What capture times are ahead of the ring's positions: the ring counts samples, and no sound card keeps exact time. */
  #ahead = 0;
  /** By how much that grows with each frame, as far as it is known. */
  #aheadRate = 0;
  #soundUntil = Number.NEGATIVE_INFINITY;
  readonly #levels = new Float32Array(LEVELS).fill(SILENCE_DB);
  readonly #levelSlots = new Float64Array(LEVELS).fill(Number.NaN);
  #position = Number.NaN;
  /** By how much the sender's sound card runs faster than our clock, as far as it is known. */
  #rate = 0;
  /** When the last block was due. */
  #readMs = Number.NEGATIVE_INFINITY;
  /** The last block ended in silence, so the next sound fades in. */
  #silent = true;
  /** The samples that the last block ended with, one per channel. */
  readonly #last = new Float32Array(CHANNELS);

  constructor(playout: PlayoutClock, clock: Clock) {
    this.#playout = playout;
    this.#clock = clock;
  }

  /** Whether both channels are alike. */
  get mono(): boolean {
    return this.#channels === 1;
  }

  /** Packets so far that could not be decoded and were left silent. */
  get concealed(): number {
    return this.#concealed;
  }

  /** Next position that is read; not a number before the first. */
  get position(): number {
    return this.#position;
  }

  /** Level of what was read or skipped last, before any gain, dBFS. */
  get levelDb(): number {
    const slot = Math.floor(this.#position / BLOCK_FRAMES) - 1;
    const index = indexOfSlot(slot);
    return this.#levelSlots[index] === slot ? (this.#levels[index] as number) : SILENCE_DB;
  }

  /**
   * A packet that is no Opus is counted and left silent.
   * @throws MediaFormatError when so many were none that there is no use in going on.
   */
  feed(captureUs: number, packet: Uint8Array): void {
    const nowMs = this.#clock.monotonicMs();
    let sound: DecodedSound;
    try {
      sound = this.#decoder.decodeInPlace(packet);
    } catch (error) {
      this.#conceal(nowMs, error);
      return;
    }
    this.#playout.observe('sound', captureUs, nowMs, this.#nextReadMs(nowMs), this);
    // Never the other way round; what waits to be read is heard.
    if (sound.channels > this.#channels) {
      this.#channels = sound.channels;
      this.#ring = this.#ring.inStereo();
    }
    const frames = sound.samples.length / sound.channels;
    const from = this.#place(Math.round((captureUs * SAMPLE_RATE) / 1_000_000), frames);
    this.#ring.write(from, sound.samples);
    const to = from + frames;
    const meanSquare = meanSquareOf(sound.samples);
    const levelDb = decibelsOf(meanSquare);
    this.#note(levelDb, from, to);
    this.onSound?.({ ...sound, meanSquare, levelDb, from, to });
  }

  /** Puts the 20 ms that are due at `nowMs` into `block`; false when all of it is silence, and then `block` is undefined. */
  read(nowMs: number, block: Float32Array): boolean {
    const step = this.#advance(nowMs, this.#silent && this.#position > this.#soundUntil);
    if (!step) return false;
    const { position, ratio, jumped } = step;
    const available = Math.floor((this.#ring.end - 1 - position) / ratio);
    const frames = Math.max(0, Math.min(BLOCK_FRAMES, available));
    if (this.#silent && (frames === 0 || position > this.#soundUntil)) return false;
    block.fill(0);
    // The sender began anew, later than this.
    const before = position < this.#ring.start;
    this.#ring.read(position, ratio, block, frames);
    if (jumped || this.#silent) fade(block, 0, Math.min(FADE_FRAMES, frames), false);
    // What follows is silence: because nothing has come, or because nothing but silence has.
    const ends = frames < BLOCK_FRAMES || this.#position > this.#soundUntil;
    if (ends) fade(block, Math.max(0, frames - FADE_FRAMES), frames, true);
    this.#silent = ends;
    if (jumped || frames === 0 || before) this.#release(block);
    this.#playout.heard(nowMs);
    this.#last[0] = block[block.length - 2] as number;
    this.#last[1] = block[block.length - 1] as number;
    return true;
  }

  /** Lets 20 ms pass unheard; whoever calls this had faded to silence before. */
  skip(nowMs: number): void {
    this.#advance(nowMs, true);
    this.#silent = true;
    this.#last.fill(0);
  }

  /**
   * Moves the position on by one block of time; undefined while there is nothing.
   * @param unheard nobody would notice a jump, so there is one, or the position waits for the playhead.
   */
  #advance(nowMs: number, unheard: boolean): { position: number; ratio: number; jumped: boolean } | undefined {
    this.#readMs = nowMs;
    if (!this.#playout.started || this.#ring.empty) return undefined;
    const playhead = (this.#playout.playheadUs(nowMs) * SAMPLE_RATE) / 1_000_000 - this.#ahead - BEHIND_FRAMES;
    const error = playhead - this.#position;
    if (unheard && error < -BLOCK_FRAMES / 2 && error >= -JUMP_FRAMES) return undefined;
    const jumped = Number.isNaN(error) || Math.abs(error) > JUMP_FRAMES || (unheard && error > QUIET_JUMP_FRAMES);
    const position = jumped ? playhead : this.#position;
    const slew = jumped ? 0 : clamp((error * SLEW_GAIN) / BLOCK_FRAMES, MAX_SLEW);
    this.#rate = clamp(this.#rate + slew * (RATE_GAIN / SLEW_GAIN), MAX_RATE);
    const ratio = 1 + this.#rate + slew;
    this.#position = position + BLOCK_FRAMES * ratio;
    return { position, ratio, jumped };
  }

  /** When the next block is due; undefined while none is read. Blocks that are made late are those that were due before. */
  #nextReadMs(nowMs: number): number | undefined {
    const nextMs = this.#readMs + BLOCK_MS;
    return nowMs - nextMs > BLOCK_MS ? undefined : nextMs;
  }

  /** Where in the ring a packet of so many frames with this capture time (in frames) belongs: behind the last, unless there is a real gap. */
  #place(captured: number, frames: number): number {
    const drift = captured - this.#ahead - this.#ring.end;
    if (!this.#ring.empty && Math.abs(drift) <= CONTINUOUS_FRAMES) {
      this.#aheadRate = clamp(this.#aheadRate + (drift * COUNT_RATE_GAIN) / frames, MAX_AHEAD_RATE);
      this.#ahead += drift * COUNT_GAIN + this.#aheadRate * frames;
      return this.#ring.end;
    }
    return Math.round(captured - this.#ahead);
  }

  #note(levelDb: number, from: number, to: number): void {
    if (levelDb > DIGITAL_SILENCE_DB) this.#soundUntil = to;
    else if (this.#soundUntil > to) this.#soundUntil = from;
    for (let slot = Math.floor(from / BLOCK_FRAMES); slot * BLOCK_FRAMES < to; slot += 1) {
      const index = indexOfSlot(slot);
      const louder = this.#levelSlots[index] === slot ? Math.max(levelDb, this.#levels[index] as number) : levelDb;
      this.#levels[index] = louder;
      this.#levelSlots[index] = slot;
    }
  }

  #conceal(nowMs: number, error: unknown): void {
    this.#concealed += 1;
    this.#bad.push(nowMs);
    while (nowMs - (this.#bad[0] ?? nowMs) > BAD_PACKETS.withinMs) this.#bad.shift();
    if (this.#bad.length < BAD_PACKETS.count) return;
    this.#bad.length = 0;
    const reason = error instanceof Error ? error.message : String(error);
    throw new MediaFormatError(
      `${BAD_PACKETS.count} packets within ${BAD_PACKETS.withinMs / 1000} s could not be decoded. ${reason}`,
    );
  }

  /** Lets the level at which the last block stopped run out: a step would be heard as a click. */
  #release(block: Float32Array): void {
    for (let frame = 0; frame < FADE_FRAMES; frame += 1) {
      const gain = 1 - (frame + 1) / FADE_FRAMES;
      for (let channel = 0; channel < CHANNELS; channel += 1) {
        const at = frame * CHANNELS + channel;
        block[at] = (block[at] as number) + gain * (this.#last[channel] as number);
      }
    }
  }
}

function clamp(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}

function indexOfSlot(slot: number): number {
  return ((slot % LEVELS) + LEVELS) % LEVELS;
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
