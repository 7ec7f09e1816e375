/** The secret by which a server knows this browser again: whoever joins with it takes over from their other tabs. */
import { recall, remember } from './page-storage.ts';

const KEY = 'gridcast.identity';
const BYTES = 16;
/** 16 bytes in base64url. */
const FORM = /^[\w-]{22}$/;

/** Kept in the browser; where that is forbidden, another one each time. The server ties it to the room and the invite. */
export function ownIdentity(): string {
  const kept = recall('local', KEY);
  if (FORM.test(kept)) return kept;
  const identity = base64url(crypto.getRandomValues(new Uint8Array(BYTES)));
  remember('local', KEY, identity);
  return identity;
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
