/** Counts viewers: each tab reports every few seconds, under a random name. */
import type { Clock } from '../util/clock.ts';
import { addressKey } from '../util/ip-address.ts';
import { Audience, type ViewerLimits } from './audience.ts';

/**
 * For 20 000 viewers a room, each with a sign of life every 10 s, and as many that come within a moment. A tenth of it from one address,
 * behind which a whole school may be: nobody alone makes up an audience, or keeps others from being counted.
 */
export const VIEWER_LIMITS: ViewerLimits = {
  room: { viewers: 20_000, perSecond: 4000, burst: 20_000 },
  address: { viewers: 2000, perSecond: 400, burst: 2000 },
};

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

  /**
   * The viewer is there; how many there are now, or undefined when the room's viewers, or those of one address, say so too often.
   * @param address of the network
   */
  seen(roomId: string, viewerId: string, address?: string): number | undefined {
    let audience = this.#rooms.get(roomId);
    if (!audience) {
      this.#forgetEmpty();
      audience = new Audience(this.#clock, this.#limits);
      this.#rooms.set(roomId, audience);
    }
    return audience.seen(viewerId, addressKey(address));
  }

  /** How many watch a room now. */
  count(roomId: string): number {
    return this.#rooms.get(roomId)?.size ?? 0;
  }

  /** The session is over: those who watch the next one are counted anew. */
  forget(roomId: string): void {
    this.#rooms.delete(roomId);
  }

  #forgetEmpty(): void {
    for (const roomId of this.#rooms.keys()) if (this.count(roomId) === 0) this.#rooms.delete(roomId);
  }
}
