/** What the fields of a new link say, as the API takes it: pure. */
import type { CreateInvite, Invite } from '../../src/client/types.ts';

/** The most people that a link can be for, as the server has it. */
export const MOST_USES = 1000;
/** As long a name as the server takes. */
export const MAX_INVITE_LABEL = 100;

const HOUR_S = 3600;
/** How long a link may hold. */
export const TERMS = [
  { seconds: HOUR_S, unit: 'hours', count: 1 },
  { seconds: 6 * HOUR_S, unit: 'hours', count: 6 },
  { seconds: 24 * HOUR_S, unit: 'days', count: 1 },
  { seconds: 7 * 24 * HOUR_S, unit: 'days', count: 7 },
  { seconds: 30 * 24 * HOUR_S, unit: 'days', count: 30 },
] as const;
/** The term that stands in the field at first, seconds. */
export const USUAL_TERM_S = 24 * HOUR_S;
/** Life of a link that is given before anybody is there, and may be meant for next week: as long as there is. */
export const LONG_TERM_S = 30 * 24 * HOUR_S;

/** As they are chosen: what most links are for goes first. */
export const INVITE_ROLES = ['participant', 'viewer', 'host'] as const;

/** By which the links that pages show first are known again, whatever language they are shown in. */
export const QUICK_LABEL = 'Quick link';

/** As they stand in the fields. */
export interface InviteFields {
  readonly label: string;
  readonly role: string;
  /** Seconds. */
  readonly term: string;
  /** Empty: as many as like. */
  readonly uses: string;
}

/** What has to be said for such a link; undefined when the number of people does not do. */
export function inviteOrder({ label, role, term, uses }: InviteFields): CreateInvite | undefined {
  const most = uses.trim() === '' ? undefined : Number(uses);
  if (most !== undefined && !(Number.isInteger(most) && most >= 1 && most <= MOST_USES)) return undefined;
  const name = label.trim();
  return {
    role: INVITE_ROLES.find((known) => known === role) ?? 'participant',
    ttl: TERMS.find(({ seconds }) => String(seconds) === term)?.seconds ?? USUAL_TERM_S,
    ...(most !== undefined && { uses: most }),
    ...(name !== '' && { label: name }),
  };
}

/** What has to be said for a link at the top of the dialog, or for `ttl` seconds. */
export function quickOrder(role: Invite['role'], ttl = USUAL_TERM_S): CreateInvite {
  return { role, ttl, label: QUICK_LABEL };
}

/**
 * The one that there is, for as long as at least half of its term is left: so however often somebody asks, few are ever made.
 * @param nowMs by the clock of the server
 */
export function lastingQuickLink(held: readonly Invite[], role: Invite['role'], nowMs: number): Invite | undefined {
  return held.find(({ label, role: of, uses, createdAt, expires }) => {
    const endMs = Date.parse(expires);
    const lasts = endMs - nowMs >= (endMs - Date.parse(createdAt)) / 2;
    return label === QUICK_LABEL && of === role && uses === undefined && lasts;
  });
}

/** Whether nobody new comes in by it any more, though it has not ended. */
export function isUsedUp({ uses, used }: Pick<Invite, 'uses' | 'used'>): boolean {
  return uses !== undefined && used >= uses;
}
