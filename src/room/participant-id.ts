/** Who somebody is that came with a link for many. */
import { createHash } from 'node:crypto';

/**
 * The id of whoever holds this invite and knows this secret. Nobody else can come to the same id, which everybody sees; over
 * WebSocket and over HTTP it is the same.
 */
export function guestId(room: string, token: string, secret: string): string {
  const text = JSON.stringify([room, token, secret]);
  return `p-${createHash('sha256').update(text).digest('base64url').slice(0, 16)}`;
}

/** Tells the same browser again in a room, whatever token it comes with; undefined: it has not said. Told to nobody. */
export function clientKey(room: string, secret: string | undefined): string | undefined {
  if (secret === undefined) return undefined;
  return createHash('sha256')
    .update(JSON.stringify(['client', room, secret]))
    .digest('base64url')
    .slice(0, 22);
}
