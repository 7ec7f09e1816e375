/** Which close codes keep a participant's place. */
import { CLOSE_CODES, mayReconnect } from '../protocol/close-codes.ts';

/**
 * Whether the place is kept after this end. 3000–3999 are the client's own: it gives up one connection to make another. With 1001
 * browsers close what a page leaves behind (RFC 6455 section 7.4.1), also where nothing of it was left to say goodbye.
 */
export function mayReturn(code: number): boolean {
  return (mayReconnect(code) && code !== CLOSE_CODES.goingAway) || (code >= 3000 && code < 4000);
}
