/** The JSON text messages of `/ws/contacts`: who is there, who calls whom. docs/calls.md describes each of them. */
import { z } from 'zod';
import { MAX_NAME_LENGTH, MAX_WATCHED_USERS } from './limits.ts';
import { messageTypes, parseMessage } from './parse.ts';

/** The version in `hello`. */
export const CONTACTS_VERSION = 1;

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const person = z.object({ id, name: z.string().min(1).max(MAX_NAME_LENGTH) });
/** Somebody with an account, as others see them. */
export type ContactPerson = z.infer<typeof person>;

const presenceState = z.enum(['online', 'away', 'in-call', 'offline']);
/** `away`: all of their tabs are hidden or idle. */
export type PresenceState = z.infer<typeof presenceState>;

/** `failed`: nobody's fault, there was no room to be had; `ended`: they talked, and it is over. */
export const CALL_STATES = [
  'ringing',
  'accepted',
  'declined',
  'no_answer',
  'busy',
  'cancelled',
  'failed',
  'ended',
] as const;
const callState = z.enum(CALL_STATES);
/** What has become of a call. */
export type CallState = z.infer<typeof callState>;

const clientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), version: z.literal(CONTACTS_VERSION), token: z.string().max(4096) }),
  /** Whose presence is told from now on, instead of whoever was named before. */
  z.object({ type: z.literal('watch'), users: z.array(id).max(MAX_WATCHED_USERS) }),
  /** Whether nobody looks at this tab. */
  z.object({ type: z.literal('away'), on: z.boolean() }),
  /** Rings somebody; `key` comes back in the answer. */
  z.object({ type: z.literal('call'), to: id, key: id.optional() }),
  /** Rings somebody into the room of a call that runs. */
  z.object({ type: z.literal('add'), call: id, user: id, key: id.optional() }),
  z.object({ type: z.literal('accept'), call: id }),
  z.object({ type: z.literal('decline'), call: id }),
  /** Takes one's own call back while it rings; later: hangs up. */
  z.object({ type: z.literal('cancel'), call: id }),
  /** The missed calls were looked at. */
  z.object({ type: z.literal('seen') }),
]);
/** What a tab says. */
export type ContactsClientMessage = z.infer<typeof clientMessage>;

const ring = z.object({
  type: z.literal('ring'),
  call: id,
  from: person,
  /** Who is in the conversation already, beside `from`. */
  others: z.array(person),
});
const call = z.object({
  type: z.literal('call'),
  call: id,
  state: callState,
  from: person,
  to: person,
  /** `key` of the message that it answers. */
  key: id.optional(),
  /** They are not there: nobody was rung, and they will see that they were called. */
  offline: z.boolean().optional(),
  /** In the tabs that go there: the room, and the token for it. */
  room: id.optional(),
  token: z.string().optional(),
});

const serverMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('welcome'),
    version: z.literal(CONTACTS_VERSION),
    user: person,
    /** Missed calls that were not looked at. */
    missed: z.int().min(0),
    /** What rings or runs and is one's own: whatever is not among them is over. */
    calls: z.array(call),
    /** Seconds after which nobody rings any more. */
    ringSeconds: z.number().positive(),
  }),
  z.object({ type: z.literal('presence'), user: id, state: presenceState }),
  ring,
  call,
  /** Somebody is new, gone, or called otherwise: whoever shows a list asks for it again. */
  z.object({ type: z.literal('people') }),
  z.object({ type: z.literal('missed'), count: z.int().min(0) }),
  z.object({
    type: z.literal('error'),
    code: z.string(),
    message: z.string(),
    key: id.optional(),
    /** Seconds after which another try may succeed, where that is known. */
    retryAfter: z.int().min(1).optional(),
  }),
]);
/** What the server says. */
export type ContactsServerMessage = z.infer<typeof serverMessage>;
/** A call of one's own has changed. */
export type CallMessage = z.infer<typeof call>;

/** Every `type` of a tab's message. */
export function contactsMessageTypes(): readonly string[] {
  return messageTypes(clientMessage);
}

/** A tab's message, or a sentence that says what is wrong with it. */
export function parseContactsClientMessage(text: string): ContactsClientMessage | string {
  return parseMessage(clientMessage, text);
}

/** The server's message, or a sentence that says what is wrong with it. */
export function parseContactsServerMessage(text: string): ContactsServerMessage | string {
  return parseMessage(serverMessage, text);
}
