/** What a person reads when nothing of a stay works any more. */
import type { Problem } from '../util/problem.ts';

/** @param message of the error; may be empty. */
export function engineProblem(message: string): Problem {
  const reason = message || 'The browser does not say why.';
  return { code: 'engine.stopped', title: 'Sound and picture stopped', detail: `${reason} Join again.`, retry: true };
}
