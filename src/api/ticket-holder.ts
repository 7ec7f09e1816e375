/** For whom a ticket was made, as it stands in the ticket: it ends with what they came by, or when a host sends them out. Pure. */
import { z } from 'zod';

/** What ends a ticket before its time. */
export interface TicketHolder {
  /** From which a host may have sent them out. */
  readonly room: string;
  /** Their id there; absent: with a link for many, without having said who they are. */
  readonly identity?: string | undefined;
  /** When their token was signed, whole seconds; undefined counts as old. */
  readonly issuedAt?: Date | undefined;
  /** The invite that they came by. */
  readonly invite?: string | undefined;
  /** Under which their token is taken back. */
  readonly revocation?: string | undefined;
  /** The account that has signed in, and the version of its tokens: another password and the like make it another one. */
  readonly account?: { readonly user: string; readonly version: string } | undefined;
}

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** In the claims of a ticket; all absent in one for nobody in particular. */
export const holderClaims = z.object({
  room: id.optional(),
  sub: id.optional(),
  // Seconds since 1970.
  since: z
    .string()
    .regex(/^\d{1,12}$/)
    .optional(),
  inv: id.optional(),
  tok: z.string().min(1).max(200).optional(),
  usr: id.optional(),
  ver: z.string().optional(),
});

/** The claims for a ticket. */
export function holderToClaims(holder: TicketHolder | undefined): Record<string, string> {
  if (!holder) return {};
  const { room, identity, issuedAt, invite, revocation, account } = holder;
  return {
    room,
    ...(identity !== undefined && { sub: identity }),
    ...(issuedAt && { since: String(Math.floor(issuedAt.getTime() / 1000)) }),
    ...(invite !== undefined && { inv: invite }),
    ...(revocation !== undefined && { tok: revocation }),
    ...(account && { usr: account.user, ver: account.version }),
  };
}

/** The other way round; undefined for a ticket for nobody in particular. */
export function holderFromClaims(claims: z.output<typeof holderClaims>): TicketHolder | undefined {
  const { room, sub: identity, since, inv: invite, tok: revocation, usr: user, ver: version } = claims;
  if (room === undefined) return undefined;
  const issuedAt = since === undefined ? undefined : new Date(Number(since) * 1000);
  const account = user === undefined || version === undefined ? undefined : { user, version };
  return { room, identity, issuedAt, invite, revocation, account };
}
