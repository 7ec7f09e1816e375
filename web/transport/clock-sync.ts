/** The room's clock as seen from here: of the last pings the one with the shortest way counts. */

const KEEP = 12;

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

/** Keeps the newest 12 samples, as an NTP clock filter does (RFC 5905 section 10). */
export class ClockSync {
  readonly #samples: Sample[] = [];

  add(pong: Pong): void {
    const rttMs = Math.max(0, pong.nowMs - pong.sentMs - (pong.repliedMs - pong.receivedMs));
    const offsetMs = (pong.receivedMs - pong.sentMs + (pong.repliedMs - pong.nowMs)) / 2;
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
