/** Counts connections that were refused because there are too many, and logs them now and then. */
import type { Logger } from '../logger.ts';
import type { Clock } from '../util/clock.ts';

/** A key of the configuration's `limits`. */
export type ConnectionLimit = 'connections' | 'connectionsPerAddress';

// Whoever opens thousands must not write as many lines.
const PAUSE_MS = 60_000;
const REMEDY =
  'if these are viewers, raise the limit; if they come through a reverse proxy, name it in server.trustedProxies';

/** Tells of the connections that one port refuses. */
export class ConnectionRefusals {
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #count: (limit: ConnectionLimit) => void;
  #refused = 0;
  #toldMs = Number.NEGATIVE_INFINITY;

  /** @param count of each, for the metrics */
  constructor(log: Logger, clock: Clock, count: (limit: ConnectionLimit) => void) {
    this.#log = log;
    this.#clock = clock;
    this.#count = count;
  }

  note(limit: ConnectionLimit, address: string): void {
    this.#count(limit);
    this.#refused += 1;
    const now = this.#clock.monotonicMs();
    if (now - this.#toldMs < PAUSE_MS) return;
    this.#toldMs = now;
    this.#log.warn(`connections are refused: ${REMEDY}`, { limit: `limits.${limit}`, address, refused: this.#refused });
    this.#refused = 0;
  }
}
