/** Events as they come, for whoever keeps a request open. */
import type { EventFilter } from '../events/event-filter.ts';
import type { StoredEvent } from '../events/event-store.ts';
import { LimitError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import type { EventControl } from './event-port.ts';

/** Requests that are held at the same time, of all askers. */
export const MAX_HELD = 50;
/** Something is sent at least so often: whatever stands between takes a silent line for a dead one. */
const BEAT_MS = 15_000;
const PAGE = 100;

/** Counts requests that are held. */
export class HeldRequests {
  #held = 0;

  /** Gives back its place when called. @throws LimitError `too_many_waiting`. */
  take(): () => void {
    if (this.#held >= MAX_HELD) {
      throw new LimitError(
        'too_many_waiting',
        `At most ${MAX_HELD} requests wait for events at the same time; ask again in some seconds, or use a webhook.`,
        503,
      );
    }
    this.#held += 1;
    let given = false;
    return () => {
      if (!given) this.#held -= 1;
      given = true;
    };
  }
}

/** Resolves when there is an event after `after`, when `ms` milliseconds have gone by, or when `gone` aborts. */
export async function nextEvent(
  events: EventControl,
  clock: Clock,
  wait: { readonly after: number; readonly ms: number; readonly gone: AbortSignal },
): Promise<void> {
  const over = new AbortController();
  const cancel = clock.after(wait.ms, () => over.abort());
  await events.changed(wait.after, AbortSignal.any([wait.gone, over.signal]));
  cancel();
}

/** Options of `eventFeed`. */
export interface EventFeedOptions extends EventFilter {
  readonly events: EventControl;
  readonly clock: Clock;
  /** Number of the last event that the reader knows. */
  readonly after: number;
  /** Aborts when nobody reads any more. */
  readonly gone: AbortSignal;
  /** Whether the reader may still; asked with each beat. */
  readonly mayRead: () => Promise<boolean>;
}

function framed(event: StoredEvent): string {
  return `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** Server-sent events. Reads on only when the reader takes what there is, so that a slow one costs a page and no more. */
export async function* eventFeed(options: EventFeedOptions): AsyncGenerator<string, void> {
  const { events, clock, gone, mayRead, types, rooms } = options;
  const filter = { ...(types && { types }), ...(rooms && { rooms }) };
  let { after } = options;
  let checkedMs = clock.monotonicMs();
  yield 'retry: 2000\n\n';
  while (!gone.aborted) {
    const page = await events.page({ ...filter, after, limit: PAGE });
    // At once: each piece costs a stream more than an event costs us.
    if (page.items.length > 0) yield page.items.map(framed).join('');
    after = page.next;
    await nextEvent(events, clock, { after, ms: BEAT_MS, gone });
    if (gone.aborted || clock.monotonicMs() - checkedMs < BEAT_MS) continue;
    if (!(await mayRead())) return;
    checkedMs = clock.monotonicMs();
    // The number of the last one that was looked at: whoever comes back need not have all of it looked through again.
    yield `id: ${after}\n: \n\n`;
  }
}
