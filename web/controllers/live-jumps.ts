/** When somebody who is late goes to live without having asked for it. Pure but for what it remembers. */
import { type EdgeFacts, isLate } from './hls-edge.ts';

/** So much lies ready at least, seconds, where a line brings more than is played, */
const AMPLE_S = 2;
/** and no more than this of what is announced is still to come, seconds: a slow line, too, brings a segment in one piece. */
const OWED_S = 1;
/** Or so much lies ready, seconds, which is more than a segment of any length. */
const MUCH_S = 12;
/** On other lines a jump costs what was being loaded, and the next picture may come too late, too: rather see what comes for a while, */
const APART_MS = 30_000;
/** and for twice as long after each jump that did not last, up to this. */
const MOST_APART_MS = 120_000;

/** Where a viewer is, and what has come. */
export interface JumpFacts extends EdgeFacts {
  /** What lies ready to be played. */
  readonly aheadS: number;
  /** What is announced beyond that; 0 where it is not known. */
  readonly owedS: number;
}

/** One for a player; times in milliseconds by one clock. */
export class LiveJumps {
  #lastMs = 0;
  #apartMs = APART_MS;

  /** Something is played from its beginning. */
  begin(nowMs: number): void {
    this.#lastMs = nowMs;
    this.#apartMs = APART_MS;
  }

  /** Whether to jump now: what is late without having been asked to be, and only where a jump brings something. It counts as done. */
  due(facts: JumpFacts, nowMs: number): boolean {
    if (!isLate(facts)) return false;
    const sinceMs = nowMs - this.#lastMs;
    const { aheadS, owedS } = facts;
    const ample = aheadS >= MUCH_S || (aheadS >= AMPLE_S && owedS <= OWED_S);
    if (!ample && sinceMs < this.#apartMs) return false;
    const lasted = sinceMs >= 2 * this.#apartMs;
    this.#apartMs = ample || lasted ? APART_MS : Math.min(MOST_APART_MS, 2 * this.#apartMs);
    this.#lastMs = nowMs;
    return true;
  }
}
