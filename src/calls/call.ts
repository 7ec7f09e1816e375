/** One call as data, and the only ways in which it changes. */
import type { CallState, ContactPerson } from '../protocol/contacts.ts';

/** Somebody rings somebody; times are milliseconds since 1970. */
export interface Call {
  readonly id: string;
  /** Calls of one conversation share it: whoever is added comes into the same room. */
  readonly talk: string;
  readonly from: ContactPerson;
  readonly to: ContactPerson;
  readonly state: CallState;
  /** Nobody was rung, because they were not there. */
  readonly offline: boolean;
  readonly startedMs: number;
  readonly answeredMs?: number;
  readonly endedMs?: number;
}

/** What happens to a call: the first four by people, the others by themselves. */
export type CallInput = 'accept' | 'decline' | 'cancel' | 'hang-up' | 'unanswered' | 'fail' | 'over';

const STEPS: Readonly<Partial<Record<CallState, Readonly<Partial<Record<CallInput, CallState>>>>>> = {
  ringing: {
    accept: 'accepted',
    decline: 'declined',
    cancel: 'cancelled',
    unanswered: 'no_answer',
    fail: 'failed',
    over: 'cancelled',
  },
  accepted: { 'hang-up': 'ended', fail: 'failed', over: 'ended' },
};

/** The state that follows, or undefined when this came too late and nothing changes. */
export function nextState(state: CallState, input: CallInput): CallState | undefined {
  return STEPS[state]?.[input];
}

/** Whether it rings or runs. */
export function isOpen({ state }: Pick<Call, 'state'>): boolean {
  return STEPS[state] !== undefined;
}

/** Whether this person may do that to a call: who is called answers, who calls takes it back, both hang up. */
export function mayDo(call: Call, user: string, input: CallInput): boolean {
  if (input === 'accept' || input === 'decline') return call.to.id === user;
  if (input === 'cancel') return call.from.id === user;
  return call.from.id === user || call.to.id === user;
}

/** The call after `input`, or undefined when nothing changes. */
export function changedCall(call: Call, input: CallInput, nowMs: number): Call | undefined {
  const state = nextState(call.state, input);
  if (state === undefined) return undefined;
  if (state === 'accepted') return { ...call, state, answeredMs: nowMs };
  return { ...call, state, endedMs: nowMs };
}

/** Whether it is over, and who was called did not answer. What they declined they did not miss. */
export function isMissed({ state }: Pick<Call, 'state'>): boolean {
  return state === 'no_answer' || state === 'busy' || state === 'cancelled';
}
