/** Figures of all webhooks together, for the metrics: pure. */
import { isTaken, type Webhook } from './webhook.ts';

/** How one try ended: the receiver took the event, answered otherwise, or gave no answer. */
export const DELIVERY_RESULTS = ['taken', 'refused', 'unanswered'] as const;
/** One of them. */
export type DeliveryResult = (typeof DELIVERY_RESULTS)[number];

/** The last try worked or there was none yet; it is tried again; an admin has paused it; the server has given it up. */
export const WEBHOOK_CONDITIONS = ['working', 'retrying', 'paused', 'given_up'] as const;
/** One of them; each webhook is in exactly one. */
export type WebhookCondition = (typeof WEBHOOK_CONDITIONS)[number];

/** One webhook, as far as figures go. */
export interface WebhookPlace extends Pick<Webhook, 'paused' | 'failures'> {
  /** Events of the log that are still to be looked at for it. */
  readonly behind: number;
  /** When the first of them happened, milliseconds since 1970; undefined when there is none. */
  readonly waitsSinceMs: number | undefined;
}

/** All webhooks of one condition. */
export interface ConditionFigures {
  readonly webhooks: number;
  /** Events that wait, counted for each webhook. */
  readonly waiting: number;
  /** Milliseconds since the oldest of them happened; 0: none waits. */
  readonly oldestMs: number;
}

/** Counts since the start, and what is at this moment. */
export interface WebhookFigures {
  readonly tries: Readonly<Record<DeliveryResult, number>>;
  readonly conditions: Readonly<Record<WebhookCondition, ConditionFigures>>;
  /** Tries in a row of the webhook that fails the longest; those that are not tried any more do not count. */
  readonly failuresInARow: number;
}

/** @param status of HTTP; undefined when there was no answer */
export function resultOf(status: number | undefined): DeliveryResult {
  if (status === undefined) return 'unanswered';
  return isTaken(status) ? 'taken' : 'refused';
}

/** Only what an admin did not ask for is trouble. */
export function conditionOf({ paused, failures }: Pick<Webhook, 'paused' | 'failures'>): WebhookCondition {
  if (paused === 'asked') return 'paused';
  if (paused !== undefined) return 'given_up';
  return failures > 0 ? 'retrying' : 'working';
}

/** Sums them up by condition. @param nowMs milliseconds since 1970 */
export function conditionFigures(places: readonly WebhookPlace[], nowMs: number): WebhookFigures['conditions'] {
  const figures = (condition: WebhookCondition): ConditionFigures => {
    const some = places.filter((place) => conditionOf(place) === condition);
    const since = some.flatMap(({ waitsSinceMs }) => (waitsSinceMs === undefined ? [] : [waitsSinceMs]));
    return {
      webhooks: some.length,
      waiting: some.reduce((sum, { behind }) => sum + behind, 0),
      // A clock that was set back must not make anything younger than it is.
      oldestMs: Math.max(0, nowMs - Math.min(nowMs, ...since)),
    };
  };
  return {
    working: figures('working'),
    retrying: figures('retrying'),
    paused: figures('paused'),
    given_up: figures('given_up'),
  };
}

/** Tries in a row of whoever is tried again and has failed the most often; 0: nobody fails. */
export function mostFailures(places: readonly WebhookPlace[]): number {
  return Math.max(0, ...places.filter(({ paused }) => paused === undefined).map(({ failures }) => failures));
}
