/** Tokens of a server that has just started over a database: rooms are those that it holds. */
import { Tokens } from '../../src/api/tokens.ts';
import type { RoomStore } from '../../src/room/room-store.ts';
import { systemClock } from '../../src/util/clock.ts';

/** Every one of them takes what another has made. */
export async function tokensOf(rooms: RoomStore): Promise<Tokens> {
  const made = new Map((await rooms.list()).map(({ id, createdAt }) => [id, createdAt.getTime()]));
  const secret = new Uint8Array(32).fill(7);
  return new Tokens({ secret, adminToken: 'admin', clock: systemClock, madeAt: (room) => made.get(room) });
}
