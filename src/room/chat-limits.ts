/** How much may be written: by one person, and in one room. */
import { LimitError } from '../errors.ts';
import type { ChatAuthor } from '../protocol/chat.ts';
import type { Clock } from '../util/clock.ts';
import { addressKey } from '../util/ip-address.ts';
import { TokenBucket } from '../util/token-bucket.ts';

/** Of one person: faster than anybody writes, slower than anybody pastes. */
const PER_AUTHOR = { perSecond: 1, burst: 5 } as const;
/** Of one address, behind which many may be: a school, a company. */
const PER_ADDRESS = { perSecond: 5, burst: 20 } as const;
/** Of a room, whoever writes: what people can still read in passing. */
const PER_ROOM = { perSecond: 20, burst: 60 } as const;
/** Of one person that they are writing: pages say it every three seconds. */
const TYPING = { perSecond: 0.5, burst: 3 } as const;
/** Of a room: more people than these are "several" anyway. */
const TYPING_ROOM = { perSecond: 5, burst: 10 } as const;
/** Writers and rooms that are remembered; beyond them whoever has been silent the longest begins anew. */
const MAX_REMEMBERED = 5000;

/** Who writes, as far as it matters here. */
type LimitedAuthor = Pick<ChatAuthor, 'id' | 'role'>;

/** One for all rooms. */
export class ChatLimits {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, TokenBucket>();
  /** Writer to when they wrote last. */
  readonly #wrote = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Counts one message.
   * @param slowSeconds between two messages of anybody but hosts
   * @throws LimitError `chat_slow` with the seconds to wait, `chat_too_fast`, `chat_room_busy`
   */
  take(room: string, author: LimitedAuthor, slowSeconds: number, address?: string): void {
    const seconds = this.waitSeconds(room, author, slowSeconds);
    if (seconds > 0) {
      throw new LimitError('chat_slow', `This chat is in slow mode; write again in ${seconds} s.`, 429, seconds);
    }
    this.takeChange(room, author, address);
    remember(this.#wrote, `${room}/${author.id}`, this.#clock.monotonicMs());
  }

  /** Whole seconds until somebody may write again in slow mode; 0: at once. */
  waitSeconds(room: string, { id, role }: LimitedAuthor, slowSeconds: number): number {
    const wroteMs = this.#wrote.get(`${room}/${id}`);
    if (role === 'host' || wroteMs === undefined) return 0;
    return Math.max(0, Math.ceil((wroteMs - this.#clock.monotonicMs()) / 1000 + slowSeconds));
  }

  /**
   * Counts another text of a message: no new message, so that nobody has to wait for it in slow mode, or after it.
   * @throws LimitError `chat_too_fast`, `chat_room_busy`
   */
  takeChange(room: string, { id }: LimitedAuthor, address?: string): void {
    const addressed = address === undefined || this.#bucket(`address ${addressKey(address)}`, PER_ADDRESS).take();
    if (!this.#bucket(`${room}/${id}`, PER_AUTHOR).take() || !addressed) {
      throw new LimitError('chat_too_fast', 'You write faster than people can read; wait a few seconds.');
    }
    if (!this.#bucket(room, PER_ROOM).take()) {
      throw new LimitError('chat_room_busy', 'Too much is written in this room at once; try again in a few seconds.');
    }
  }

  /** Whether the room is to hear that somebody is writing. */
  mayType(room: string, id: string): boolean {
    return this.#bucket(`typing ${room}/${id}`, TYPING).take() && this.#bucket(`typing ${room}`, TYPING_ROOM).take();
  }

  #bucket(key: string, { perSecond, burst }: { perSecond: number; burst: number }): TokenBucket {
    const bucket = this.#buckets.get(key) ?? new TokenBucket(this.#clock, perSecond, burst);
    remember(this.#buckets, key, bucket);
    return bucket;
  }
}

/** As the newest; the oldest goes. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MAX_REMEMBERED && oldest !== undefined) map.delete(oldest);
}
