/** What the API needs of the event log. */
import type { EventSink } from '../events/event.ts';
import type { EventFilter } from '../events/event-filter.ts';
import type { EventPage } from '../events/event-log.ts';

/** Met by `EventLog`. */
export interface EventControl extends EventSink {
  /** The highest number that is stored; 0: none yet. */
  readonly newest: number;
  /** Resolves when what was recorded so far is stored, or could not be; never rejects. */
  stored(): Promise<void>;
  /** Those after a number, oldest first, and from where to go on. */
  page(page: EventFilter & { readonly after: number; readonly limit: number }): Promise<EventPage>;
  /** The number of the oldest that is still kept; undefined when there is none. */
  oldest(): Promise<number | undefined>;
  /** Resolves as soon as there is one after `after`, or when `signal` aborts; never rejects. */
  changed(after: number, signal: AbortSignal): Promise<void>;
}
