/** Calls of people, as far as the API shows them. */
import type { StoredCall } from '../calls/call-store.ts';

/** Reads only: calls are made over `/ws/contacts`. */
export interface CallControl {
  /** Somebody's, newest first, those before the number `before`. */
  list(
    user: string,
    page: { readonly limit: number; readonly before?: number; readonly missed?: boolean },
  ): Promise<readonly StoredCall[]>;
  /** Missed calls that somebody has not looked at. */
  missedCount(user: string): Promise<number>;
}
