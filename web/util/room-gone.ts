/** What has become of a stay or a room, by what whoever was in it or came to it was told: pure. */
import { CLOSE_CODES } from '../../src/protocol/close-codes.ts';

/** As problems are called. */
const GONE: ReadonlySet<string> = new Set([
  'room.missing',
  `closed.${CLOSE_CODES.notFound}`,
  `closed.${CLOSE_CODES.roomEnded}`,
]);

const SENT_AWAY: ReadonlySet<string> = new Set([
  `closed.${CLOSE_CODES.forbidden}`,
  'closed.removed',
  'closed.banned',
  'closed.token_revoked',
]);

/** Whether somebody was sent out of the room. @param code of the problem, if it has one. */
export function isSentAway(code: string | undefined): boolean {
  return code !== undefined && SENT_AWAY.has(code);
}

/** Whether it was over for everybody, as every meeting is one day. @param code of the problem, if it has one. */
export function isOverForAll(code: string | undefined): boolean {
  return code === `closed.${CLOSE_CODES.roomEnded}`;
}

/** Whether another tab of the same person has taken over. @param code of the problem, if it has one. */
export function isElsewhere(code: string | undefined): boolean {
  return code === `closed.${CLOSE_CODES.conflict}`;
}

/** @param code of the problem, if it has one. */
export function isRoomGone(code: string | undefined): boolean {
  return code !== undefined && GONE.has(code);
}
