/** The room's clock as seen from here: of the last pings the one with the shortest way counts. */

const KEEP = 12;
/** By so much more than their ways explain two samples may differ, milliseconds: one of the two clocks counts whole ones, and both wander. */
const SLACK_MS = 50;

interface Sample {
  readonly rttMs: number;
  readonly offsetMs: number;
}

/** A pong of the server, with the time it arrived here; `sentMs` and `nowMs` are of the same local clock. */
export interface Pong {
  readonly sentMs: number;
  readonly receivedMs: number;
  readonly repliedMs: number;
  readonly nowMs: number;
}

/**
 * Keeps the newest 12 samples, as an NTP clock filter does (RFC 5905 section 10), as long as they tell of the same two clocks: a page's
 * stands still while its computer sleeps, and the server's may be set.
 */
export class ClockSync {
  readonly #samples: Sample[] = [];

  add(pong: Pong): void {
    const rttMs = Math.max(0, pong.nowMs - pong.sentMs - (pong.repliedMs - pong.receivedMs));
    const offsetMs = (pong.receivedMs - pong.sentMs + (pong.repliedMs - pong.nowMs)) / 2;
    const best = this.#best;
    // Each is wrong by half of its round trip at most.
    const leapt = best && Math.abs(offsetMs - best.offsetMs) > (rttMs + best.rttMs) / 2 + SLACK_MS;
    if (leapt) this.#samples.length = 0;
    this.#samples.push({ rttMs, offsetMs });
    if (this.#samples.length > KEEP) this.#samples.shift();
  }

  /** Round trip of the best sample in milliseconds, undefined before the first. */
  get rttMs(): number | undefined {
    return this.#best?.rttMs;
  }

  /** Add it to the local clock to get the room's clock, milliseconds. */
  get offsetMs(): number | undefined {
    return this.#best?.offsetMs;
  }

  get #best(): Sample | undefined {
    let best: Sample | undefined;
    for (const sample of this.#samples) if (!best || sample.rttMs < best.rttMs) best = sample;
    return best;
  }
}
