/** Tickets in the paths of a recording's HLS: addresses in a playlist are relative to its own, so they carry it on. */
import { NotFoundError } from '../errors.ts';
import type { ApiDeps } from './deps.ts';
import { requireOwner } from './own-recordings.ts';
import type { RouteCall } from './route.ts';

/** The file that a ticket for a recording's HLS names: the playlist, and with it all that playlists of the recording name. */
export const HLS_TICKET = 'index.m3u8';

/** Who asks is let in for this file. */
export interface AdmittedFile {
  readonly file: string;
  /** The one in the path, if there is one. */
  readonly ticket: string | undefined;
}

/**
 * What is asked for in a path such as `~TICKET/segment-1.m4s`, or without a ticket by whose recording it is.
 * @throws UnauthorizedError, ForbiddenError; NotFoundError `no_such_media` for what cannot be a file's name.
 */
export async function admittedToHls(
  deps: Pick<ApiDeps, 'tokens' | 'recordings' | 'options'>,
  { grant }: Pick<RouteCall<unknown, unknown, unknown>, 'grant'>,
  recording: string,
  path: string,
): Promise<AdmittedFile> {
  const [, ticket, file = path] = /^~([^/]+)\/(.*)$/.exec(path) ?? [];
  if (ticket === undefined || grant) await requireOwner(deps, grant, recording);
  else await deps.tokens.verifyTicket(ticket, recording, HLS_TICKET);
  if (/^[a-z0-9.-]+$/.test(file)) return { file, ticket };
  throw new NotFoundError('no_such_media', 'The recording has no such media; start with its playlist index.m3u8.');
}
