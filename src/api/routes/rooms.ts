/** Rooms: create, list, look at, change, delete. */
import { ConflictError } from '../../errors.ts';
import { isHeldUp } from '../admitted.ts';
import type { ApiDeps } from '../deps.ts';
import { personOf } from '../event-person.ts';
import { type Grant, inviteOf, remainingSeconds, requireAdmin, requireGrant, requireMember } from '../grant.ts';
import { type LinkAudience, roomLinks, shareLink } from '../links.ts';
import { ownershipOf } from '../own-recordings.ts';
import { OwnRooms } from '../own-rooms.ts';
import { baseUrl, isLocal, refuseOtherSites } from '../origin.ts';
import type { RoomChange, RoomView } from '../ports.ts';
import { randomRoomId } from '../room-id.ts';
import { existingRoom, roomRoute } from '../room-route.ts';
import { type Route, type RouteCall, route } from '../route.ts';
import { pageOfRooms } from '../room-list.ts';
import {
  createRoomBody,
  roomList,
  roomOrPublic,
  roomParams,
  roomSchema,
  roomsQuery,
  updateRoomBody,
} from '../schemas.ts';

type Asker = Pick<RouteCall<unknown, unknown, unknown>, 'ctx' | 'grant'>;

/** How often a made-up id may be taken already before that is somebody else's problem. */
const ID_ATTEMPTS = 5;

/** All rows of `/api/rooms` but those of its sub-resources. */
export function roomRoutes(deps: ApiDeps): Route[] {
  const show = async ({ ctx, grant }: Asker, room: RoomView, audience: LinkAudience = audienceOf(grant)) => ({
    ...pick(room),
    ...(mayControl(grant) && room.live && { viewers: deps.viewers.count(room.id) }),
    ...(mayControl(grant) && room.health !== undefined && { health: room.health }),
    links: await roomLinks(deps.tokens, baseUrl(ctx, deps.options.publicUrl), room, {
      audience,
      ttlSeconds: remainingSeconds(grant, deps.clock),
      ...inviteOf(grant),
    }),
  });
  const ownRooms = new OwnRooms(deps);
  return [
    route({
      method: 'post',
      path: '/api/rooms',
      summary: 'Create a room',
      tag: 'rooms',
      access: 'special',
      accessNote: 'admin, signed-in people; without a token if the configuration key `rooms.openCreation` allows it',
      body: createRoomBody,
      responses: {
        201: { description: 'The room with all of its links.', schema: roomSchema },
        409: { description: 'The id is taken, or this person has as many rooms as they may.' },
      },
      async handle(call) {
        const { ctx, body } = call;
        admitCreator(deps, call);
        const room = await ownRooms.create(call.grant, () => create(deps, body, call.grant));
        ctx.status = 201;
        ctx.set('Location', `/api/rooms/${room.id}`);
        ctx.body = await show(call, room, 'creator');
      },
    }),
    route({
      method: 'get',
      path: '/api/rooms',
      summary: 'List rooms, oldest first or live ones first',
      tag: 'rooms',
      access: 'special',
      accessNote: 'admin; signed-in people see the rooms that they created',
      query: roomsQuery,
      responses: { 200: { description: 'A page of rooms; all of them without `limit`.', schema: roomList } },
      async handle(call) {
        const { own = false, ...filter } = call.query;
        const { items, next } = pageOfRooms(roomsOf(deps, call.grant, own), filter);
        const shown = await Promise.all(items.map((room) => show(call, room, 'creator')));
        call.ctx.body = { items: shown, ...(next !== undefined && { next }) };
      },
    }),
    route({
      method: 'get',
      path: '/api/rooms/:room',
      summary: 'Get a room',
      tag: 'rooms',
      access: 'special',
      accessNote:
        'any token of the room; without one only `id`, `title`, `live` and what a newcomer needs to know about its door',
      params: roomParams,
      responses: { 200: { description: 'The room, as far as the client may see it.', schema: roomOrPublic } },
      async handle(call) {
        const { ctx, grant, params } = call;
        const known = grant && grant.role !== 'user' ? requireMember(grant, params.room) : undefined;
        const room = existingRoom(deps, params.room);
        if (!known) {
          const everybody = room.viewing.access === 'public';
          const url = everybody ? await recordingLink(deps, call, room) : {};
          ctx.body = { id: room.id, title: room.title, live: room.live, ...publicDoor(room), ...url };
          return;
        }
        const mayRecord = mayControl(known);
        const currentRecording = mayRecord ? await unfinishedRecording(deps, grant, room.id) : undefined;
        const removed =
          known.role !== 'admin' &&
          known.identity !== undefined &&
          deps.rooms.keptOut(room.id, known.identity, known.issuedAt) !== undefined;
        const outside = isHeldUp(deps, known, room.id, ctx.req.headers);
        const mayWatch = !removed && (!outside || room.viewing.access === 'public');
        ctx.body = {
          ...(await show(call, room, outside ? 'outsider' : audienceOf(grant))),
          ...(currentRecording ? { currentRecording } : {}),
          ...(mayWatch ? await recordingLink(deps, call, room) : {}),
        };
      },
    }),
    roomRoute(deps, {
      method: 'patch',
      path: '/api/rooms/:room',
      summary:
        'Change the title, layout, annotation, who may watch or is recorded, or the program from the next session on',
      tag: 'rooms',
      access: 'host',
      params: roomParams,
      body: updateRoomBody,
      responses: { 200: { description: 'The changed room.', schema: roomSchema } },
      async handle(call) {
        const { ctx, params, body } = call;
        ctx.body = await show(call, await deps.rooms.update(params.room, body, personOf(call.grant)));
      },
    }),
    roomRoute(deps, {
      method: 'delete',
      path: '/api/rooms/:room',
      summary: 'Delete a room, which ends it for everybody; its recordings stay',
      tag: 'rooms',
      access: 'special',
      accessNote: 'admin, or the person who created it with their account',
      params: roomParams,
      responses: { 204: { description: 'Deleted.' } },
      admit: ({ grant }) => void (isOwner(grant) || requireAdmin(grant)),
      async handle({ ctx, grant, params }) {
        await deps.rooms.remove(params.room, personOf(grant));
        ctx.status = 204;
      },
    }),
  ];
}

/** Whether it is the account that made the room, or that of an admin in it. */
function isOwner(grant: Grant | undefined): boolean {
  return grant?.role === 'host' && grant.user !== undefined;
}

function audienceOf(grant: Grant | undefined): LinkAudience {
  if (isOwner(grant)) return 'creator';
  return grant && grant.role !== 'user' ? grant.role : 'viewer';
}

/** @throws UnauthorizedError, ForbiddenError `admin_only`. */
function roomsOf(deps: ApiDeps, grant: Grant | undefined, own: boolean): readonly RoomView[] {
  const known = requireGrant(grant);
  if (known.role !== 'user') requireAdmin(known);
  const all = deps.rooms.list();
  if (known.role !== 'user' && !own) return all;
  // The admin token is no account: nothing is its own.
  const { user } = known;
  return all.filter(({ id }) => user !== undefined && deps.accounts.ownerOf(id) === user.id);
}

function admitCreator(deps: ApiDeps, { ctx, grant }: Asker): void {
  const { openCreation, publicUrl } = deps.options;
  // Whoever comes with the key to one room alone makes no others.
  if (grant?.user && grant.role !== 'host') return;
  const local = openCreation === 'loopback' && isLocal(ctx) && !deps.accounts.enabled;
  const open = openCreation === 'always' || local;
  if (!open) requireAdmin(grant);
  else if (!grant) refuseOtherSites(ctx, publicUrl);
}

async function create(
  deps: ApiDeps,
  { id, ...rest }: RoomChange & { readonly id?: string | undefined },
  grant: Grant | undefined,
) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await deps.rooms.create({ id: id ?? randomRoomId(), ...rest }, personOf(grant));
    } catch (error) {
      if (id !== undefined || attempt >= ID_ATTEMPTS || !(error instanceof ConflictError)) throw error;
    }
  }
}

async function unfinishedRecording(deps: ApiDeps, grant: Grant | undefined, room: string) {
  for (const state of ['recording', 'paused'] as const) {
    const { items } = await deps.recordings.list({ room, state, limit: 1 });
    const [found] = items;
    if (!found) continue;
    const { id, duration } = found;
    return { id, state, duration, ...(await ownershipOf(deps, grant, id)) };
  }
  return undefined;
}

/** Where viewers find the recording of the last session, if somebody has shared it with them. */
async function recordingLink(
  deps: ApiDeps,
  { ctx }: Asker,
  { id, createdAt }: RoomView,
): Promise<{ readonly recordingUrl?: string }> {
  const token = await deps.shares.watchToken(id, new Date(createdAt));
  return token === undefined ? {} : { recordingUrl: shareLink(baseUrl(ctx, deps.options.publicUrl), token) };
}

function mayControl(grant: Grant | undefined): boolean {
  return grant?.role === 'admin' || grant?.role === 'host';
}

/** What somebody without a token has to know before they come. */
function publicDoor({ door }: RoomView) {
  const { passwordSet: password, waitingRoom, locked, opensAt } = door;
  if (!password && !waitingRoom && !locked && opensAt === undefined) return {};
  return { door: { password, waitingRoom, locked, ...(opensAt !== undefined && { opensAt }) } };
}

// Field by field: what the rooms know beyond this is not for everybody.
function pick(room: RoomView): Omit<RoomView, 'health'> {
  const { id, title, createdAt, live, recording, participants, program, layout, annotation } = room;
  const { viewing, recordingRules, chat, door, files, images } = room;
  return {
    id,
    title,
    createdAt,
    live,
    recording,
    participants,
    program,
    layout,
    annotation,
    viewing,
    recordingRules,
    chat,
    door,
    files,
    images,
  };
}
