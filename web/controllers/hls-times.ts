/** Which time of day each moment of a video was: a playlist says it of its segments, and seconds lie between. */

/** A piece of the video's timeline; `wallMs` is when its first picture was taken, undefined when the playlist is silent. */
export interface TimedSpan {
  readonly startS: number;
  readonly wallMs: number | undefined;
}

/** Milliseconds since 1970 at `timeS` of the video; undefined when no span at all has a time. `spans` ascend. */
export function wallAt(spans: readonly TimedSpan[], timeS: number): number | undefined {
  const span = before(spans, (at) => at.startS <= timeS) ?? spans.find(({ wallMs }) => wallMs !== undefined);
  return span?.wallMs === undefined ? undefined : span.wallMs + (timeS - span.startS) * 1000;
}

/** Where in the video a time of day is shown; a time in a gap between two spans is shown where the later one begins. */
export function timeAt(spans: readonly TimedSpan[], wallMs: number): number | undefined {
  const timed = spans.filter((span) => span.wallMs !== undefined);
  const index = timed.findLastIndex((span) => (span.wallMs ?? 0) <= wallMs);
  const span = timed[index];
  if (span?.wallMs === undefined) return timed[0]?.startS;
  const timeS = span.startS + (wallMs - span.wallMs) / 1000;
  return Math.min(timeS, timed[index + 1]?.startS ?? timeS);
}

/** The last span that `fits` and has a time; spans that fit come first. */
function before(spans: readonly TimedSpan[], fits: (span: TimedSpan) => boolean): TimedSpan | undefined {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (span && fits(span)) low = middle + 1;
    else high = middle;
  }
  for (let index = low - 1; index >= 0; index -= 1) if (spans[index]?.wallMs !== undefined) return spans[index];
  return undefined;
}
