/** What this page measures of itself, for the server's metrics and for the delay that others see. */
import type { StatsMessage } from '../../src/protocol/messages.ts';

/** Figures of one second; delays in milliseconds, undefined when they are not known. */
export interface ReportedFigures {
  /** Added to capture times it gives the room's clock. */
  readonly clockOffsetMs: number | undefined;
  readonly rttMs: number | undefined;
  /** Pictures a second. */
  readonly sentFps: number;
  readonly shownFps: number;
  readonly receivedFps: number;
  /** Pictures that were not made because the way was not free, since the start. */
  readonly heldBack?: number | undefined;
  /** Moments without sound, since the start. */
  readonly underruns: number;
  readonly captureToSentMs?: number | undefined;
  readonly ackMs?: number | undefined;
  /** How old the program's picture is when it is drawn, and how much older than the sound that is heard then. */
  readonly latencyMs: number | undefined;
  readonly pictureBehindMs?: number | undefined;
  /** Sound in stock. */
  readonly soundMs: number | undefined;
  readonly glassToGlassMs?: number | undefined;
}

/** The server takes one in 5 s. */
const EVERY_MS = 5000;
const MOST_DELAY_MS = 60_000;
const MOST_COUNT = 100_000;
const MOST_RATE = 1000;

/** Give it every second; it says when something is to be sent. */
export class StatsReport {
  #sentMs = Number.NEGATIVE_INFINITY;
  #notShown = 0;
  #before: { readonly heldBack: number; readonly underruns: number } | undefined;

  /** The message that is due now. The first comes with the clock, so that others soon know how old this person's picture is. */
  take(nowMs: number, figures: ReportedFigures): StatsMessage | undefined {
    const { clockOffsetMs, rttMs, heldBack = 0, underruns } = figures;
    this.#notShown += Math.max(0, figures.receivedFps - figures.shownFps);
    if (clockOffsetMs === undefined || nowMs - this.#sentMs < EVERY_MS) return undefined;
    const before = this.#before ?? { heldBack, underruns };
    const notShown = this.#notShown;
    this.#before = { heldBack, underruns };
    this.#sentMs = nowMs;
    this.#notShown = 0;
    return {
      type: 'stats',
      clock: { offsetMs: clockOffsetMs, rttMs: delay(rttMs) ?? 0 },
      sent: {
        fps: rate(figures.sentFps),
        dropped: count(heldBack - before.heldBack),
        ...known({ encodeMs: delay(figures.captureToSentMs), ackMs: delay(figures.ackMs) }),
      },
      shown: {
        fps: rate(figures.shownFps),
        dropped: count(notShown),
        underruns: count(underruns - before.underruns),
        ...known({
          pictureMs: delay(figures.latencyMs),
          soundMs: delay(soundAgeMs(figures)),
          bufferMs: delay(figures.soundMs),
          glassMs: delay(figures.glassToGlassMs),
        }),
      },
    };
  }

  /** Another connection: the next one is due at once. */
  reset(): void {
    this.#sentMs = Number.NEGATIVE_INFINITY;
  }
}

function soundAgeMs({ latencyMs, pictureBehindMs }: ReportedFigures): number | undefined {
  return latencyMs === undefined || pictureBehindMs === undefined ? undefined : latencyMs - pictureBehindMs;
}

/** Two clocks that do not quite agree make a delay of less than nothing. */
function delay(ms: number | undefined): number | undefined {
  return ms === undefined || !Number.isFinite(ms) ? undefined : Math.min(MOST_DELAY_MS, Math.max(0, ms));
}

/** What is counted by somebody who came later begins at nought again. */
function count(things: number): number {
  return Math.min(MOST_COUNT, Math.max(0, Math.round(things)));
}

function rate(perSecond: number): number {
  return Math.min(MOST_RATE, Math.max(0, perSecond));
}

function known<Values extends Record<string, number | undefined>>(
  values: Values,
): { [Key in keyof Values]?: NonNullable<Values[Key]> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Values]?: NonNullable<Values[Key]> };
}
