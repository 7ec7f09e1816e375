import { describe, expect, it } from 'vitest';
import { type Call, type CallInput, changedCall, isMissed, isOpen, mayDo, nextState } from '../../../src/calls/call.ts';
import { CALL_STATES } from '../../../src/protocol/contacts.ts';

const INPUTS: readonly CallInput[] = ['accept', 'decline', 'cancel', 'hang-up', 'unanswered', 'fail', 'over'];
const call: Call = {
  id: 'c1',
  talk: 'c1',
  from: { id: 'ann', name: 'Ann' },
  to: { id: 'bob', name: 'Bob' },
  state: 'ringing',
  offline: false,
  startedMs: 1000,
};

describe('a call', () => {
  it('changes in these ways and in no others', () => {
    const steps = CALL_STATES.flatMap((state) =>
      INPUTS.flatMap((input) => {
        const next = nextState(state, input);
        return next === undefined ? [] : [`${state} ${input} ${next}`];
      }),
    );
    expect(steps).toEqual([
      'ringing accept accepted',
      'ringing decline declined',
      'ringing cancel cancelled',
      'ringing unanswered no_answer',
      'ringing fail failed',
      'ringing over cancelled',
      'accepted hang-up ended',
      'accepted fail failed',
      'accepted over ended',
    ]);
  });

  it('stays as it is once it is over', () => {
    const over = CALL_STATES.filter((state) => !isOpen({ state }));
    expect(over).toEqual(['declined', 'no_answer', 'busy', 'cancelled', 'failed', 'ended']);
    for (const state of over) {
      for (const input of INPUTS) expect(changedCall({ ...call, state }, input, 5000)).toBeUndefined();
    }
  });

  it('is answered by who is called, taken back by who calls, and hung up by both', () => {
    const allowed = (user: string) => INPUTS.slice(0, 4).filter((input) => mayDo(call, user, input));
    expect(allowed('ann')).toEqual(['cancel', 'hang-up']);
    expect(allowed('bob')).toEqual(['accept', 'decline', 'hang-up']);
    expect(allowed('eve')).toEqual([]);
  });

  it('knows when it was answered and when it ended', () => {
    const accepted = changedCall(call, 'accept', 3000);
    expect(accepted).toMatchObject({ state: 'accepted', answeredMs: 3000 });
    expect(accepted && changedCall(accepted, 'over', 9000)).toMatchObject({ state: 'ended', endedMs: 9000 });
  });

  it('is missed when nobody answered, and not when it was declined', () => {
    expect(CALL_STATES.filter((state) => isMissed({ state }))).toEqual(['no_answer', 'busy', 'cancelled']);
  });
});
