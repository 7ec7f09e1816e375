/** What became of a call that nobody took, in words: pure. */
import type { CallState } from '../../src/protocol/contacts.ts';

/** The key of the sentence, with the name to be filled in; `Hint` after it gives that of what to do. */
export function outcomeWords({
  state,
  offline,
}: {
  readonly state: CallState;
  readonly offline: boolean;
}): 'call.offline' | 'call.declined' | 'call.busy' | 'call.failed' | 'call.no_answer' {
  if (offline) return 'call.offline';
  return state === 'declined' || state === 'busy' || state === 'failed' ? `call.${state}` : 'call.no_answer';
}
