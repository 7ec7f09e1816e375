/**
 * Links to a room. Tokens of pages travel in the fragment, which browsers send to nobody, so that no log ever holds one.
 * Players take theirs in the query, which our own log leaves out.
 */
import type { Grant, RoomRole } from './grant.ts';
import type { RoomView } from './ports.ts';
import { type IssuedToken, MAX_TTL_SECONDS, type Tokens } from './tokens.ts';

/** Links as the API shows them. */
export interface RoomLinks {
  readonly join?: string;
  readonly host?: string;
  readonly watch: string;
  readonly hls: string;
}

/** Whom the links are for: the creator sees what an admin sees, and whoever is held up at the door gets no invite. */
export type LinkAudience = Grant['role'] | 'creator' | 'outsider';

/** The page that a token of this role opens. */
export function pageLink(base: string, room: string, role: RoomRole, token: string): string {
  return `${base}/${role === 'viewer' ? 'watch' : 'r'}/${room}#token=${token}`;
}

/** A token as whoever has asked for it gets it, with the page that it opens. */
export function tokenAnswer(base: string, room: string, role: RoomRole, issued: IssuedToken): object {
  const { token, identity, expiresAt } = issued;
  return { token, role, identity, expires: expiresAt.toISOString(), link: pageLink(base, room, role, token) };
}

/** The page that shows a recording to whoever has its link. Its token is in the path, which our own log leaves out. */
export function shareLink(base: string, token: string): string {
  return `${base}/shared/${token}`;
}

/**
 * Whoever may invite gets fresh invites, good for `ttlSeconds` but at most 30 days; others only see where to watch. To watch
 * a private room takes an invite too, which everybody gets who may watch.
 */
export async function roomLinks(
  tokens: Tokens,
  base: string,
  room: RoomView,
  options: { readonly audience: LinkAudience; readonly ttlSeconds: number; readonly invite?: string },
): Promise<RoomLinks> {
  const { audience, invite: by } = options;
  const ttlSeconds = Math.min(MAX_TTL_SECONDS, options.ttlSeconds);
  const inviteToken = async (role: RoomRole): Promise<string> =>
    (await tokens.invite({ room: room.id, role, ttlSeconds, ...(by !== undefined && { invite: by }) })).token;
  const invite = async (role: RoomRole): Promise<string> => pageLink(base, room.id, role, await inviteToken(role));
  const hls = `${base}/hls/${room.id}/index.m3u8`;
  const all = audience === 'admin' || audience === 'creator';
  return {
    ...(all || audience === 'host' ? { join: await invite('participant') } : {}),
    ...(all ? { host: await invite('host') } : {}),
    ...(room.viewing.access === 'public' || audience === 'outsider'
      ? { watch: `${base}/watch/${room.id}`, hls }
      : { watch: await invite('viewer'), hls: `${hls}?token=${await inviteToken('viewer')}` }),
  };
}
