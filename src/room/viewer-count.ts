/** Counts viewers: each tab reports every few seconds, under a random name. */
import type { Clock } from '../util/clock.ts';
import { TokenBucket } from '../util/token-bucket.ts';

/** A tab that was silent for longer has gone; they say something every 10 s, so that one that gets lost does no harm. */
export const VIEWER_GONE_MS = 25_000;

/** How much of it is kept. */
export interface ViewerLimits {
  /** Most that are told apart in a room; the count stays there when there are more. */
  readonly perRoom: number;
  /** Signs of life that a room takes in a second on average, and at once. */
  readonly perSecond: number;
  readonly burst: number;
}

/** For 20 000 viewers a room, each with a sign of life every 10 s, and as many that come within a moment. */
export const VIEWER_LIMITS: ViewerLimits = { perRoom: 20_000, perSecond: 4000, burst: 20_000 };

interface Audience {
  /** When each was seen last, monotonic milliseconds; in this order. */
  readonly seen: Map<string, number>;
  readonly rate: TokenBucket;
}

/** One per server. A room that nobody has watched for a while takes no memory. */
export class ViewerCount {
  readonly #clock: Clock;
  readonly #limits: ViewerLimits;
  readonly #rooms = new Map<string, Audience>();

  constructor(clock: Clock, limits: ViewerLimits = VIEWER_LIMITS) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Rooms of which anything is kept. */
  get rooms(): number {
    return this.#rooms.size;
  }

  /** The viewer is there; how many there are now, or undefined when the room's viewers say so too often. */
  seen(roomId: string, viewerId: string): number | undefined {
    let audience = this.#rooms.get(roomId);
    if (!audience) {
      this.#forgetEmpty();
      const { perSecond, burst } = this.#limits;
      audience = { seen: new Map(), rate: new TokenBucket(this.#clock, perSecond, burst) };
      this.#rooms.set(roomId, audience);
    }
    if (!audience.rate.take()) return undefined;
    const { seen } = audience;
    this.#expire(seen);
    // Last in the order, also when it is there already.
    seen.delete(viewerId);
    if (seen.size < this.#limits.perRoom) seen.set(viewerId, this.#clock.monotonicMs());
    return seen.size;
  }

  /** How many watch a room now. */
  count(roomId: string): number {
    const seen = this.#rooms.get(roomId)?.seen;
    if (!seen) return 0;
    this.#expire(seen);
    return seen.size;
  }

  /** The session is over: those who watch the next one are counted anew. */
  forget(roomId: string): void {
    this.#rooms.delete(roomId);
  }

  #expire(seen: Map<string, number>): void {
    const before = this.#clock.monotonicMs() - VIEWER_GONE_MS;
    for (const [viewerId, seenMs] of seen) {
      if (seenMs >= before) return;
      seen.delete(viewerId);
    }
  }

  #forgetEmpty(): void {
    for (const roomId of this.#rooms.keys()) if (this.count(roomId) === 0) this.#rooms.delete(roomId);
  }
}
