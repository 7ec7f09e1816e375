/** What the server answers to pages about people and calls. */
import type { CallState, ContactPerson } from '../src/protocol/contacts.ts';

/** Who one is to the server, and whether it knows people at all. */
export interface SessionInfo {
  readonly role: string;
  readonly accounts: { readonly enabled: boolean; readonly awaitsFirstAdmin: boolean };
  readonly user?: ContactPerson;
}

/** A call as it is listed. */
export interface CallInfo {
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly person: ContactPerson;
  readonly state: CallState;
  readonly missed: boolean;
  readonly seen: boolean;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly answered?: string;
  readonly ended?: string;
}
