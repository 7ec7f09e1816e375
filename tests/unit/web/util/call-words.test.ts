import { expect, it } from 'vitest';
import { outcomeWords } from '../../../../web/util/call-words.ts';

it.each([
  ['declined', false, 'call.declined'],
  ['busy', false, 'call.busy'],
  ['failed', false, 'call.failed'],
  ['no_answer', false, 'call.no_answer'],
  ['no_answer', true, 'call.offline'],
] as const)('a call that ended as %s (nobody there: %s) is told as %s', (state, offline, words) => {
  expect(outcomeWords({ state, offline })).toBe(words);
});
