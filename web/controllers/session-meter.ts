/** Rates of a session, from its running totals. */
import type { Size } from '../capture/fit-size.ts';

/** Totals since the start, and what is just now. */
export interface SessionTotals {
  readonly atMs: number;
  readonly framesSent: number;
  readonly bytesSent: number;
  readonly framesShown: number;
  readonly framesReceived: number;
  readonly rttMs: number | undefined;
  /** From the program's clock to this screen, milliseconds. */
  readonly latencyMs: number | undefined;
  /** Sound in stock, milliseconds. */
  readonly soundMs: number | undefined;
  readonly underruns: number;
  readonly sending: Size | undefined;
}

/** Per second, over the time between two calls. */
export interface SessionStats {
  readonly sentFps: number;
  readonly sentBitrate: number;
  readonly shownFps: number;
  readonly receivedFps: number;
  readonly rttMs: number | undefined;
  readonly latencyMs: number | undefined;
  readonly soundMs: number | undefined;
  readonly underruns: number;
  readonly sending: Size | undefined;
}

/** Remembers the totals of the call before. */
export class SessionMeter {
  #before: SessionTotals | undefined;

  /** Undefined on the first call: a rate needs two. */
  take(totals: SessionTotals): SessionStats | undefined {
    const before = this.#before;
    this.#before = totals;
    if (!before || totals.atMs <= before.atMs) return undefined;
    const seconds = (totals.atMs - before.atMs) / 1000;
    // A camera switched off and on counts from nought again.
    const rate = (now: number, then: number): number => Math.max(0, now - then) / seconds;
    return {
      sentFps: rate(totals.framesSent, before.framesSent),
      sentBitrate: rate(totals.bytesSent, before.bytesSent) * 8,
      shownFps: rate(totals.framesShown, before.framesShown),
      receivedFps: rate(totals.framesReceived, before.framesReceived),
      rttMs: totals.rttMs,
      latencyMs: totals.latencyMs,
      soundMs: totals.soundMs,
      underruns: totals.underruns,
      sending: totals.sending,
    };
  }
}
