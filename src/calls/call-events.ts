/** The events of calls for the event log. */
import type { EventDraft, EventPerson } from '../events/event.ts';
import type { EventType } from '../events/event-types.ts';
import type { CallState, ContactPerson } from '../protocol/contacts.ts';
import type { Call } from './call.ts';

const TYPES: Readonly<Record<CallState, EventType>> = {
  ringing: 'call.rang',
  accepted: 'call.accepted',
  declined: 'call.declined',
  no_answer: 'call.missed',
  busy: 'call.missed',
  cancelled: 'call.cancelled',
  failed: 'call.failed',
  ended: 'call.ended',
};

/** Who called, whom, and what has become of it. */
export function callEvent({ id, state, from, to, answeredMs, endedMs }: Call): EventDraft {
  const talked = state === 'ended' && answeredMs !== undefined && endedMs !== undefined;
  const seconds = talked ? { seconds: Math.max(0, Math.round((endedMs - answeredMs) / 1000)) } : {};
  return { type: TYPES[state], actor: person(from), subject: person(to), data: { call: id, ...seconds } };
}

function person({ id, name }: ContactPerson): EventPerson {
  return { id, name, role: 'user' };
}
