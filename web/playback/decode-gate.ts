/** Which coded pictures go into the decoder, so that what comes out is never old. */
import { DecoderWatch } from './decoder-watch.ts';

const ASK_AGAIN_MS = 1000;
/** Whoever is behind by more does not make up for it soon, and shows everything so late. */
const LATE_MS = 1000;
/** A key frame loses nothing but what is behind: little is reason enough. */
const LATE_AT_KEYFRAME_MS = 300;
/**
 * Somewhat longer than from one key frame to the next. The answer to whoever asks is the whole group again, which is the last that a
 * decoder needs that is too slow.
 */
const GROUP_MS = 2500;

/** A coded picture that arrived. */
export interface CodedPicture {
  readonly keyframe: boolean;
  /** Something before it is missing. */
  readonly broken: boolean;
  readonly timestampUs: number;
}

/** What is to be done about it, in this order. */
export interface GateStep {
  /** The decoder is to be given up, with all that it holds, and another one to be made. */
  readonly anew: boolean;
  /** The server is to be asked for a key frame. */
  readonly ask: boolean;
  /** It goes into the decoder. */
  readonly decode: boolean;
}

/** Times are milliseconds of one monotonic clock. */
export class DecodeGate {
  readonly #watch = new DecoderWatch();
  #awaitsKeyframe = true;
  #software = false;
  #askedMs = Number.NEGATIVE_INFINITY;
  /** Until then the next key frame is waited for. */
  #quietUntilMs = Number.NEGATIVE_INFINITY;

  /** Pictures in the decoder. */
  get held(): number {
    return this.#watch.held;
  }

  /** Whether decoders of hardware were given up. */
  get software(): boolean {
    return this.#software;
  }

  take({ keyframe, broken, timestampUs }: CodedPicture, nowMs: number): GateStep {
    const anew = this.#isOver(keyframe, nowMs);
    if (anew) this.reset();
    if (broken) this.#awaitsKeyframe = true;
    const decode = keyframe || !this.#awaitsKeyframe;
    if (decode) {
      this.#awaitsKeyframe = false;
      this.#watch.fed(timestampUs, nowMs);
    }
    return { anew, decode, ask: !decode && this.mayAsk(nowMs) };
  }

  /** The decoder gave a picture. */
  gave(timestampUs: number): void {
    this.#watch.gave(timestampUs);
  }

  /** Another decoder begins, with a key frame. */
  reset(): void {
    this.#awaitsKeyframe = true;
    this.#watch.reset();
  }

  /** Whether to ask for a key frame, which is then taken for asked for: once a second at most. */
  mayAsk(nowMs: number): boolean {
    if (nowMs < this.#quietUntilMs || nowMs - this.#askedMs < ASK_AGAIN_MS) return false;
    this.#askedMs = nowMs;
    return true;
  }

  /** Hardware that keeps pictures back gives way to software, which is slow at worst: it goes on with the next key frame. */
  #isOver(keyframe: boolean, nowMs: number): boolean {
    if (!this.#software) {
      this.#software = this.#watch.isStuck(nowMs);
      return this.#software;
    }
    const late = this.#watch.lateMs(nowMs) >= (keyframe ? LATE_AT_KEYFRAME_MS : LATE_MS);
    if (late) this.#quietUntilMs = nowMs + GROUP_MS;
    return late;
  }
}
