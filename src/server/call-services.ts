/** Contacts and calls, built in order: who has signed in, private rooms for two, the door of their sockets. */
import type { Tokens } from '../api/tokens.ts';
import { Calls } from '../calls/calls.ts';
import { CallStore } from '../calls/call-store.ts';
import { ContactsDoor, type SignedIn } from '../calls/contacts-door.ts';
import type { CallRooms, CallUsers } from '../calls/ports.ts';
import { Presence } from '../calls/presence.ts';
import type { Config } from '../config/schema.ts';
import type { Database } from '../database/database.ts';
import type { EventSink } from '../events/event.ts';
import { layoutSchema } from '../layout/layout.ts';
import type { Logger } from '../logger.ts';
import type { Room } from '../room/room.ts';
import type { ClientAddresses } from '../util/client-address.ts';
import type { Clock } from '../util/clock.ts';
import type { CloseStack } from '../util/close-stack.ts';
import type { RoomHost } from './room-host.ts';

/** What the services are made of. */
export interface CallParts {
  readonly config: Config;
  readonly database: Database;
  readonly rooms: RoomHost;
  readonly tokens: Tokens;
  readonly users: CallUsers;
  readonly events: EventSink;
  readonly addresses: ClientAddresses;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Everything about contacts and calls. */
export interface CallServices {
  readonly door: ContactsDoor;
  readonly store: CallStore;
}

/** Seconds that a way into the room of a call holds. */
const TOKEN_SECONDS = 6 * 3600;
/** Two halves for two; from the third person on everybody the same. */
const LAYOUT = layoutSchema.parse({
  policy: 'side-by-side',
  fit: 'cover',
  rules: [
    { screen: true, policy: 'presentation' },
    { minTiles: 3, policy: 'grid' },
  ],
});

/** Closed before the rooms; the caller closes the door, before all of it. */
export async function openCalls(parts: CallParts, stack: CloseStack): Promise<CallServices> {
  const { config, database, rooms, tokens, users, events, clock, log } = parts;
  const ringMs = config.calls.ringSeconds * 1000;
  const store = new CallStore(database);
  const presence = new Presence({ clock, tabsPerUser: config.calls.tabsPerUser });
  stack.defer(() => presence.close());
  const calls = await Calls.open({
    users,
    rooms: callRooms(rooms, tokens),
    store,
    presence,
    limits: { ringMs, ringsPerMinute: config.calls.ringsPerMinute, atOnce: config.calls.atOnce },
    events,
    clock,
    log,
  });
  stack.defer(() => calls.close());
  followRooms(rooms, calls);
  const door = new ContactsDoor({
    identify: (token) => identify(tokens, token),
    calls,
    presence,
    store,
    upgrade: { socketsPerAddress: config.limits.socketsPerAddress, allowedOrigins: config.server.allowedOrigins },
    addresses: parts.addresses,
    helloMs: config.limits.helloMs,
    ringMs,
    clock,
    log,
  });
  return { door, store };
}

async function identify(tokens: Tokens, token: string): Promise<SignedIn | undefined> {
  const grant = await tokens.verify(token);
  if (grant.role === 'user') return { user: grant.user, tokenId: grant.tokenId, expiresAt: grant.expiresAt };
  return grant.role === 'admin' && grant.user ? { user: grant.user } : undefined;
}

function callRooms(rooms: RoomHost, tokens: Tokens): CallRooms {
  return {
    async open(id, title) {
      await rooms.create({ id, title, layout: LAYOUT, viewing: { access: 'private' }, chat: { viewers: 'off' } });
    },
    async token(room, { id, name }, role) {
      const issued = await tokens.issue({ room, role, identity: id, name, ttlSeconds: TOKEN_SECONDS });
      return issued.token;
    },
    people: (room) => rooms.room(room)?.participants.map(({ id }) => id),
    async close(room) {
      if (rooms.room(room)) await rooms.remove(room);
    },
  };
}

/** Whoever is in a room is in a call, in whatever room it is. */
function followRooms(rooms: RoomHost, calls: Calls): void {
  const known = new WeakSet<Room>();
  rooms.events.on('joined', ({ room, participant }) => {
    calls.joined(room.id, participant.id);
    if (known.has(room)) return;
    known.add(room);
    room.events.on('left', ({ id }) => calls.left(room.id, id));
    room.events.on('ended', () => calls.roomGone(room.id));
  });
}
