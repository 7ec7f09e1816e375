/** Deletes old events. */
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { ClockDoubt } from '../util/clock-doubt.ts';
import type { EventStore } from './event-store.ts';

/** Options of the retention. */
export interface EventRetentionOptions {
  readonly store: EventStore;
  /** Days; 0: without end. */
  readonly keepDays: number;
  readonly maxEvents: number;
  /** Whether the clock is to be believed; default: one that knows nothing of the time before it was made. */
  readonly doubt?: ClockDoubt | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

const LOOK_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Forgotten in one statement, which must not hold the event loop. */
const BATCH = 1000;

/** Looks at the start and every hour. */
export class EventRetention {
  readonly #options: EventRetentionOptions;
  readonly #stop: Disposer;
  #looking: Promise<void> | undefined;
  #closed = false;
  #deleted = 0;
  readonly #doubt: ClockDoubt;

  constructor(options: EventRetentionOptions) {
    this.#options = options;
    const { clock, doubt, log } = options;
    this.#doubt =
      doubt ??
      new ClockDoubt(clock, () => log.warn('the clock was set ahead; for an hour no event is deleted for its age'));
    this.#stop = options.clock.every(LOOK_MS, () => void this.look());
    void this.look();
  }

  /** Events that were deleted since the start. */
  get deleted(): number {
    return this.#deleted;
  }

  /** Resolves when nothing is kept that should not be; never rejects. */
  look(): Promise<void> {
    this.#looking ??= this.#prune().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Resolves when nothing is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stop();
    await this.#looking;
  }

  async #prune(): Promise<void> {
    const { store, keepDays, maxEvents, clock, log } = this.#options;
    const beforeMs = this.#doubt.look() || keepDays === 0 ? 0 : Math.floor(clock.wallMs() - keepDays * DAY_MS);
    try {
      let gone = BATCH;
      while (gone === BATCH && !this.#closed) {
        gone = await store.prune({ beforeMs, maxEvents, limit: BATCH });
        this.#deleted += gone;
        await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      log.error('old events could not be deleted, and are once they can', { reason: messageOf(error) });
    }
  }
}
