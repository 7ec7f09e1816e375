/** What a checker found, and what it has looked at. */
import type { Problem } from './problem.ts';

/** A broken rule, and where it was broken first. */
export interface Finding extends Problem {
  /** The playlist and where it ended: `live.m3u8 at 12.3`. */
  readonly where: string;
}

/** How much was looked at. */
export interface Tally {
  revisions: number;
  deltas: number;
  parts: number;
  segments: number;
  /** Breaks in the program. */
  breaks: number;
  /** Requests that ended in 503. */
  unavailable: number;
  /** Looks at media or playlists by programs that are not ours, by their names. */
  readonly oracles: Record<string, number>;
  /** Milliseconds between one part's coming and the next one's. */
  readonly gapsMs: number[];
  /** Milliseconds from the end of a part, by its program time, to its being here. */
  readonly lagsMs: number[];
  /** Milliseconds from a part's first byte to its last. */
  readonly trickleMs: number[];
}

/** Rules about time: only a machine with nothing else to do can be held to them. */
export const TIMED_RULES: ReadonlySet<string> = new Set(['timing', 'cadence']);
const MOST = 500;

/** Collects; each thing is told once. */
export class Findings {
  readonly #all = new Map<string, Finding>();
  readonly tally: Tally = {
    ...{ revisions: 0, deltas: 0, parts: 0, segments: 0, breaks: 0, unavailable: 0 },
    ...{ oracles: {}, gapsMs: [], lagsMs: [], trickleMs: [] },
  };

  add(where: string, problems: readonly Problem[]): void {
    for (const { rule, what } of problems) {
      const key = `${rule} ${what}`;
      if (this.#all.size < MOST && !this.#all.has(key)) this.#all.set(key, { rule, what, where });
    }
  }

  /** Counts a look of an oracle, and takes what it says. */
  heard(oracle: string, where: string, problems: readonly Problem[]): void {
    this.tally.oracles[oracle] = (this.tally.oracles[oracle] ?? 0) + 1;
    this.add(where, problems);
  }

  get all(): readonly Finding[] {
    return [...this.#all.values()];
  }

  /** Those that do not depend on how busy the machine is. */
  get untimed(): readonly Finding[] {
    return this.all.filter(({ rule }) => !TIMED_RULES.has(rule));
  }
}
