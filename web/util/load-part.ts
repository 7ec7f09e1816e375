/** Parts of the page that are loaded when they are needed: what they are called changes with each version of the server. */
import { ApiError, problemOf, reasonIn } from '../api-client.ts';
import type { Words } from '../i18n/words.ts';
import type { Problem } from './problem.ts';

const OUTDATED = 'page_outdated';

/**
 * @param from address of the script that asks: it names the part, so that it is gone with it
 * @throws ApiError `page_outdated` after an update of the server, else `unreachable`
 */
export async function loadPart<T>(load: () => Promise<T>, from: string): Promise<T> {
  try {
    return await load();
  } catch {
    if (await isGone(from)) {
      throw new ApiError('The server was updated after this page was opened. Reload the page.', 0, OUTDATED);
    }
    throw new ApiError('A part of the page cannot be loaded; check the network and try again.', 0, 'unreachable');
  }
}

/** Only loading the page anew helps. */
export function isOutdated(problem: Problem | undefined): boolean {
  return problem?.code === `api.${OUTDATED}`;
}

/** Why somebody has not come into a room. */
export function joinProblem(words: Words, error: unknown): Problem {
  const outdated = problemOf('This page is older than the server', error);
  if (isOutdated(outdated)) return { ...outdated, action: 'Reload the page' };
  return {
    title: words.say('over.joinFailed'),
    detail: words.say('over.joinFailedDetail', { reason: reasonIn(words, error) }),
    retry: true,
  };
}

async function isGone(script: string): Promise<boolean> {
  try {
    return (await fetch(script, { method: 'HEAD', cache: 'no-store' })).status === 404;
  } catch {
    return false;
  }
}
