/** What this page measures of itself, for the server's metrics and for the delay that others see. */
import type { StatsMessage } from '../../src/protocol/messages.ts';

/** Of one second; totals since the start. Delays in milliseconds, undefined when they are not known. */
export interface MeasuredSecond {
  readonly atMs: number;
  /** Added to capture times it gives the room's clock. */
  readonly offsetMs: number | undefined;
  readonly rttMs: number | undefined;
  readonly framesSent: number;
  readonly framesHeldBack: number;
  readonly framesShown: number;
  readonly framesReceived: number;
  readonly underruns: number;
  readonly encodeMs: number | undefined;
  readonly ackMs: number | undefined;
  readonly pictureMs: number | undefined;
  readonly soundMs: number | undefined;
  readonly bufferMs: number | undefined;
  readonly glassMs: number | undefined;
}

/** The server takes one in 5 s. */
const EVERY_MS = 5000;
const MOST_DELAY_MS = 60_000;
const MOST_COUNT = 100_000;
const MOST_RATE = 1000;

/** Give it every second; it says when something is to be sent. */
export class StatsReport {
  #before: MeasuredSecond | undefined;
  #sentMs = Number.NEGATIVE_INFINITY;

  /** The message that is due now. The first comes with the clock, so that others soon know how old this person's picture is. */
  take(second: MeasuredSecond): StatsMessage | undefined {
    const { atMs, offsetMs } = second;
    if (offsetMs === undefined || atMs - this.#sentMs < EVERY_MS) return undefined;
    const before = this.#before ?? second;
    this.#before = second;
    this.#sentMs = atMs;
    const seconds = (atMs - before.atMs) / 1000;
    return {
      type: 'stats',
      clock: { offsetMs, rttMs: delay(second.rttMs) ?? 0 },
      ...(seconds > 0 && { sent: sentOf(second, before, seconds), shown: shownOf(second, before, seconds) }),
    };
  }

  /** Another connection: the next one is due at once. */
  reset(): void {
    this.#before = undefined;
    this.#sentMs = Number.NEGATIVE_INFINITY;
  }
}

function sentOf(now: MeasuredSecond, before: MeasuredSecond, seconds: number): NonNullable<StatsMessage['sent']> {
  return {
    fps: rate(now.framesSent - before.framesSent, seconds),
    dropped: count(now.framesHeldBack - before.framesHeldBack),
    ...known({ encodeMs: delay(now.encodeMs), ackMs: delay(now.ackMs) }),
  };
}

function shownOf(now: MeasuredSecond, before: MeasuredSecond, seconds: number): NonNullable<StatsMessage['shown']> {
  const shown = now.framesShown - before.framesShown;
  return {
    fps: rate(shown, seconds),
    dropped: count(now.framesReceived - before.framesReceived - shown),
    underruns: count(now.underruns - before.underruns),
    ...known({
      pictureMs: delay(now.pictureMs),
      soundMs: delay(now.soundMs),
      bufferMs: delay(now.bufferMs),
      glassMs: delay(now.glassMs),
    }),
  };
}

/** Two clocks that do not quite agree make a delay of less than nothing. */
function delay(ms: number | undefined): number | undefined {
  return ms === undefined || !Number.isFinite(ms) ? undefined : Math.min(MOST_DELAY_MS, Math.max(0, ms));
}

/** A camera switched off and on counts from nought again. */
function count(frames: number): number {
  return Math.min(MOST_COUNT, Math.max(0, Math.round(frames)));
}

function rate(frames: number, seconds: number): number {
  return Math.min(MOST_RATE, Math.max(0, frames / seconds));
}

function known<Values extends Record<string, number | undefined>>(
  values: Values,
): { [Key in keyof Values]?: NonNullable<Values[Key]> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Values]?: NonNullable<Values[Key]> };
}
