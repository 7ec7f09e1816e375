/** What a share link shows, and how asking for it ended. */
import { type ApiError, problemOf, problemToError } from '../api-client.ts';
import type { SharedRecording } from '../recording-types.ts';
import { type Problem, saidProblem } from '../util/problem.ts';

/** Told apart by `kind`. */
export type SharedNews =
  | { readonly kind: 'open'; readonly recording: SharedRecording }
  /** It has expired or was taken back. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown' }
  /** Worth another try: this is why. */
  | { readonly kind: 'away'; readonly reason: Problem };

/** The token of `/shared/TOKEN`, else an empty text. */
export function sharedToken(pathname: string): string {
  return /^\/shared\/([A-Za-z0-9._~-]{1,512})\/?$/.exec(pathname)?.[1] ?? '';
}

/** Never rejects, unless `signal` aborts. */
export async function askForShared(server: string, token: string, signal: AbortSignal): Promise<SharedNews> {
  try {
    const url = new URL(`/api/shared/${encodeURIComponent(token)}`, server);
    const response = await fetch(url, { headers: { accept: 'application/json' }, signal });
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok && isShared(body)) return { kind: 'open', recording: body };
    return newsOf(problemToError(body, response.status));
  } catch (error) {
    if (signal.aborted) throw error;
    const said = 'The server does not answer; check the network, then try again.';
    return { kind: 'away', reason: saidProblem(said, 'unreachable') };
  }
}

/** What a refusal means for who has the link. */
function newsOf(error: ApiError): SharedNews {
  const { status, unauthorized } = error;
  if (status === 410 || unauthorized) return { kind: 'gone' };
  if (status === 404 || status === 400) return { kind: 'unknown' };
  return { kind: 'away', reason: problemOf('', error) };
}

function isShared(body: unknown): body is SharedRecording {
  if (typeof body !== 'object' || body === null || !('title' in body) || !('media' in body)) return false;
  const { media } = body;
  return typeof media === 'object' && media !== null && 'mp4' in media && typeof media.mp4 === 'string';
}
