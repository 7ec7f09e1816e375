/** The page's clock: monotonic, with the wall clock's origin, the same in every context of the page. */

/** Milliseconds since 1970 by the page's monotonic clock; does not follow steps of the system clock. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

/** The same in whole microseconds, as in the header of media frames. */
export function nowUs(): number {
  return Math.round(nowMs() * 1000);
}

/** Milliseconds since 1970 by this computer's clock, which goes on while it sleeps, and is set now and then: for dates that people read. */
export function wallMs(): number {
  return Date.now();
}
