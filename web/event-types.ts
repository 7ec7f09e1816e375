/** What the API tells of events and webhooks. */

/** Who did something, or to whom it was done. */
export interface EventPersonInfo {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}

/** Something that happened. */
export interface EventInfo {
  readonly seq: number;
  /** ISO 8601. */
  readonly at: string;
  readonly type: string;
  readonly room?: string;
  readonly actor?: EventPersonInfo;
  readonly subject?: EventPersonInfo;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A part of the log, oldest first. */
export interface EventPage {
  readonly items: readonly EventInfo[];
  /** Number to go on after. */
  readonly next: number;
  readonly newest: number;
}

/** How one try ended. */
export interface DeliveryInfo {
  readonly seq: number;
  readonly type: string;
  /** ISO 8601. */
  readonly at: string;
  readonly attempt: number;
  /** Seconds. */
  readonly took: number;
  readonly taken: boolean;
  readonly status?: number;
  readonly answer: string;
}

/** A receiver of events. */
export interface WebhookInfo {
  readonly id: string;
  readonly url: string;
  readonly types?: readonly string[];
  readonly rooms?: readonly string[];
  readonly state: 'working' | 'failing' | 'paused';
  readonly reason?: 'asked' | 'failing' | 'gone';
  /** Number of the last event that was taken. */
  readonly after: number;
  readonly behind: number;
  readonly failures: number;
  /** ISO 8601. */
  readonly failingSince?: string;
  /** ISO 8601. */
  readonly nextTry?: string;
  readonly last?: DeliveryInfo;
  /** Only when it has just been made. */
  readonly secret?: string;
}

/** A new one. */
export interface WebhookOrder {
  readonly url: string;
  readonly types?: readonly string[];
}
