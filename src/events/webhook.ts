/** What a webhook is, and the decisions about it: its signature, its pauses between tries, when it is given up. */
import { createHmac } from 'node:crypto';
import { type RetryPolicy, retryDelay } from '../util/retry.ts';
import type { EventFilter } from './event-filter.ts';

/** Why nothing is sent at the moment: an admin said so, it failed for too long, or the receiver answered 410. */
export type PauseReason = 'asked' | 'failing' | 'gone';

/** A receiver of events, as it is stored. Times in milliseconds since 1970. */
export interface Webhook extends EventFilter {
  readonly id: string;
  readonly url: string;
  /** What its requests are signed with. */
  readonly secret: string;
  readonly createdMs: number;
  /** Whatever comes after the event of this number is still to be sent. */
  readonly cursor: number;
  readonly paused: PauseReason | undefined;
  /** Tries of the next event that failed. */
  readonly failures: number;
  /** Since when nothing has worked; undefined: it works, or was never tried. */
  readonly failingSinceMs: number | undefined;
  /** Not before this time. */
  readonly nextMs: number;
}

/** How one try ended. */
export interface Delivery {
  /** Number of the event. */
  readonly seq: number;
  readonly type: string;
  readonly atMs: number;
  /** Counts from 1 for each event. */
  readonly attempt: number;
  /** Milliseconds until the answer was there. */
  readonly tookMs: number;
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  /** The beginning of what the receiver answered, or why there was no answer. */
  readonly answer: string;
}

/** Two seconds, doubling up to two minutes, for ever: the time a webhook may fail is limited elsewhere. */
const RETRY: RetryPolicy = { firstMs: 2000, maxMs: 120_000, attempts: Number.POSITIVE_INFINITY, forgetAfterMs: 0 };
/** A receiver that names a time for the next try is believed up to this, milliseconds. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/** The header that proves who sent a body, and when: of HMAC-SHA256 over the time, a dot and the body. */
export function signatureOf(secret: string, body: string, unixSeconds: number): string {
  const mac = createHmac('sha256', secret).update(`${unixSeconds}.${body}`).digest('hex');
  return `t=${unixSeconds},v1=${mac}`;
}

/** Whether an answer means that the receiver has taken the event. */
export function isTaken(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

/**
 * Milliseconds until the next try after so many failures, at least 1. @param random from 0 up to 1: receivers of many servers
 * must not be asked by all of them at the same moment @param retryAfterS what the receiver wished for
 */
export function pauseMs(failures: number, random: number, retryAfterS = 0): number {
  const base = retryDelay(RETRY, failures) ?? RETRY.maxMs;
  return Math.max(base / 2 + (base / 2) * random, Math.min(retryAfterS * 1000, MAX_RETRY_AFTER_MS));
}

/** Whether a webhook that has just failed is not tried any more. */
export function pauseReason(
  failure: { readonly status: number | undefined; readonly failingMs: number },
  pauseAfterMs: number,
): PauseReason | undefined {
  if (failure.status === 410) return 'gone';
  return failure.failingMs >= pauseAfterMs ? 'failing' : undefined;
}
