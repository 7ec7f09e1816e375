/** How often a chat is read over HTTP: by address, because anybody may who may watch. */
import { LimitError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { addressKey } from '../util/ip-address.ts';
import { KeyedBuckets } from '../util/keyed-buckets.ts';
import type { TokenBucket } from '../util/token-bucket.ts';

/**
 * Questions to the database. Whoever opens the chat asks once, and a message makes one question of all who wait for it: a hall
 * full of viewers behind one address stays far below.
 */
export const CHAT_READS = { perSecond: 100, burst: 1000 } as const;
/** So many messages cost as much as another question. */
const MESSAGES = 25;
/** Addresses that are remembered; beyond them whoever has not asked for the longest begins anew. */
const MAX_REMEMBERED = 5000;

/** One for all rooms. */
export class ChatReads {
  readonly #buckets: KeyedBuckets;

  constructor(clock: Clock) {
    this.#buckets = new KeyedBuckets(clock, MAX_REMEMBERED);
  }

  /** Before a question; without an address nothing is counted. @throws LimitError `rate_limited` */
  ask(address: string | undefined): void {
    const bucket = this.#of(address);
    if (!bucket || bucket.take()) return;
    const seconds = Math.max(1, Math.ceil(bucket.waitMs() / 1000));
    const message = 'The chat is read from your address more often than anybody can read; wait a few seconds.';
    throw new LimitError('rate_limited', message, 429, seconds);
  }

  /** Behind it: who asks for hundreds of messages each time may do so less often. */
  told(address: string | undefined, messages: number): void {
    if (messages >= MESSAGES) this.#of(address)?.owe(Math.floor(messages / MESSAGES));
  }

  #of(address: string | undefined): TokenBucket | undefined {
    return address === undefined ? undefined : this.#buckets.use(addressKey(address), CHAT_READS);
  }
}
