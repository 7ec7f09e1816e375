/** Rules on when things come (rfc8216bis section 6.2.1): a part within a part's length, a segment within one and a half. */
import { type Playlist, allSegments, edgeOf, lengthOf } from './playlist.ts';
import { type Problem, of } from './problem.ts';

/** What a line and a process that sleeps may add, as a share of a part. */
const TOLERANCE = 0.25;
const SEGMENT_SHARE = 1.5;

/** What a revision tells about time. */
export interface Timing {
  readonly problems: readonly Problem[];
  /** Milliseconds since the last part; undefined when no part is new. */
  readonly gapMs: number | undefined;
  /** Milliseconds from the end of the newest part to its being here; undefined when it has no time. */
  readonly lagMs: number | undefined;
}

/** Watches one playlist. */
export class CadenceWatch {
  #partAtMs: number | undefined;
  #segmentAtMs: number | undefined;
  #edge = { msn: -1, parts: 0 };
  #breaks = 0;

  /** The next revision. @param atMs monotonic time it came; @param wallMs the time of day then */
  take(playlist: Playlist, atMs: number, wallMs: number): Timing {
    const edge = edgeOf(playlist);
    const problems: Problem[] = [];
    const { partTarget = Number.NaN, targetDuration, ended } = playlist;
    const breaks = playlist.discontinuitySequence + allSegments(playlist).filter((one) => one.discontinuity).length;
    const [isBroken, newSegment] = [breaks !== this.#breaks, edge.msn > this.#edge.msn];
    const newPart = newSegment || edge.parts > this.#edge.parts;
    const gapMs = newPart && this.#partAtMs !== undefined ? atMs - this.#partAtMs : undefined;
    if (gapMs !== undefined && !isBroken && !ended && gapMs > partTarget * (1 + TOLERANCE) * 1000) {
      problems.push(
        of('cadence')(`part ${edge.msn}.${edge.parts - 1} came ${gapMs.toFixed(0)} ms after the one before`),
      );
    }
    const sinceSegment = newSegment && this.#segmentAtMs !== undefined ? atMs - this.#segmentAtMs : 0;
    if (!ended && sinceSegment > SEGMENT_SHARE * targetDuration * 1000) {
      problems.push(of('cadence')(`segment ${edge.msn - 1} came ${sinceSegment.toFixed(0)} ms after the one before`));
    }
    if (newPart) this.#partAtMs = atMs;
    if (newSegment) this.#segmentAtMs = atMs;
    this.#edge = edge;
    this.#breaks = breaks;
    const lagMs = newPart && !ended ? lagOf(playlist, wallMs) : undefined;
    if (lagMs !== undefined && lagMs < -50) {
      problems.push(of('timing')(`part ${edge.msn}.${edge.parts - 1} came ${(-lagMs).toFixed(0)} ms before its time`));
    }
    return { problems, gapMs, lagMs };
  }
}

function lagOf(playlist: Playlist, wallMs: number): number | undefined {
  const last = allSegments(playlist).findLast(({ uri, parts }) => uri !== undefined || parts.length > 0);
  return last?.time === undefined ? undefined : wallMs - (last.time + lengthOf(last) * 1000);
}
