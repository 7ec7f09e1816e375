/** Which time a recording shows, by the clock on the wall: pure. */

/** What of `timeline.json` tells it; times in seconds of the recording, `startedAt` as ISO 8601. */
export interface CoveredTimeline {
  readonly pieces: readonly { readonly from: number; readonly to: number; readonly startedAt: string }[];
  readonly gaps: readonly { readonly at: number; readonly resumesAt: number; readonly leftOutSeconds: number }[];
}

/** Milliseconds since 1970, `to` exclusive. */
export interface WallSpan {
  readonly from: number;
  readonly to: number;
}

/** What is shown, in order. Gaps within a piece are cut out; those between pieces have no time in the recording. */
export function coveredSpans({ pieces, gaps }: CoveredTimeline): WallSpan[] {
  return pieces.flatMap((piece) => {
    const wallOf = (seconds: number): number => Date.parse(piece.startedAt) + (seconds - piece.from) * 1000;
    const holes = gaps.filter(({ at, resumesAt }) => resumesAt > at && at >= piece.from && resumesAt <= piece.to);
    const edges = [piece.from, ...holes.flatMap(({ at, resumesAt }) => [at, resumesAt]), piece.to];
    const spans: WallSpan[] = [];
    for (let edge = 0; edge + 1 < edges.length; edge += 2) {
      const [from = 0, to = 0] = edges.slice(edge, edge + 2);
      if (to > from) spans.push({ from: wallOf(from), to: wallOf(to) });
    }
    return spans;
  });
}

/** Where nothing is shown between the first span and the last. */
export function holesBetween(spans: readonly WallSpan[]): WallSpan[] {
  return spans.slice(1).map((next, index) => ({ from: spans[index]?.to ?? next.from, to: next.from }));
}

/** What was on its way when something was killed still comes within this time, milliseconds. */
const ON_ITS_WAY_MS = 1000;

/** Milliseconds before a moment that are not shown, and for which nothing came then; undefined: nothing came again. */
export function lossAround(
  spans: readonly WallSpan[],
  moment: number,
): { readonly lost: number; readonly away: number | undefined } {
  const index = spans.findLastIndex(({ from }) => from <= moment);
  const end = spans[index]?.to ?? moment;
  const lost = Math.max(0, moment - end);
  if (end > moment + ON_ITS_WAY_MS) return { lost, away: 0 };
  const next = spans[index + 1];
  return { lost, away: next && next.from - Math.max(moment, end) };
}
