/** An event, as the log stores it and webhooks deliver it. */
import type { EventType } from './event-types.ts';

/** Values that JSON can hold. */
export type EventValue =
  | string
  | number
  | boolean
  | null
  | readonly EventValue[]
  | { readonly [key: string]: EventValue };

/** Who did something, or to whom it was done, as they were then. */
export interface EventPerson {
  readonly id: string;
  readonly name: string;
  readonly role: 'admin' | 'host' | 'participant' | 'viewer' | 'user' | 'server';
}

/** Something that has just happened; the log gives it its number and its time. */
export interface EventDraft {
  readonly type: EventType;
  readonly room?: string;
  /** Absent: the server itself, by a rule. */
  readonly actor?: EventPerson;
  readonly subject?: EventPerson;
  /** What else is to be said; never a token, never media. */
  readonly data?: Readonly<Record<string, EventValue>>;
}

/** Takes what happens, in order; never throws and never makes the caller wait. */
export interface EventSink {
  record(draft: EventDraft): void;
}
