/** Decides whether a microphone picks up a voice or only its room. */
import { SAMPLE_RATE } from './opus-codec.ts';

/** How far above the room's own noise a voice begins, decibels. */
const ABOVE_FLOOR_DB = 10;
/** An open gate takes this much less for a voice: words end more softly than they begin. */
const HYSTERESIS_DB = 6;
/** Time after the last voice, in frames (400 ms): syllables, breaths and the ends of words lie within. */
const HOLD_FRAMES = 0.4 * SAMPLE_RATE;
// Noise is not believed to be louder than this: what is steady above -40 dBFS is heard, whatever it is.
const FLOOR_DB = { min: -70, start: -60, max: -50 };
// The floor follows a quieter room within some packets, a louder one by 1 dB a second.
const FALL = 0.2;
const RISE_DB_PER_FRAME = 1 / SAMPLE_RATE;
/** A sender's clock that fell back further than this began anew. */
const LEAP_FRAMES = SAMPLE_RATE;

/**
 * Told of each packet as it arrives, asked at the playhead, which is later: so the gate is open before a word begins.
 * Positions are frames of the track.
 */
export class NoiseGate {
  #floorDb = FLOOR_DB.start;
  #openUntil = Number.NEGATIVE_INFINITY;
  #heardUntil = Number.NEGATIVE_INFINITY;

  /** Level of the room when nobody speaks, dBFS, as far as it is known. */
  get floorDb(): number {
    return this.#floorDb;
  }

  /** The frames from `from` to `to` have this level (dBFS); true when they are taken for a voice. */
  observe(levelDb: number, from: number, to: number): boolean {
    if (to < this.#heardUntil - LEAP_FRAMES) this.#openUntil = Number.NEGATIVE_INFINITY;
    this.#heardUntil = to;
    const rise = RISE_DB_PER_FRAME * (to - from);
    const follows =
      levelDb < this.#floorDb ? (levelDb - this.#floorDb) * FALL : Math.min(rise, levelDb - this.#floorDb);
    this.#floorDb = Math.min(FLOOR_DB.max, Math.max(FLOOR_DB.min, this.#floorDb + follows));
    const threshold = this.#floorDb + ABOVE_FLOOR_DB - (from <= this.#openUntil ? HYSTERESIS_DB : 0);
    if (levelDb <= threshold) return false;
    this.#openUntil = to + HOLD_FRAMES;
    return true;
  }

  /** Whether what is at `position` is let through. */
  isOpen(position: number): boolean {
    return position < this.#openUntil;
  }
}
