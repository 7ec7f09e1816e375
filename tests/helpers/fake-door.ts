/** Doors that exist in memory only: Wendy waits before every room, and every password is "open sesame". */
import type { DoorControl } from '../../src/api/door-port.ts';
import { NotFoundError } from '../../src/errors.ts';

/** @param calls is told what was decided */
export function fakeDoor({ calls }: { readonly calls: string[] }): DoorControl {
  return {
    heldUp: () => undefined,
    waiting: () => [{ id: 'wendy', name: 'Wendy', since: '2026-01-01T00:00:00.000Z', connected: true }],
    decide(room, id, admit) {
      if (id !== 'wendy') throw new NotFoundError('not_waiting', 'They are no longer waiting; load the list again.');
      calls.push(`${admit ? 'admit' : 'refuse'} ${room} ${id}`);
    },
    decideAll(room, admit) {
      calls.push(`${admit ? 'admit' : 'refuse'} ${room} all`);
      return 1;
    },
    isPassword: async (_room, password) => password === 'open sesame',
  };
}
