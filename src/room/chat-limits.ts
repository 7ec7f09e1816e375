/** Rate limits of the chat: per person, per address and per room. */
import { LimitError } from '../errors.ts';
import type { ChatAuthor } from '../protocol/chat.ts';
import type { Clock } from '../util/clock.ts';
import { addressKey } from '../util/ip-address.ts';
import { KeyedBuckets } from '../util/keyed-buckets.ts';

/** Messages of one person: faster than anybody writes, slower than anybody pastes. */
const PER_AUTHOR = { perSecond: 1, burst: 5 } as const;
/** Messages from one address, behind which many may be: a school, a company. */
const PER_ADDRESS = { perSecond: 5, burst: 20 } as const;
/** Messages in a room, whoever writes them: what people can still read in passing. */
const PER_ROOM = { perSecond: 20, burst: 60 } as const;
/** How often one person says that they are writing: pages do it every three seconds. */
const TYPING = { perSecond: 0.5, burst: 3 } as const;
/** The same of everybody in a room: more people than these are "several" anyway. */
const TYPING_ROOM = { perSecond: 5, burst: 10 } as const;
/** Writers and rooms that are remembered; beyond them whoever has been silent the longest begins anew. */
const MAX_REMEMBERED = 5000;

/** Who writes, as far as it matters here. */
type LimitedAuthor = Pick<ChatAuthor, 'id' | 'role'>;

/** One for all rooms. */
export class ChatLimits {
  readonly #clock: Clock;
  readonly #buckets: KeyedBuckets;
  /** Writer to when they wrote last. */
  readonly #wrote = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#buckets = new KeyedBuckets(clock, MAX_REMEMBERED);
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
    this.#remember(`${room}/${author.id}`);
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
    // First: whoever makes up a name for each message would else push those of others out.
    const addressed = address === undefined || this.#buckets.use(`address ${addressKey(address)}`, PER_ADDRESS).take();
    if (!addressed || !this.#buckets.use(`${room}/${id}`, PER_AUTHOR).take()) {
      throw new LimitError('chat_too_fast', 'You write faster than people can read; wait a few seconds.');
    }
    if (!this.#buckets.use(room, PER_ROOM).take()) {
      throw new LimitError('chat_room_busy', 'Too much is written in this room at once; try again in a few seconds.');
    }
  }

  /** Whether the room is to hear that somebody is writing. */
  mayType(room: string, id: string): boolean {
    return (
      this.#buckets.use(`typing ${room}/${id}`, TYPING).take() &&
      this.#buckets.use(`typing ${room}`, TYPING_ROOM).take()
    );
  }

  #remember(writer: string): void {
    // As the newest.
    this.#wrote.delete(writer);
    this.#wrote.set(writer, this.#clock.monotonicMs());
    const [oldest] = this.#wrote.keys();
    if (this.#wrote.size > MAX_REMEMBERED && oldest !== undefined) this.#wrote.delete(oldest);
  }
}
