/** Two kinds of time that must never be mixed up: media ticks and wall time. */

declare const ptsBrand: unique symbol;
declare const wallBrand: unique symbol;

/** A position on a media timeline: integer ticks of the stream's own timescale. */
export type Pts = number & { readonly [ptsBrand]: true };

/** Milliseconds since 1970-01-01T00:00Z, fractional. */
export type WallTime = number & { readonly [wallBrand]: true };

/** @throws RangeError when `ticks` is no safe integer (a media time is never rounded silently). */
export function pts(ticks: number): Pts {
  if (!Number.isSafeInteger(ticks)) throw new RangeError(`A media time is a safe integer, not ${ticks}`);
  return ticks as Pts;
}

/** Marks a number of milliseconds as wall time. */
export function wallTime(ms: number): WallTime {
  return ms as WallTime;
}

/** Ticks of timescale `from` as ticks of timescale `to`, rounded to the nearest. */
export function rescale(ticks: number, from: number, to: number): number {
  // Whole seconds apart from the rest: the product stays exact far beyond any session's length.
  const seconds = Math.floor(ticks / from);
  return seconds * to + Math.round(((ticks - seconds * from) * to) / from);
}
