/** Addresses of rooms: what people paste, and what pages carry in their own. */

const ROOM_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** What an address says. */
export interface RoomAddress {
  readonly room: string;
  /** Empty when it carries none. */
  readonly token: string;
  readonly page: 'join' | 'watch';
}

interface WatchedRoom {
  readonly links: { readonly watch: string };
  readonly viewing?: { readonly access: 'public' | 'private' };
}

/** Reads a pasted link or a bare room id; undefined when it is neither. `origin` is that of this page. */
export function parseRoomAddress(text: string, origin: string): RoomAddress | undefined {
  const trimmed = text.trim();
  if (ROOM_ID.test(trimmed)) return { room: trimmed, token: '', page: 'join' };
  let url: URL;
  try {
    url = new URL(trimmed, origin);
  } catch {
    return undefined;
  }
  const match = /^\/(r|watch)\/([^/]+)\/?$/.exec(url.pathname);
  const room = match?.[2] ?? '';
  if (!ROOM_ID.test(room)) return undefined;
  return { room, token: tokenOfFragment(url.hash), page: match?.[1] === 'watch' ? 'watch' : 'join' };
}

/** The token in a fragment such as `#token=abc`, else an empty text. */
export function tokenOfFragment(fragment: string): string {
  return namedToken(fragment) ?? '';
}

/** The same; undefined when the fragment says nothing of a token, empty when it says that there is none. */
export function namedToken(fragment: string): string | undefined {
  return new URLSearchParams(fragment.replace(/^#/, '')).get('token') ?? undefined;
}

/** The page of a room, with the token in the fragment, which never reaches a server's log. */
export function roomPath(page: 'join' | 'watch', room: string, token = ''): string {
  const path = `/${page === 'join' ? 'r' : 'watch'}/${encodeURIComponent(room)}`;
  return token === '' ? path : `${path}#${new URLSearchParams({ token }).toString()}`;
}

/** The page of a room for somebody who has signed in and is its host: whatever link this tab came by before is forgotten. */
export function ownRoomPath(room: string): string {
  return `${roomPath('join', room)}#token=`;
}

/** Where everybody may watch a room; empty for a private one, which takes a link of its own. */
export function publicWatch({ links, viewing }: WatchedRoom): string {
  return viewing?.access === 'private' ? '' : links.watch;
}

/** The room's WebSocket on `server`, an http or https origin. */
export function socketUrl(server: string, room: string): string {
  const url = new URL('/ws', server);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('room', room);
  return url.href;
}

/** Whether a room token is an invite for anybody: one made for a person names them, and is theirs alone. */
export function isInvite(token: string): boolean {
  const claims = claimsOf(token);
  return claims !== undefined && 'role' in claims && !('sub' in claims);
}

/** The id of the invite that somebody with this token came by; an empty text when it was none that can be taken back. */
export function inviteIdOf(token: string): string {
  const id = claimsOf(token)?.['inv'];
  return typeof id === 'string' ? id : '';
}

/** Whether whoever comes with this token, or with none, is asked for the room's password, if it has one. */
export function needsPassword(token: string): boolean {
  if (token === '') return true;
  const claims = claimsOf(token);
  return claims !== undefined && 'role' in claims && claims['role'] === 'participant' && !('sub' in claims);
}

/** Whom a server takes whoever comes with this token from this browser for: one person may have several. */
export function personOf(token: string): string {
  const person = claimsOf(token)?.['sub'];
  return typeof person === 'string' ? `person ${person}` : token;
}

/** What a signed token says; its signature is the server's business. */
function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const body = token.split('.')[1] ?? '';
  try {
    const claims: unknown = JSON.parse(atob(body.replaceAll('-', '+').replaceAll('_', '/')));
    return typeof claims === 'object' && claims !== null ? { ...claims } : undefined;
  } catch {
    return undefined;
  }
}
