/** Whether a room is no more, by what whoever came to it was told: pure. */
import { CLOSE_CODES } from '../../src/protocol/close-codes.ts';

/** As problems are called. */
const GONE: ReadonlySet<string> = new Set([
  'room.missing',
  `closed.${CLOSE_CODES.notFound}`,
  `closed.${CLOSE_CODES.roomEnded}`,
]);

/** @param code of the problem, if it has one. */
export function isRoomGone(code: string | undefined): boolean {
  return code !== undefined && GONE.has(code);
}
