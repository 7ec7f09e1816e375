/** A closed connection in words. */
import { CLOSE_CODES } from '../../src/protocol/close-codes.ts';
import type { Problem } from '../util/problem.ts';

/** What the server said last before it closed. */
export interface ServerError {
  readonly code: string;
  readonly message: string;
  /** Seconds after which another try may succeed, where that is known. */
  readonly retryAfter?: number | undefined;
}

const BY_CODE: Readonly<Record<number, { readonly title: string; readonly detail: string; readonly action?: string }>> =
  {
    [CLOSE_CODES.unauthorized]: {
      title: 'This invite link does not work',
      detail: 'Its token is missing, wrong or has run out. Ask the host for a new invite link.',
    },
    [CLOSE_CODES.forbidden]: {
      title: 'You may not join this room',
      detail: 'The link you used does not allow it, or the host removed you. Ask the host for an invite link.',
    },
    [CLOSE_CODES.notFound]: {
      title: 'There is no such room',
      detail: 'It may have been deleted, or the link is not right. Ask whoever sent you the link.',
    },
    [CLOSE_CODES.roomEnded]: {
      title: 'This room has ended',
      detail: 'The host closed it. What was recorded is kept.',
    },
    [CLOSE_CODES.conflict]: {
      title: 'You are in this room in another tab',
      detail: 'Your camera, microphone and place moved there. To come back to this tab, use the room here again.',
      action: 'Use it here',
    },
    [CLOSE_CODES.limit]: {
      title: 'Too much at once',
      detail: 'The server limits how often one may connect or send. Wait a minute, then join again.',
    },
    [CLOSE_CODES.tooLarge]: {
      title: 'Your picture was too large for this server',
      detail: 'Choose a camera with a lower resolution and join again.',
    },
  };

/** Whoever comes with the same again is refused again. */
const IN_VAIN: ReadonlySet<string> = new Set(['token_revoked', 'token_earlier_room', 'signed_out', 'invite_used_up']);

/** Beside what the code says, the server's own word for it. */
const BY_ERROR: Readonly<Record<string, Omit<Problem, 'detail' | 'retry' | 'code'>>> = {
  room_full: { title: 'The room is full' },
  waiting_full: { title: 'Too many people are waiting' },
  removed: { title: 'A host has removed you from this room' },
  banned: { title: 'You are kept out of this room' },
  admission_denied: { title: 'You were not let in', action: 'Ask again' },
  password_needed: { title: 'This room has a password', action: 'Enter the password' },
  password_wrong: { title: 'The password was not right', action: 'Enter the password' },
  too_many_attempts: { title: 'Too many wrong passwords' },
  token_revoked: { title: 'Your link was taken back' },
  token_earlier_room: { title: 'Your link is for an earlier room' },
  invite_used_up: { title: 'This link has been used up' },
  signed_out: { title: 'You are signed out' },
};
/** What a translation knows the older ones by. */
const SHORT: Readonly<Record<string, string>> = { room_full: 'full' };

const RETRY_CODES: readonly number[] = [
  CLOSE_CODES.conflict,
  CLOSE_CODES.limit,
  CLOSE_CODES.tooLarge,
  CLOSE_CODES.tryAgainLater,
  CLOSE_CODES.helloTimeout,
];

/** @param code WebSocket close code; `error` the last `error` message, when one came. */
export function describeClose(code: number, error?: ServerError): Problem {
  const retry = RETRY_CODES.includes(code) || code < 4000;
  const said = error && BY_ERROR[error.code];
  if (said) {
    const retry = !IN_VAIN.has(error.code);
    const { retryAfter: waitS } = error;
    const code = `closed.${SHORT[error.code] ?? error.code}`;
    return { ...said, detail: error.message, retry, code, ...(waitS !== undefined && { waitS }) };
  }
  const known = BY_CODE[code];
  if (known) return { ...known, retry, code: `closed.${code}` };
  if (code === CLOSE_CODES.normal) {
    return { title: 'You left the room', detail: 'Join again whenever you like.', retry: true, code: `closed.${code}` };
  }
  return {
    title: 'The connection was closed',
    detail: error?.message ?? `The server ended it with code ${code}. Reload the page and join again.`,
    retry: true,
    code: error ? `closed.${error.code}` : 'closed.unknown',
    values: { code: String(code) },
  };
}
