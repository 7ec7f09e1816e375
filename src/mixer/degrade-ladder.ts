/**
 * Decides what a program gives up, and in which order, when the machine is too slow for it, and when it tries to recover. Sound
 * is never given up. Pure: time comes with each observation.
 */
import type { ProgramForm } from './program-form.ts';

/**
 * 0: as ordered. Each step keeps what the ones before it gave up: 1 a faster preset, 2 every second frame, 3 a smaller
 * program, 4 tiles that change 5 times a second, 5 sound, with a still picture twice a second so that players, parts and
 * recordings go on.
 */
export type LadderStep = 0 | 1 | 2 | 3 | 4 | 5;

/** What one tick of the program was like. */
export interface LoadSample {
  /** Monotonic milliseconds; never falls. */
  readonly nowMs: number;
  /** How late the tick came, milliseconds. */
  readonly lateMs: number;
  /** Pictures in the encoder; default 0. */
  readonly waiting?: number;
}

/** The step to take, and the reason in words. */
export interface LadderChange {
  readonly step: LadderStep;
  readonly reason: string;
}

/** Options of a ladder; milliseconds. Defaults are in `LADDER_TIMES`. */
export interface LadderOptions {
  /** In order, beginning with 0: those that make a difference, see `usefulSteps`. */
  readonly steps: readonly LadderStep[];
  /** Duration of one program frame. */
  readonly frameMs: number;
  readonly times?: Partial<LadderTimes>;
}

/** Durations that lead to a decision; milliseconds. */
export interface LadderTimes {
  /** How long frames are late before a step down in quality; also the length of the window that is judged. */
  readonly lateMs: number;
  /** How long all is calm before the first step back up. */
  readonly calmMs: number;
  /** The most that relapses can extend `calmMs` to. */
  readonly maxCalmMs: number;
  /** Trouble this soon after a step up is a relapse. Relapses are forgotten after this long and `calmMs` without trouble. */
  readonly relapseMs: number;
}

/** The defaults. */
export const LADDER_TIMES: LadderTimes = { lateMs: 2000, calmMs: 10_000, maxCalmMs: 300_000, relapseMs: 60_000 };

/** A window with at least this share of late ticks is trouble, one with at most that share is calm. */
const TROUBLED_SHARE = 0.9;
const CALM_SHARE = 0.1;
/** An encoder that keeps up has one picture at a time, two while it writes a key frame. */
const MAX_WAITING = 3;
/** Lateness that shrinks by this share of the time goes away by itself: it is left over from before the last change. */
const SHRINKING = 0.1;
/** Counters per window, so that memory does not depend on the number of observations. */
const SLOTS = 20;
/** A window with fewer ticks says nothing. */
const MIN_SAMPLES = 4;

interface Slot {
  total: number;
  late: number;
  lateMs: number;
}

/** Observes every tick; says when the program is to change. */
export class DegradeLadder {
  readonly #steps: readonly LadderStep[];
  readonly #frameMs: number;
  readonly #times: LadderTimes;
  #position = 0;
  #slots: Slot[] = [emptySlot()];
  #slotStartMs: number | undefined;
  #beganMs = 0;
  #calmSinceMs = 0;
  #calmMs: number;
  #climbedAtMs = Number.NEGATIVE_INFINITY;
  #troubleAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: LadderOptions) {
    this.#steps = options.steps.length > 0 ? options.steps : [0];
    this.#frameMs = options.frameMs;
    this.#times = { ...LADDER_TIMES, ...options.times };
    this.#calmMs = this.#times.calmMs;
  }

  /** The step in force. */
  get step(): LadderStep {
    return this.#steps[this.#position] as LadderStep;
  }

  /** Takes one tick; a change that it returns is in force from then on, and is returned once. */
  observe(sample: LoadSample): LadderChange | undefined {
    const { nowMs, lateMs, waiting = 0 } = sample;
    if (this.#slotStartMs === undefined) this.#begin(nowMs);
    this.#turn(nowMs);
    const slot = this.#slots.at(-1) as Slot;
    slot.total += 1;
    slot.lateMs += lateMs;
    if (lateMs > this.#frameMs || waiting >= MAX_WAITING) slot.late += 1;
    const late = this.#lateShare();
    if (late > CALM_SHARE) this.#calmSinceMs = nowMs;
    if (late >= TROUBLED_SHARE && this.#isFull(nowMs) && !this.#isShrinking()) return this.#giveUp(nowMs);
    if (nowMs - this.#calmSinceMs >= this.#calmMs) return this.#climb(nowMs);
    return undefined;
  }

  #giveUp(nowMs: number): LadderChange | undefined {
    const { lateMs, maxCalmMs, calmMs, relapseMs } = this.#times;
    const mean = this.#meanLateMs();
    this.#begin(nowMs);
    if (this.#position + 1 >= this.#steps.length) return undefined;
    const relapsed = nowMs - this.#climbedAtMs < relapseMs;
    if (relapsed) this.#calmMs = Math.min(maxCalmMs, this.#calmMs * 2);
    else if (nowMs - this.#troubleAtMs > relapseMs + this.#calmMs) this.#calmMs = calmMs;
    this.#troubleAtMs = nowMs;
    // The next trouble, if there is any, has nothing to do with this climb.
    this.#climbedAtMs = Number.NEGATIVE_INFINITY;
    this.#position += 1;
    const seconds = (lateMs / 1000).toFixed(lateMs % 1000 === 0 ? 0 : 1);
    const trouble =
      mean > this.#frameMs
        ? `pictures were late for ${seconds} s, by ${Math.round(mean)} ms on average`
        : `the encoder was behind for ${seconds} s`;
    return { step: this.step, reason: `${trouble}: ${WORDS[this.step]}` };
  }

  #climb(nowMs: number): LadderChange | undefined {
    const calm = nowMs - this.#calmSinceMs;
    this.#calmSinceMs = nowMs;
    if (this.#position === 0) return undefined;
    this.#position -= 1;
    this.#climbedAtMs = nowMs;
    this.#begin(nowMs);
    return { step: this.step, reason: `pictures were on time for ${Math.round(calm / 1000)} s: ${WORDS[this.step]}` };
  }

  /** What came before says nothing about the step that begins. */
  #begin(nowMs: number): void {
    this.#slots = [emptySlot()];
    this.#slotStartMs = nowMs;
    this.#beganMs = nowMs;
    this.#calmSinceMs = nowMs;
  }

  #turn(nowMs: number): void {
    const slotMs = this.#times.lateMs / SLOTS;
    let start = this.#slotStartMs ?? nowMs;
    // Nothing was observed for two windows: nothing is known.
    if (nowMs - start > 2 * this.#times.lateMs) {
      this.#begin(nowMs);
      start = nowMs;
    }
    for (; nowMs - start >= slotMs; start += slotMs) {
      this.#slots.push(emptySlot());
      if (this.#slots.length > SLOTS) this.#slots.shift();
    }
    this.#slotStartMs = start;
  }

  #isFull(nowMs: number): boolean {
    const total = this.#slots.reduce((sum, slot) => sum + slot.total, 0);
    return nowMs - this.#beganMs >= this.#times.lateMs && total >= MIN_SAMPLES;
  }

  #lateShare(): number {
    const total = this.#slots.reduce((sum, slot) => sum + slot.total, 0);
    return this.#slots.reduce((sum, slot) => sum + slot.late, 0) / Math.max(1, total);
  }

  #meanLateMs(from = 0, to = SLOTS): number {
    const slots = this.#slots.slice(from, to);
    const total = slots.reduce((sum, slot) => sum + slot.total, 0);
    return slots.reduce((sum, slot) => sum + slot.lateMs, 0) / Math.max(1, total);
  }

  #isShrinking(): boolean {
    const half = SLOTS / 2;
    const change = this.#meanLateMs(half, SLOTS) - this.#meanLateMs(0, half);
    return change < (-SHRINKING * this.#times.lateMs) / 2;
  }
}

const WORDS: Record<LadderStep, string> = {
  0: 'everything as ordered',
  1: 'the encoder takes less care',
  2: 'half as many pictures a second',
  3: 'a smaller picture',
  4: 'participants’ pictures change 5 times a second',
  5: 'sound only, with a still picture',
};

/** x264's presets by effort. */
const FASTER: Readonly<Record<string, string>> = {
  medium: 'superfast',
  fast: 'superfast',
  faster: 'superfast',
  veryfast: 'superfast',
  superfast: 'ultrafast',
};
/** Below this frame rate it is no longer video. */
const LEAST_FRAMERATE = 5;
/** Pixels of the longer side; names cannot be read on less. */
const LEAST_EDGE = 320;
const BLOCK = 16;
const SMALLER = 2 / 3;
/** Share of the bits that stays: at half the rate pictures differ more from one another, and smaller ones hold more in each pixel. */
const HALF_RATE_BITS = 0.7;
const SMALLER_BITS = 0.6;
const LEAST_OF_PART = 0.85;
/** A still picture needs hardly any bits, so the bit rate stays. */
const STILLS_PER_SECOND = 2;

/**
 * The program's form at a step. Steps 4 and 5 say more than the form: see `LadderStep`.
 * @param partFrames frames of a part, into which whole pictures have to fit; default: any number fits
 */
export function programFormAt(step: LadderStep, program: ProgramForm, partFrames?: number): ProgramForm {
  let form = program;
  if (step >= 1 && form.encoder === 'x264') form = { ...form, preset: FASTER[form.preset] ?? form.preset };
  if (step >= 2) form = halfRate(form, partFrames);
  if (step >= 3) form = smaller(form);
  if (step >= 5) form = { ...form, frameStep: stillStep(form, partFrames) };
  return form;
}

/** The steps that make a difference for this program. The last two always do. */
export function usefulSteps(program: ProgramForm, partFrames?: number): LadderStep[] {
  const x264 = program.encoder === 'x264' && FASTER[program.preset] !== undefined;
  const half = halfRate(program, partFrames) !== program;
  const small = smaller(program) !== program;
  return [0, ...(x264 ? [1 as const] : []), ...(half ? [2 as const] : []), ...(small ? [3 as const] : []), 4, 5];
}

function halfRate(form: ProgramForm, partFrames: number | undefined): ProgramForm {
  const tooFew = form.framerate / (2 * form.frameStep) < LEAST_FRAMERATE;
  if (tooFew || !fillsParts(2 * form.frameStep, partFrames)) return form;
  return { ...form, frameStep: 2 * form.frameStep, kbit: Math.round(form.kbit * HALF_RATE_BITS) };
}

/** Whole blocks of the encoder in both directions. */
function smaller(form: ProgramForm): ProgramForm {
  const width = BLOCK * Math.round((form.width * SMALLER) / BLOCK);
  const height = BLOCK * Math.round((form.height * SMALLER) / BLOCK);
  if (Math.max(width, height) < LEAST_EDGE) return form;
  return { ...form, width, height, kbit: Math.round(form.kbit * SMALLER_BITS) };
}

/** A divisor of the key frame distance, so that every key frame is a picture. */
function stillStep(form: ProgramForm, partFrames: number | undefined): number {
  const most = Math.max(form.frameStep, Math.floor(form.framerate / STILLS_PER_SECOND));
  for (let step = most; step > form.frameStep; step -= 1) {
    if (form.gopFrames % step === 0 && fillsParts(step, partFrames)) return step;
  }
  return form.frameStep;
}

/** Parts that hold less than 85 % of what they were announced to hold stop players on iOS (rfc8216bis section 4.4.4.9). */
function fillsParts(frameStep: number, partFrames = Number.POSITIVE_INFINITY): boolean {
  if (partFrames === Number.POSITIVE_INFINITY) return true;
  return Math.floor(partFrames / frameStep) * frameStep >= LEAST_OF_PART * partFrames;
}

function emptySlot(): Slot {
  return { total: 0, late: 0, lateMs: 0 };
}
