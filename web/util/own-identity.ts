/** The secret by which a server knows this browser again: whoever joins with it takes over from their other tabs. */
import { recall, remember } from './page-storage.ts';

const KEY = 'gridcast.identity';
const PEN_KEY = 'gridcast.pen';
const BYTES = 16;
/** 16 bytes in base64url. */
const FORM = /^[\w-]{22}$/;

/**
 * Kept in the browser; where that is forbidden, another one each time: asked twice, the same person would be two. The server ties it to
 * the room and the invite.
 */
export function ownIdentity(): string {
  return secretOf(KEY);
}

/** By which a server knows again who wrote in a chat; never the one that takes over a place in a room. */
export function ownPen(): string {
  return secretOf(PEN_KEY);
}

function secretOf(key: string): string {
  const kept = recall('local', key);
  if (FORM.test(kept)) return kept;
  const secret = base64url(crypto.getRandomValues(new Uint8Array(BYTES)));
  remember('local', key, secret);
  return secret;
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
