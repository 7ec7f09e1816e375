/** What each message of a client does for each role in a room: the rows of a matrix that has one for every message. */
import { REACTIONS } from '../../../src/protocol/limits.ts';
import type { ClientMessage } from '../../../src/protocol/messages.ts';

/** Who can be in a room; an admin is a host there. */
export const INSIDE = ['admin', 'host', 'participant'] as const;
/** One of them. */
export type Inside = (typeof INSIDE)[number];

/** One message that fits the protocol, and for whom it works. */
export interface MessageRow {
  readonly message: ClientMessage;
  /** Said before it, so that it makes sense. */
  readonly first?: readonly ClientMessage[];
  readonly allowed: readonly Inside[];
  /** What the others, or all of them where it works for nobody, are told: the code of the refusal. */
  readonly refusal?: string;
  /** The close code with which it ends the connection, when it does. */
  readonly closes?: number;
}

const MEMBERS = INSIDE;
const AUDIO: ClientMessage = { type: 'publish', track: 0, kind: 'audio', source: 'mic' };

/** By `type`: a message without a row fails the test that goes through them. */
export const messageRows: Readonly<Record<ClientMessage['type'], MessageRow>> = {
  hello: {
    message: { type: 'hello', version: 1, token: 'admin' },
    allowed: [],
    refusal: 'already_greeted',
    closes: 4400,
  },
  attach: {
    message: { type: 'attach', version: 1, ticket: 'x'.repeat(32) },
    allowed: [],
    refusal: 'already_greeted',
    closes: 4400,
  },
  publish: { message: AUDIO, allowed: MEMBERS },
  unpublish: { message: { type: 'unpublish', track: 0 }, first: [AUDIO], allowed: MEMBERS },
  config: {
    message: { type: 'config', track: 0, id: 0, codec: 'opus', sampleRate: 48000, channels: 1 },
    first: [AUDIO],
    allowed: MEMBERS,
  },
  state: { message: { type: 'state', track: 0, state: 'muted' }, first: [AUDIO], allowed: MEMBERS },
  ack: { message: { type: 'ack', track: 16, seq: 0, bytes: 0, receivedMs: 0 }, allowed: MEMBERS },
  keyframe: { message: { type: 'keyframe', track: 16 }, allowed: MEMBERS },

  ping: { message: { type: 'ping', sentMs: 1 }, allowed: MEMBERS },
  quality: { message: { type: 'quality', quality: 'low' }, allowed: MEMBERS },
  signal: {
    message: { type: 'signal', kind: 'silence', track: 0, active: true },
    first: [AUDIO],
    allowed: MEMBERS,
  },
  stats: { message: { type: 'stats' }, allowed: MEMBERS },
  consent: { message: { type: 'consent', given: true }, allowed: MEMBERS },
  hand: { message: { type: 'hand', raised: true }, allowed: MEMBERS },
  react: { message: { type: 'react', emoji: REACTIONS[0] }, allowed: MEMBERS },
  'ask-unmute': {
    message: { type: 'ask-unmute', participant: 'other' },
    allowed: ['admin', 'host'],
    refusal: 'host_only',
  },
  'ask-video': {
    message: { type: 'ask-video', participant: 'other' },
    allowed: ['admin', 'host'],
    refusal: 'host_only',
  },
  // To nothing that was asked: heard, and without effect.
  answer: { message: { type: 'answer', what: 'unmute', accepted: true }, allowed: MEMBERS },
  'chat-say': { message: { type: 'chat-say', key: 'key-00001', text: 'Hello' }, allowed: MEMBERS },
  // Nobody of these wrote it: texts are their writers' alone, and hosts may take them away.
  'chat-edit': {
    message: { type: 'chat-edit', id: 'msg1', text: 'Mine' },
    allowed: [],
    refusal: 'not_yours',
  },
  'chat-delete': {
    message: { type: 'chat-delete', id: 'msg1' },
    allowed: ['admin', 'host'],
    refusal: 'not_yours',
  },
  'chat-since': { message: { type: 'chat-since', rev: 0 }, allowed: MEMBERS },
  'chat-before': { message: { type: 'chat-before', id: 'msg1' }, allowed: MEMBERS },
  'chat-typing': { message: { type: 'chat-typing' }, allowed: MEMBERS },
  bye: { message: { type: 'bye' }, allowed: MEMBERS, closes: 1000 },
};
