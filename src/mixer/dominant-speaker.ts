/**
 * Who has the floor, after Volfin and Cohen, "Dominant speaker identification for multipoint videoconferencing" (2013): the
 * activity of the last instant, of the last tenth of a second and of the last second, each as a likelihood, and all three
 * must be in favour of somebody before they take the floor from another.
 */
import { SILENCE_DB } from './sound-level.ts';

/** The level of somebody who may not have the floor at all. */
export const BARRED_DB = Number.NEGATIVE_INFINITY;

/** Loudness in steps of 4 dB from -64 dBFS on: 13 of them reach -12. */
const STEPS = 13;
const STEP_DB = 4;
const LOWEST_DB = -64;
/** A tick with more steps (above -32 dBFS) is active. */
const ACTIVE_STEPS = 7;
/** Ticks of 20 ms in a tenth of a second; how many of them must be active for it to be. */
const MEDIUM_TICKS = 5;
const MEDIUM_ACTIVE = 4;
/** Tenths of a second in the long window. */
const LONG_MEDIUMS = 10;
const TICKS = MEDIUM_TICKS * LONG_MEDIUMS;
/** How the number of active parts is spread when nobody speaks; from the paper, as is the half for one who does. */
const LAMBDA = { immediate: 0.78, medium: 24, long: 47 };
/** By how much each likelihood must be ahead, as logarithms. */
const AHEAD = { immediate: 3, medium: 2, long: 0 };
/** 300 ms of the last second: a cough, a click or a short "yes" has less. */
const MIN_ACTIVE_TICKS = 15;
const DECIDE_MS = 300;
/** A layout that follows the speaker stands still for at least so long. */
const HOLD_MS = 2000;
/** Somebody is marked as speaking after 60 ms of sound within 200, and until 500 ms after the last. */
const HEARD_DB = -45;
const HEARD = { ticks: 3, within: 10, keepTicks: 25 };
/** Changes are told at most this often. */
const TELL_MS = 200;

const IMMEDIATE_SCORES = scores(STEPS, LAMBDA.immediate);
const MEDIUM_SCORES = scores(MEDIUM_TICKS, LAMBDA.medium);
const LONG_SCORES = scores(LONG_MEDIUMS, LAMBDA.long);

/** Time comes with the levels: once for each tick of 20 ms. */
export class DominantSpeaker {
  readonly #voices = new Map<number, Voice>();
  #speaker: number | undefined;
  #speaking: readonly number[] = [];
  #told: { readonly speaking: readonly number[]; readonly speaker: number | undefined } = {
    speaking: this.#speaking,
    speaker: undefined,
  };
  #toldMs = Number.NEGATIVE_INFINITY;
  #decidedMs = Number.NEGATIVE_INFINITY;
  #sinceMs = Number.NEGATIVE_INFINITY;

  /** Who has the floor: the last one who had it, while nobody speaks; undefined before anybody has spoken. */
  get speaker(): number | undefined {
    return this.#speaker;
  }

  /** Everybody who is heard at the moment, in order of their numbers. */
  get speaking(): readonly number[] {
    return this.#speaking;
  }

  /**
   * The level of everybody in the last 20 ms, dBFS, `BARRED_DB` for those who may not be the speaker. Whoever is missing has
   * left. True when `speaker` or `speaking` should be told to others because they differ from the last time.
   */
  onLevels(levels: ReadonlyMap<number, number>, nowMs: number): boolean {
    for (const participant of this.#voices.keys()) {
      if (!levels.has(participant)) this.#voices.delete(participant);
    }
    for (const [participant, level] of levels) {
      let voice = this.#voices.get(participant);
      if (!voice) {
        voice = new Voice();
        this.#voices.set(participant, voice);
      }
      voice.push(level);
    }
    this.#mark();
    if (this.#speaker !== undefined && this.#voices.get(this.#speaker)?.barred !== false) {
      this.#speaker = undefined;
      this.#sinceMs = Number.NEGATIVE_INFINITY;
    }
    if (nowMs - this.#decidedMs >= DECIDE_MS) {
      this.#decidedMs = nowMs;
      this.#decide(nowMs);
    }
    return this.#tell(nowMs);
  }

  #mark(): void {
    let same = true;
    let count = 0;
    for (const [participant, voice] of this.#voices) {
      if (!voice.heard) continue;
      if (!this.#speaking.includes(participant)) same = false;
      count += 1;
    }
    if (same && count === this.#speaking.length) return;
    const heard = [...this.#voices].filter(([, voice]) => voice.heard);
    this.#speaking = heard.map(([participant]) => participant).toSorted((a, b) => a - b);
  }

  #decide(nowMs: number): void {
    for (const voice of this.#voices.values()) voice.score();
    const holder = this.#speaker === undefined ? undefined : this.#voices.get(this.#speaker);
    if (holder && nowMs - this.#sinceMs < HOLD_MS) return;
    let best: number | undefined;
    let most = Number.NEGATIVE_INFINITY;
    for (const [participant, voice] of this.#voices) {
      if (voice === holder || voice.barred || voice.activeTicks < MIN_ACTIVE_TICKS) continue;
      const ahead = Math.log(voice.medium / (holder?.medium ?? Number.MIN_VALUE));
      if (holder && !isAhead(voice, holder)) continue;
      if (ahead > most) [best, most] = [participant, ahead];
    }
    if (best === undefined) return;
    this.#speaker = best;
    this.#sinceMs = nowMs;
  }

  #tell(nowMs: number): boolean {
    const { speaking, speaker } = this.#told;
    if ((speaking === this.#speaking && speaker === this.#speaker) || nowMs - this.#toldMs < TELL_MS) return false;
    this.#told = { speaking: this.#speaking, speaker: this.#speaker };
    this.#toldMs = nowMs;
    return true;
  }
}

/** The last second of one participant. */
class Voice {
  readonly #steps = new Uint8Array(TICKS);
  /** Ticks since one had sound, for each of the last few. */
  #recent = 0;
  #quietTicks = Number.POSITIVE_INFINITY;
  #ticks = 0;
  barred = false;
  heard = false;
  activeTicks = 0;
  immediate = 0;
  medium = 0;
  long = 0;

  push(levelDb: number): void {
    this.barred = levelDb === BARRED_DB;
    const steps = Math.max(0, Math.min(STEPS, Math.floor((Math.max(SILENCE_DB, levelDb) - LOWEST_DB) / STEP_DB)));
    this.#steps[this.#ticks % TICKS] = steps;
    this.#ticks += 1;
    const sounds = levelDb > HEARD_DB;
    // One bit for each of the last ticks.
    this.#recent = ((this.#recent << 1) | (sounds ? 1 : 0)) & ((1 << HEARD.within) - 1);
    this.#quietTicks = sounds ? 0 : this.#quietTicks + 1;
    if (this.barred || this.#quietTicks > HEARD.keepTicks) this.heard = false;
    else if (bitsOf(this.#recent) >= HEARD.ticks) this.heard = true;
  }

  /** Likelihoods from the newest tick back. */
  score(): void {
    let [active, longs, newest] = [0, 0, 0];
    for (let medium = 0; medium < LONG_MEDIUMS; medium += 1) {
      let ticks = 0;
      for (let tick = 0; tick < MEDIUM_TICKS; tick += 1) {
        const age = medium * MEDIUM_TICKS + tick;
        if (age < this.#ticks && this.#stepsAt(age) > ACTIVE_STEPS) ticks += 1;
      }
      active += ticks;
      if (ticks >= MEDIUM_ACTIVE) longs += 1;
      if (medium === 0) newest = ticks;
    }
    this.activeTicks = active;
    this.immediate = IMMEDIATE_SCORES[this.#stepsAt(0)] as number;
    this.medium = MEDIUM_SCORES[newest] as number;
    this.long = LONG_SCORES[longs] as number;
  }

  #stepsAt(age: number): number {
    return this.#steps[(this.#ticks - 1 - age + TICKS * 2) % TICKS] as number;
  }
}

function isAhead(voice: Voice, holder: Voice): boolean {
  return (
    Math.log(voice.immediate / holder.immediate) > AHEAD.immediate &&
    Math.log(voice.medium / holder.medium) > AHEAD.medium &&
    Math.log(voice.long / holder.long) > AHEAD.long
  );
}

function bitsOf(value: number): number {
  let bits = 0;
  for (let left = value; left !== 0; left &= left - 1) bits += 1;
  return bits;
}

/**
 * For 0 to `count` active parts: how much likelier that is when somebody speaks (each part active or not by the toss of a
 * coin) than when nobody does (ever less likely), as a logarithm; never below a trace, so that two of them have a ratio.
 */
function scores(count: number, lambda: number): readonly number[] {
  let choose = 1;
  const values: number[] = [];
  for (let active = 0; active <= count; active += 1) {
    const speech = Math.log(choose) + count * Math.log(0.5);
    const silence = Math.log(lambda) - lambda * active;
    values.push(Math.max(1e-10, speech - silence));
    choose = (choose * (count - active)) / (active + 1);
  }
  return values;
}
