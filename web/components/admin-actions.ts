/** What lists of the admin page do alike: stay fresh, run a request, show its failure, tell the page that something changed. */
import type { LitElement } from 'lit';
import { ApiError } from '../api-client.ts';
import { Poller } from '../controllers/poller.ts';

/** Part of one list. */
export interface ListHost extends LitElement {
  /** Id of the item a request is under way for, else empty. */
  busy: string;
  /** What was thrown last; undefined when all went well. */
  failure: unknown;
}

/**
 * Runs `request` for the item `id`, unless one is under way: buttons say so. Afterwards sends `gridcast-changed`, or `gridcast-unauthorized`
 * when refused for the token.
 */
export async function runAction(host: ListHost, id: string, request: () => Promise<unknown>): Promise<void> {
  if (host.busy !== '') return;
  host.failure = undefined;
  await run(host, id, request);
}

/** The same for what somebody has been asked about and has confirmed: it waits for the request that is under way. */
export async function runConfirmed(host: ListHost, id: string, request: () => Promise<unknown>): Promise<void> {
  if (host.busy === '') host.failure = undefined;
  while (host.busy !== '') {
    await new Promise((resolve) => host.addEventListener('gridcast-changed', resolve, { once: true }));
  }
  // What became of the one before stays to be read, unless this one fails as well.
  await run(host, id, request);
}

async function run(host: ListHost, id: string, request: () => Promise<unknown>): Promise<void> {
  host.busy = id;
  try {
    await request();
  } catch (error) {
    host.failure = error;
    reportUnauthorized(host, error);
  } finally {
    host.busy = '';
  }
  host.dispatchEvent(new CustomEvent('gridcast-changed', { bubbles: true, composed: true }));
}

/** A `Poller` whose page asks for another token when a request is refused for this one. */
export function pollAsAdmin<T>(
  host: LitElement,
  everyMs: () => number,
  task: (signal: AbortSignal) => Promise<T>,
): Poller<T> {
  return new Poller(host, everyMs, async (signal) => {
    try {
      return await task(signal);
    } catch (error) {
      reportUnauthorized(host, error);
      throw error;
    }
  });
}

/** Lets the page ask for another token when `error` says that this one does not hold. */
export function reportUnauthorized(host: LitElement, error: unknown): void {
  if (!(error instanceof ApiError) || !error.unauthorized) return;
  host.dispatchEvent(new CustomEvent('gridcast-unauthorized', { bubbles: true, composed: true, detail: error }));
}
