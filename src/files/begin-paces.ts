/** How quickly people begin files. */
import { LimitError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { KeyedBuckets } from '../util/keyed-buckets.ts';

/** Files that one person may begin: a second, and at once. */
const PACE = { perSecond: 1, burst: 20 } as const;
const MAX_PACES = 10_000;

/** One for all rooms. */
export class BeginPaces {
  /** By room and person. */
  readonly #paces: KeyedBuckets;

  /** @param most people whose pace is remembered, at least 1; who began longest ago is forgotten. Default 10000. */
  constructor(clock: Clock, most = MAX_PACES) {
    this.#paces = new KeyedBuckets(clock, most);
  }

  /** Counts one. @throws LimitError `too_fast` */
  begin(room: string, owner: string): void {
    if (this.#paces.use(`${room} ${owner}`, PACE).take()) return;
    throw new LimitError('too_fast', 'You share files too quickly; wait a few seconds.');
  }
}
