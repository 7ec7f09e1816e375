/** What the bar of a page says about whoever looks at it: pure. */
import type { Session } from '../../src/client/types.ts';

/** A session as the browser keeps it. */
export interface KeptSession {
  readonly token: string;
  readonly user: { readonly id: string; readonly name: string };
}

/** What the server tells of a token, as far as the bar wants to know. */
export type ToldSession = Pick<Session, 'role' | 'user' | 'accounts'>;

/** Nothing, a link to where one signs in, or somebody's name. */
export type AccountMark =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'person'; readonly id: string; readonly name: string; readonly admin: boolean };

/** Whoever is kept is named at once; where nobody is, it needs the server's word that one can sign in. */
export function accountMark(kept: KeptSession | undefined, told: ToldSession | undefined): AccountMark {
  if (kept) {
    const admin = told?.role === 'admin' && told.user?.id === kept.user.id;
    return { kind: 'person', id: kept.user.id, name: kept.user.name, admin };
  }
  return told?.accounts.enabled === true ? { kind: 'sign-in' } : { kind: 'nothing' };
}

/** The session with the name that the account has now; the same object while it is the same. */
export function renewedSession(kept: KeptSession, told: ToldSession): KeptSession {
  const { user } = told;
  if (!user || user.id !== kept.user.id || user.name === kept.user.name) return kept;
  return { ...kept, user: { id: user.id, name: user.name } };
}
