/** The durable event log: numbers events, stores them, and notifies readers. */
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import { Turnstile } from '../util/turnstile.ts';
import type { EventDraft, EventSink } from './event.ts';
import type { EventFilter } from './event-filter.ts';
import type { DatedEvent, EventStore, StoredEvent } from './event-store.ts';

/** Options of `EventLog.open`. */
export interface EventLogOptions {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Events that wait for a disk that takes nothing; what comes beyond them is counted and lost. */
export const MAX_UNSTORED = 10_000;
/** Letters of one event's `data` as JSON. */
export const MAX_DATA_LENGTH = 16_384;
/** Stored in one statement, which must not hold the event loop. */
const BATCH = 50;
/** Events that are looked through in one go, and those that are read of them. */
const WINDOW = 1000;
const READ = 100;
/** Goes in one turn of the event loop, whoever reads: some 4 ms of work. */
const GOES_A_TURN = 4;
const RETRY_MS = 1000;

/** Some of the log. */
export interface EventPage {
  readonly items: readonly StoredEvent[];
  /** Number to go on after. */
  readonly next: number;
}

/** What became of the events since the server started. */
export interface EventLogFigures {
  readonly written: number;
  /** Beyond `MAX_UNSTORED`. */
  readonly lost: number;
  /** At this moment. */
  readonly unstored: number;
}

type EventLogEvents = {
  /** So far everything is stored. */
  stored: number;
};

/** Readers only ever get stored events, which a crash cannot undo. */
export class EventLog implements EventSink {
  /** For whoever waits for something new. */
  readonly events = new Emitter<EventLogEvents>();
  readonly #options: EventLogOptions;
  readonly #unstored: DatedEvent[] = [];
  readonly #turnstile = new Turnstile(GOES_A_TURN);
  /** Since the last time that it was told. */
  #lost = 0;
  #lostInAll = 0;
  #written = 0;
  #newest = 0;
  #storing: Promise<void> | undefined;
  #retry: Disposer | undefined;
  #closed = false;

  private constructor(options: EventLogOptions) {
    this.#options = options;
  }

  /** Goes on with the numbers where they ended. */
  static async open(options: EventLogOptions): Promise<EventLog> {
    const opened = new EventLog(options);
    opened.#newest = await options.store.newest();
    return opened;
  }

  /** The highest number that is stored; 0: none yet. */
  get newest(): number {
    return this.#newest;
  }

  /** How many were written and lost since the start, and how many wait for the disk now. */
  get figures(): EventLogFigures {
    return { written: this.#written, lost: this.#lostInAll, unstored: this.#unstored.length };
  }

  /** Stored before the event loop turns again, as a rule; `stored` tells when. */
  record(draft: EventDraft): void {
    if (this.#closed) return;
    if (this.#unstored.length >= MAX_UNSTORED) {
      this.#lost += 1;
      this.#lostInAll += 1;
      return;
    }
    this.#unstored.push({ ...withinLimits(draft), atMs: this.#options.clock.wallMs() });
    this.#store();
  }

  /** Resolves when what was recorded so far is stored, or could not be; never rejects. */
  async stored(): Promise<void> {
    while (this.#storing) await this.#storing;
  }

  /** Those after a number, oldest first, and from where to go on. @param page.limit at least 1 */
  async page({
    after,
    limit,
    ...filter
  }: EventFilter & { readonly after: number; readonly limit: number }): Promise<EventPage> {
    const { store } = this.#options;
    // Whatever comes meanwhile is for the next page, so that nothing can lie between the two.
    const newest = this.#newest;
    const items: StoredEvent[] = [];
    let next = Math.max(after, ((await store.oldest()) ?? newest + 1) - 1);
    while (next < newest) {
      // A page may be long, many that nobody wants may lie between, and a crowd may read at the same time: others have their turn.
      await this.#turnstile.pass();
      const upTo = Math.min(newest, next + WINDOW);
      const most = Math.min(READ, limit - items.length);
      const some = await store.list({ ...filter, after: next, upTo, limit: most });
      items.push(...some);
      next = (some.length === most ? some.at(-1)?.seq : undefined) ?? upTo;
      if (items.length >= limit) break;
    }
    // Who asks for more than there is stays where they are.
    return { items, next: Math.max(after, next) };
  }

  /** The number of the oldest that is still kept; undefined when there is none. */
  oldest(): Promise<number | undefined> {
    return this.#options.store.oldest();
  }

  /** When the first event after a number happened, milliseconds since 1970; undefined when there is none. */
  timeAfter(seq: number): Promise<number | undefined> {
    return this.#options.store.timeAfter(seq);
  }

  /** Resolves as soon as there is one after `after`, or when `signal` aborts. Never rejects. */
  changed(after: number, signal: AbortSignal): Promise<void> {
    if (this.#newest > after || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = (): void => {
        stop();
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const stop = this.events.on('stored', finish);
      signal.addEventListener('abort', finish, { once: true });
    });
  }

  /** Takes no more; resolves when all of it is stored, or the disk has refused it once more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#retry?.();
    this.#retry = undefined;
    await this.#storing;
    if (this.#unstored.length > 0) await this.#storeAll();
  }

  #store(): void {
    if (this.#retry) return;
    this.#storing ??= this.#storeAll().finally(() => {
      this.#storing = undefined;
      // Something may have happened between the last look and here.
      if (this.#unstored.length > 0 && !this.#closed) this.#store();
    });
  }

  async #storeAll(): Promise<void> {
    const { clock, log, store } = this.#options;
    while (this.#unstored.length > 0) {
      // What else happens in this moment goes with it.
      await Promise.resolve();
      const batch = this.#unstored.slice(0, BATCH);
      try {
        this.#newest = await store.add(batch);
      } catch (error) {
        log.error('events could not be stored, and are once they can', {
          waiting: this.#unstored.length,
          reason: messageOf(error),
        });
        if (!this.#closed) {
          this.#retry = clock.after(RETRY_MS, () => {
            this.#retry = undefined;
            this.#store();
          });
        }
        return;
      }
      this.#unstored.splice(0, batch.length);
      this.#written += batch.length;
      this.#tellLost();
      this.events.emit('stored', this.#newest);
      // A crowd must not hold the event loop.
      if (this.#unstored.length > 0) await turn();
    }
  }

  #tellLost(): void {
    if (this.#lost === 0) return;
    const data = { count: this.#lost };
    this.#lost = 0;
    this.#options.log.error('events were lost while they could not be stored', data);
    this.#unstored.push({ type: 'events.lost', data, atMs: this.#options.clock.wallMs() });
  }
}

/** Whoever records never gets an error for it: what is too large is left out, and that is said. */
function withinLimits(draft: EventDraft): EventDraft {
  if (!draft.data || JSON.stringify(draft.data).length <= MAX_DATA_LENGTH) return draft;
  return { ...draft, data: { tooLarge: true } };
}

/** Resolves when the event loop has turned. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
