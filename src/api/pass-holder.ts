/** What a viewer's pass ends with beside its time, as it stands behind the pass. Pure. */
import type { AccountSession } from './account-session.ts';

/** At most one of them. */
export interface PassHolder {
  /** The invite that they came by. */
  readonly invite?: string | undefined;
  readonly session?: AccountSession | undefined;
}

const INVITE = /^\.([A-Za-z0-9_-]{1,64})$/;
const SESSION = /^\.([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{1,64})\.(\d{1,15})$/;

/** Empty for tokens of the room. Everybody who came by the same link has the same addresses, so that caches share. */
export function formatHolder({ invite, session }: PassHolder): string {
  if (session) return `.${session.token}.${session.user}.${session.version}`;
  return invite === undefined ? '' : `.${invite}`;
}

/** The other way round; false for what is none. */
export function parseHolder(text: string): PassHolder | false {
  if (text === '') return {};
  const [, token, user, version] = SESSION.exec(text) ?? [];
  if (token !== undefined && user !== undefined && version !== undefined) return { session: { token, user, version } };
  const invite = INVITE.exec(text)?.[1];
  return invite === undefined ? false : { invite };
}
