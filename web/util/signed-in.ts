/** Who has signed in with this browser. */
import { recall, remember } from './page-storage.ts';

/** A session as pages keep it. */
export interface SignedIn {
  readonly token: string;
  readonly user: { readonly id: string; readonly name: string };
}

const KEY = 'gridcast.session';
/** For this window, which hears nothing of its own storage. */
const CHANGED = 'gridcast-session';

/** Undefined when nobody has, or where browsers keep nothing. */
export function signedIn(): SignedIn | undefined {
  const kept = recall('local', KEY);
  if (kept === '') return undefined;
  try {
    const { token, user } = JSON.parse(kept) as Partial<SignedIn>;
    return typeof token === 'string' && user ? { token, user } : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a session for all pages of this browser. */
export function rememberSession(session: SignedIn): void {
  remember('local', KEY, JSON.stringify(session));
  window.dispatchEvent(new Event(CHANGED));
}

/** Forgets it; the server is told by whoever calls this. */
export function signOut(): void {
  remember('local', KEY, '');
  window.dispatchEvent(new Event(CHANGED));
}

/**
 * Calls `changed` when somebody signs in or out, in this window or another one, and when the browser takes this page back from its
 * history, where it has heard of nothing. @returns ends that.
 */
export function watchSession(changed: () => void): () => void {
  const elsewhere = (event: StorageEvent): void => {
    // All of the storage was emptied when there is no key.
    if (event.key === KEY || event.key === null) changed();
  };
  const back = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) changed();
  };
  window.addEventListener(CHANGED, changed);
  window.addEventListener('storage', elsewhere);
  window.addEventListener('pageshow', back);
  return () => {
    window.removeEventListener(CHANGED, changed);
    window.removeEventListener('storage', elsewhere);
    window.removeEventListener('pageshow', back);
  };
}
