/** What is wrong during a stay, of which one is shown at a time. */
import type { Problem } from '../util/problem.ts';

/** Each code stands there once. */
export class StandingProblems {
  /** The newest last. */
  #all: readonly Problem[] = [];

  /** The one to show. */
  get newest(): Problem | undefined {
    return this.#all.at(-1);
  }

  /** Stands before what went wrong earlier, which is shown again when this is settled. */
  add(problem: Problem): void {
    // What nothing can settle makes room: it would come back when it is long over.
    this.#all = [...this.#all.filter(({ code }) => code !== undefined && code !== problem.code), problem];
  }

  /** What is known by this code is over. */
  settle(code: string): void {
    this.#all = this.#all.filter((problem) => problem.code !== code);
  }

  /** The person has read it, and with it whatever it hides. */
  clear(): void {
    this.#all = [];
  }
}
