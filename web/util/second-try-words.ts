/** What a person reads while a track of theirs is announced again and again. */
import { MOST_TRIES, type SecondTry } from '../../src/protocol/second-try.ts';
import type { Problem } from './problem.ts';

/** @param failure the heading, without a full stop; @param source that of the track, for the code of translations */
export function secondTryProblem(
  failure: string,
  source: string,
  { failures, waitMs, why }: SecondTry & { readonly why: string },
): Problem {
  const seconds = String(Math.round(waitMs / 1000));
  return {
    code: againCode(source),
    title: `${failure}: trying again`,
    detail: `${why} The server may have too much to do. It is sent again by itself in ${seconds} s (try ${failures} of ${MOST_TRIES}); you need not do anything. If it does not come back, turn it off and on, or send from another browser.`,
    retry: false,
    values: { seconds },
  };
}

/** What such a problem is known by, to take it back. */
export function againCode(source: string): string {
  return `again.${source}`;
}
