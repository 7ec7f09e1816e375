/** Gently brings a voice to the loudness of the program, and leaves other sound alone. */
import { loudnessOf } from './loudness.ts';
import { BLOCK_FRAMES } from './opus-codec.ts';
import { gainOf } from './sound-level.ts';

/** Loudness of speech in the program, LUFS. */
const TARGET_LUFS = -16;
const MIN_GAIN_DB = -12;
/** What any voice may be raised by, and what one may that comes from a quiet room. */
const MAX_GAIN_DB = 12;
const MAX_QUIET_ROOM_GAIN_DB = 24;
/** Beyond `MAX_GAIN_DB` only as far as the noise of the room stays below this, dBFS. */
const RAISED_NOISE_DB = -46;
/** Change in one block of 20 ms: 1 dB a second, and 6 dB a second for a voice that is far off. */
const STEP_DB = 0.02;
const FAR_STEP_DB = 0.12;
const FAR_DB = 3;
/** Blocks of one momentary loudness (400 ms), as in BS.1770. */
const MOMENTARY_BLOCKS = 20;
/** What is this much softer than the voice is a pause of it. */
const RELATIVE_GATE_LU = 10;
/** The estimate goes over the last three seconds of speech. */
const MEMORY_BLOCKS = 150;
/** A voice swells and fades all the time: within one second by at least so much in all. Hum, fans and tones do not. */
const VOICE_BLOCKS = 50;
const VOICE_DB = 70;
/** More than this from one block to the next counts as this: something that begins or ends is not yet a voice. */
const CHANGE_DB = 10;
/** Levels below count as this one. */
const LOWEST_DB = -70;

/** Sound of the microphone that has arrived. */
export interface HeardSound {
  /** Mean squares of its samples, plain and weighted (`KWeighting`). */
  readonly meanSquare: number;
  readonly weighted: number;
  readonly frames: number;
  /** Whether the gate takes it for a voice. */
  readonly open: boolean;
  /** The noise of the room. */
  readonly floorDb: number;
}

/** Told of the sound as it arrives; gives one gain for each block that is mixed. */
export class AutoGain {
  readonly #powers = new Float64Array(MOMENTARY_BLOCKS);
  /** How much each of the last blocks differs from the one before, decibels, and the sum of them. */
  readonly #changes = new Float64Array(VOICE_BLOCKS);
  #swell = 0;
  #levelDb = LOWEST_DB;
  #blocks = 0;
  /** Blocks that the estimate rests on, at most `MEMORY_BLOCKS`. */
  #learned = 0;
  #estimate = 0;
  #wantedDb = 0;
  #gainDb = 0;
  #pendingEnergy = 0;
  #pendingWeighted = 0;
  #pendingFrames = 0;

  /** Change of loudness at the moment, decibels. */
  get gainDb(): number {
    return this.#gainDb;
  }

  observe({ meanSquare, weighted, frames, open, floorDb }: HeardSound): void {
    this.#pendingEnergy += meanSquare * frames;
    this.#pendingWeighted += weighted * frames;
    this.#pendingFrames += frames;
    if (this.#pendingFrames < BLOCK_FRAMES) return;
    const level = this.#pendingEnergy / this.#pendingFrames;
    const power = this.#pendingWeighted / this.#pendingFrames;
    this.#pendingEnergy = 0;
    this.#pendingWeighted = 0;
    this.#pendingFrames = 0;
    this.#watch(Math.max(LOWEST_DB, 10 * Math.log10(level)));
    this.#powers[this.#blocks % MOMENTARY_BLOCKS] = power;
    this.#blocks += 1;
    if (open && this.#blocks >= MOMENTARY_BLOCKS && this.#swell >= VOICE_DB) this.#learn(floorDb);
  }

  /** The factor for the next block; moves on only while there is a voice to be heard. */
  next(active: boolean): number {
    const error = this.#wantedDb - this.#gainDb;
    const step = Math.abs(error) > FAR_DB ? FAR_STEP_DB : STEP_DB;
    if (active) this.#gainDb += Math.max(-step, Math.min(step, error));
    return gainOf(this.#gainDb);
  }

  #watch(levelDb: number): void {
    const change = Math.min(CHANGE_DB, Math.abs(levelDb - this.#levelDb));
    const index = this.#blocks % VOICE_BLOCKS;
    this.#swell += change - (this.#changes[index] as number);
    this.#changes[index] = change;
    this.#levelDb = levelDb;
  }

  #learn(floorDb: number): void {
    let momentary = 0;
    for (const power of this.#powers) momentary += power / MOMENTARY_BLOCKS;
    const known = this.#learned > 0;
    if (known && loudnessOf(momentary) < loudnessOf(this.#estimate) - RELATIVE_GATE_LU) return;
    this.#learned = Math.min(MEMORY_BLOCKS, this.#learned + 1);
    this.#estimate += (momentary - this.#estimate) / this.#learned;
    const most = Math.min(MAX_QUIET_ROOM_GAIN_DB, Math.max(MAX_GAIN_DB, RAISED_NOISE_DB - floorDb));
    this.#wantedDb = Math.max(MIN_GAIN_DB, Math.min(most, TARGET_LUFS - loudnessOf(this.#estimate)));
  }
}
