/** Tells the person when they see the program late, and why, for as long as it is so. */
import { type LateCause, type LateFigures, LateWatch } from '../signal/late-watch.ts';
import type { Problem } from '../util/problem.ts';

/** What it needs. */
export interface LateDeskOptions {
  /** Something began to be wrong that the person should read. */
  show(problem: Problem): void;
  /** What was shown with this code is over. */
  settle(code: string): void;
}

/** The person reads of it at most so often. */
const AGAIN_MS = 60_000;

const PROBLEMS: Readonly<Record<LateCause, Problem & { readonly code: string }>> = {
  computer: {
    code: 'play.slow',
    title: 'You see the picture late',
    detail:
      'This computer is too busy to show it in time, so most pictures are left out. Close other programs and tabs, or turn your camera off.',
    retry: false,
  },
  way: {
    code: 'play.late',
    title: 'You see the picture late',
    detail: 'It comes to this computer late: your network, or the server, is overloaded. It catches up by itself.',
    retry: false,
  },
};

/** To be told once a second. */
export class LateDesk {
  readonly #options: LateDeskOptions;
  readonly #watch = new LateWatch();
  #cause: LateCause | undefined;
  #shownMs = Number.NEGATIVE_INFINITY;

  constructor(options: LateDeskOptions) {
    this.#options = options;
  }

  measured(figures: LateFigures, nowMs: number): void {
    this.#become(this.#watch.update(figures, nowMs), nowMs);
  }

  /** The connection is cut: that says enough. */
  cut(nowMs: number): void {
    this.#watch.reset();
    this.#become(undefined, nowMs);
  }

  #become(cause: LateCause | undefined, nowMs: number): void {
    if (cause === this.#cause) return;
    if (this.#cause) this.#options.settle(PROBLEMS[this.#cause].code);
    this.#cause = cause;
    if (!cause || nowMs - this.#shownMs < AGAIN_MS) return;
    this.#shownMs = nowMs;
    this.#options.show(PROBLEMS[cause]);
  }
}
