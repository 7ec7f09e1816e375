/** Which pages may show what comes from here as a picture, a film or a script: Cross-Origin-Resource-Policy. Pure. */

/** A request, as far as it matters here. */
export interface ResourceRequest {
  /** Without the query. */
  readonly path: string;
  /** Header Origin, which browsers send where a page may read the answer, and leave out of pictures and films. */
  readonly origin: string | undefined;
  /** Header Referer: all that tells whose page shows a picture. */
  readonly referer: string | undefined;
}

/** What a player on another site needs of the API: the clock, the count of those who watch, and the chat. */
const PLAYERS = /^\/api\/(?:time|rooms\/[^/]+\/(?:viewers|chat(?:\/[^/]+(?:\/delete)?)?))$/;
/** What a link to a recording shows. */
const SHARED = /^\/api\/shared\/[^/]+\/[^/]+$/;

/** What the program of a public room shows, for pictures alone; of a private room a token opens them, which pictures cannot send. */
const IMAGES = /^\/api\/rooms\/[^/]+\/images\/(?:logo|background)$/;

/**
 * What any site may read by script, too: scripts of the elements, and what players need. Live media are among them also where a
 * room is private: their addresses hold what opens them, so that whoever knows one needs no visitor's browser to get at them.
 */
export function isOpenToAll(path: string): boolean {
  return /^\/(?:hls|assets|embed)\//.test(path) || PLAYERS.test(path);
}

/** Pages that only show: whoever is signed in can do no more in them than watch. */
const SHOWING_PAGES = /^\/(?:watch|shared)\/[^/]+\/?$/;

/** Whether pages of the origins that the operator names may have it in a frame. Rooms are elements there: they do what their token allows. */
export function isShownInFrames(path: string): boolean {
  return SHOWING_PAGES.test(path);
}

/**
 * `cross-origin` for what is made to be shown anywhere, and for pages of the origins that the operator names. Everything else is
 * for pages of this very server, although its address may hold a ticket: that is one person's, and not for a page that got hold of it.
 */
export function resourcePolicy(
  { path, origin, referer }: ResourceRequest,
  allowed: ReadonlySet<string>,
): 'cross-origin' | 'same-origin' {
  if (isOpenToAll(path) || SHARED.test(path) || IMAGES.test(path)) return 'cross-origin';
  if (!path.startsWith('/api/')) return 'same-origin';
  const asker = origin ?? originOf(referer);
  return asker !== undefined && allowed.has(asker) ? 'cross-origin' : 'same-origin';
}

function originOf(referer: string | undefined): string | undefined {
  return referer === undefined ? undefined : URL.parse(referer)?.origin;
}
