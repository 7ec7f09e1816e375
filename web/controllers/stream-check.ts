/** Asks whether a room's stream is there, and what to make of the answer. */
import { type ApiError, problemToError } from '../api-client.ts';
import type { Problem } from '../util/problem.ts';

/** A stream that is there. */
export interface LiveNews {
  readonly kind: 'live';
  /** Tells one session from the next. */
  readonly session: string;
  /** Address of its first media playlist. */
  readonly playlistUrl: string;
  /** There are several qualities. */
  readonly choice: boolean;
}

/** What the server says of a stream. */
export type StreamNews =
  | LiveNews
  /** Nobody is live, or has been for long enough. */
  | { readonly kind: 'nothing' }
  /** There is no such room: not yet, not any more, or the link is wrong. */
  | { readonly kind: 'missing' }
  /** The server cannot be reached, or is in trouble. */
  | { readonly kind: 'away' }
  /** It will not be shown: this is why. */
  | { readonly kind: 'refused'; readonly problem: Problem };

const PRIVATE: Problem = {
  title: 'This room is private',
  detail: 'Ask the host for a watch link.',
  retry: true,
  code: 'player.private',
};
const EXPIRED: Problem = {
  title: 'This link no longer holds',
  detail: 'It has expired, or it was made for another room. Ask the host for a new watch link.',
  retry: true,
  code: 'player.expired',
};

/** Why a link of one's own does not hold, by the server's code; what to do is in its sentence. */
const REASONS: Readonly<Record<string, string>> = {
  token_revoked: 'This link was taken back',
  token_earlier_room: 'This link is for an earlier room',
  invite_used_up: 'This link has been used up',
  signed_out: 'You are signed out',
  removed: 'A host has removed you from this room',
  banned: 'You are kept out of this room',
};

/** A question about one stream. */
export interface StreamQuestion {
  /** Address of the multivariant playlist, with the token if there is one. */
  readonly url: string;
  readonly hasToken: boolean;
  /** Whether there is such a room at all; rejects when that cannot be told. */
  readonly exists: () => Promise<boolean>;
}

/** Never rejects; what is aborted is `away`. */
export async function askForStream(
  { url, hasToken, exists }: StreamQuestion,
  signal: AbortSignal,
): Promise<StreamNews> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { cache: 'no-store', signal });
    text = await response.text();
  } catch {
    return { kind: 'away' };
  }
  if (response.ok) {
    const variants = variantsOf(text);
    const playlistUrl = new URL(variants[0] ?? '', response.url || url).href;
    return { kind: 'live', session: sessionOf(playlistUrl), playlistUrl, choice: variants.length > 1 };
  }
  const error = problemToError(jsonOf(text), response.status);
  const { status } = error;
  if (error.unauthorized) return { kind: 'refused', problem: hasToken ? refusalOf(error) : PRIVATE };
  if (status !== 404) return { kind: 'away' };
  if (error.code === 'room_not_found') return { kind: 'missing' };
  // The room may go meanwhile. Other sites may play, but not ask for rooms.
  const known = await exists().catch(() => true);
  return { kind: known ? 'nothing' : 'missing' };
}

function refusalOf({ code, detail }: ApiError): Problem {
  const title = REASONS[code];
  return title === undefined ? EXPIRED : { title, detail, retry: true, code: `player.${code}` };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The folder of a media playlist: every session has its own, whatever pass of a private room stands before it. */
export function sessionOf(playlistUrl: string): string {
  return new URL(playlistUrl).pathname.split('/').at(-2) ?? '';
}

/** Addresses of the media playlists that a multivariant playlist names, relative to it. */
export function variantsOf(playlist: string): readonly string[] {
  return playlist.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
}
