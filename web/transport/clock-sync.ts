/** The room's clock as seen from here: of all pings the one counts that can be wrong by the least. */

const KEEP = 12;
/** By so much more than their ways explain two samples may differ, milliseconds: one of the two clocks counts whole ones, and both wander. */
const SLACK_MS = 50;
/** In a second two clocks part by so much at most, milliseconds: one may be slewed toward the right time. */
const WANDER = 0.5;

interface Sample {
  readonly rttMs: number;
  readonly offsetMs: number;
  /** When it came, by the local clock. */
  readonly atMs: number;
}

/** A pong of the server, with the time it arrived here; `sentMs` and `nowMs` are of the same local clock. */
export interface Pong {
  readonly sentMs: number;
  readonly receivedMs: number;
  readonly repliedMs: number;
  readonly nowMs: number;
}

/**
 * A clock filter as that of NTP (RFC 5905, section 10): a sample is wrong by half of its way at most, and by how far the clocks may have
 * parted since. So one of a quiet moment counts for minutes while the line, the server or this page is so busy that pongs are seconds
 * late. Samples are forgotten when those that follow tell of other clocks: a page's stands still while its computer sleeps, and the
 * server's may be set.
 */
export class ClockSync {
  /** The newest ones, for the round trip. */
  readonly #samples: Sample[] = [];
  #best: Sample | undefined;

  add(pong: Pong): void {
    const rttMs = Math.max(0, pong.nowMs - pong.sentMs - (pong.repliedMs - pong.receivedMs));
    const offsetMs = (pong.receivedMs - pong.sentMs + (pong.repliedMs - pong.nowMs)) / 2;
    const sample = { rttMs, offsetMs, atMs: pong.nowMs };
    const best = this.#best;
    const errorMs = rttMs / 2;
    const bestErrorMs = best ? best.rttMs / 2 + wanderMs(best, sample) : Number.POSITIVE_INFINITY;
    const leapt = best && Math.abs(offsetMs - best.offsetMs) > errorMs + bestErrorMs + SLACK_MS;
    if (leapt) this.#samples.length = 0;
    if (leapt || errorMs <= bestErrorMs) this.#best = sample;
    this.#samples.push(sample);
    if (this.#samples.length > KEEP) this.#samples.shift();
  }

  /** Round trip of the quickest of the last twelve pings in milliseconds, undefined before the first. */
  get rttMs(): number | undefined {
    return this.#samples.length === 0 ? undefined : Math.min(...this.#samples.map(({ rttMs }) => rttMs));
  }

  /** Add it to the local clock to get the room's clock, milliseconds. */
  get offsetMs(): number | undefined {
    return this.#best?.offsetMs;
  }
}

function wanderMs(before: Sample, now: Sample): number {
  return ((now.atMs - before.atMs) / 1000) * WANDER;
}
