/**
 * Decides when a participant's media is due: one delay for sound and picture alike, so that they stay in step by construction.
 *
 * Capture times (microseconds) are the sender's, mapped to our monotonic clock by ingest, which may be off by a constant; arrival
 * times (milliseconds) are ours. The smallest `arrival - capture` of the last five to ten seconds stands for a transfer without
 * queueing; what exceeds it is jitter.
 */

import { DelayPeaks } from './delay-peaks.ts';
import { BLOCK_MS } from './program-ticker.ts';
import { type Late, SoundWays } from './sound-ways.ts';
import { TransferFloor } from './transfer-floor.ts';

/** Tolerated share of half seconds with something late in them: late sound is a hole, a late picture only repeats the one before. */
const LATE_SHARE = { sound: 0.05, picture: 0.25 };
const MIN_DELAY_MS = 20;
const MAX_DELAY_MS = 200;
const START_DELAY_MS = 60;
/** For what comes later than anything before it. Sound needs less: what it needs is known to the block. */
const MARGIN_MS = { sound: 5, picture: 10 };
/**
 * The same for sound that is read block by block, before it is found for which block a packet comes in time, and after that. Sound cards run
 * apart by a millisecond in a few seconds, and a packet that just came in time then waits for the next block: the delay has to grow before.
 */
const BLOCK_MARGIN_MS = { before: 4, after: 2.5 };
/**
 * Sound that takes so much longer than pictures at the least makes them wait for it: a longer delay than the largest would be needed, and
 * nothing of it would ever be heard. Pictures that take longer are late.
 */
const SOUND_BEHIND_MS = 100;
/** When nothing has come in time for this long, it is not jitter: the sender's clock or the network path has changed. */
const STRANDED_MS = 1000;
/**
 * How fast the delay falls. While a participant is heard, their sound follows by resampling, at most half a percent: a faster fall
 * would end in a jump. Otherwise their sound skips what nobody hears, and pictures may play a twenty-fifth faster unnoticed.
 */
const FALL_MS_PER_SECOND = { heard: 4, unheard: 40 };
/** Shorter pauses are part of speech. */
const UNHEARD_AFTER_MS = 500;

/** Maps the mixer's time to a participant's capture time. */
export class PlayoutClock {
  readonly #floor = new TransferFloor();
  readonly #sounds = new SoundWays();
  readonly #peaks = { sound: new DelayPeaks(LATE_SHARE.sound), picture: new DelayPeaks(LATE_SHARE.picture) };
  /** What is enough for sound, as its blocks lie to the packets of this sender now. */
  #soundDelayMs = 0;
  #delayMs = START_DELAY_MS;
  #adjustedMs = Number.NEGATIVE_INFINITY;
  /** When this sender was last heard. */
  #heardMs = Number.NEGATIVE_INFINITY;
  /** Since when everything has arrived too late to be played. */
  #late: Late | undefined;

  /** Milliseconds between the earliest possible arrival and the playout. */
  get delayMs(): number {
    return this.#delayMs;
  }

  /**
   * By how much capture times are too late to be true, milliseconds: ingest ties a sender's clock to ours by the first frame, which
   * may have been held up on its way.
   */
  get aheadMs(): number {
    return this.started ? Math.max(0, -this.#floor.ms) : 0;
  }

  /** Whether anything has been observed. */
  get started(): boolean {
    return this.#floor.ms !== Number.POSITIVE_INFINITY;
  }

  /**
   * Media captured at `captureUs` came (arrived, decoded) at `availableMs`. Sound is read block by block, and of use only from the next
   * block on: one of the blocks is read at `readMs`; undefined: none is. `track`: whose sound it is.
   */
  observe(
    kind: 'sound' | 'picture',
    captureUs: number,
    availableMs: number,
    readMs?: number,
    track: object = this,
  ): void {
    const offset = availableMs - captureUs / 1000;
    const sound = kind === 'sound' ? track : undefined;
    this.#watchForStranding(sound, offset, availableMs);
    this.#floor.add(offset, availableMs);
    if (sound) this.#sounds.add(sound, offset, availableMs);
    this.#waitNoLonger(availableMs);
    this.#peaks[kind].note(offset - this.#base, availableMs);
    if (sound) this.#soundDelayMs = this.#enoughForSound(captureUs / 1000 + this.#base, readMs);
    this.#adapt(availableMs);
  }

  /** Something of this sender can be heard at `nowMs`. */
  heard(nowMs: number): void {
    this.#heardMs = nowMs;
  }

  /** The capture time, in microseconds, that is due at `nowMs`. */
  playheadUs(nowMs: number): number {
    return (nowMs - this.#base - this.#delayMs) * 1000;
  }

  /** Forgets everything but the delay: the sender's clock has jumped. */
  reset(): void {
    this.#late = undefined;
    this.#floor.reset();
    this.#peaks.picture.reset();
    this.#forgetSound();
  }

  /** No sound of a track has come for long. How late it was is remembered, for when it comes again, unless others waited for it. */
  #waitNoLonger(nowMs: number): void {
    const before = this.#base;
    if (!this.#sounds.forgetOld(nowMs) || this.#base === before) return;
    this.#peaks.sound.reset();
    this.#soundDelayMs = 0;
  }

  #forgetSound(): void {
    this.#sounds.clear();
    this.#peaks.sound.reset();
    this.#soundDelayMs = 0;
  }

  /** Without this, a sender whose clock fell back would be silent until the smallest offset is forgotten. */
  #watchForStranding(sound: object | undefined, offset: number, nowMs: number): void {
    const way = sound && this.#sounds.of(sound);
    if (!this.started || offset - this.#base <= MAX_DELAY_MS) {
      this.#late = undefined;
      if (way) way.late = undefined;
      return;
    }
    this.#late = later(this.#late, offset, nowMs);
    if (way) way.late = later(way.late, offset, nowMs);
    if (nowMs - this.#late.sinceMs >= STRANDED_MS) {
      const anew = this.#late.offset;
      this.reset();
      this.#floor.reset(anew, nowMs);
    } else if (way?.late && nowMs - way.late.sinceMs >= STRANDED_MS) {
      way.floor.reset(way.late.offset, nowMs);
      this.#peaks.sound.reset();
      way.late = undefined;
    }
  }

  get #base(): number {
    const [floorMs, soundMs] = [this.#floor.ms, this.#sounds.ms];
    return soundMs === Number.POSITIVE_INFINITY ? floorMs : Math.max(floorMs, soundMs - SOUND_BEHIND_MS);
  }

  /** What lets a packet that could have come at `earliestMs` wait for its block, however late it is. */
  #enoughForSound(earliestMs: number, readMs: number | undefined): number {
    const lateMs = this.#peaks.sound.upperMs;
    if (readMs === undefined) return lateMs + MARGIN_MS.sound;
    const needMs = lateMs + BLOCK_MARGIN_MS.before;
    const blocks = (readMs - earliestMs - needMs) / BLOCK_MS;
    return needMs + (blocks - Math.floor(blocks)) * BLOCK_MS + BLOCK_MARGIN_MS.after;
  }

  /** Up at once, down slowly: a rare late packet costs silence, a shrinking delay costs nothing that anybody notices. */
  #adapt(nowMs: number): void {
    const enough = Math.max(this.#soundDelayMs, this.#peaks.picture.upperMs + MARGIN_MS.picture);
    const wanted = Math.min(MAX_DELAY_MS, Math.max(MIN_DELAY_MS, enough));
    const elapsedS = Math.min(1, Math.max(0, (nowMs - this.#adjustedMs) / 1000));
    this.#adjustedMs = nowMs;
    const fall = FALL_MS_PER_SECOND[nowMs - this.#heardMs < UNHEARD_AFTER_MS ? 'heard' : 'unheard'];
    this.#delayMs = Math.max(wanted, this.#delayMs - fall * elapsedS);
  }
}

function later(late: Late | undefined, offset: number, nowMs: number): Late {
  return late ? { sinceMs: late.sinceMs, offset: Math.min(late.offset, offset) } : { sinceMs: nowMs, offset };
}
