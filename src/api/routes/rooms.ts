/** Rooms: create, list, look at, change, delete. */
import { ConflictError, NotFoundError } from '../../errors.ts';
import type { ApiDeps } from '../deps.ts';
import { type Grant, remainingSeconds, requireAdmin, requireMember } from '../grant.ts';
import { type LinkAudience, roomLinks, shareLink } from '../links.ts';
import { baseUrl, isLocal, refuseOtherSites } from '../origin.ts';
import type { RoomChange, RoomView } from '../ports.ts';
import { randomRoomId } from '../room-id.ts';
import { type Route, type RouteCall, route } from '../route.ts';
import { createRoomBody, roomList, roomOrPublic, roomParams, roomSchema, updateRoomBody } from '../schemas.ts';

type Asker = Pick<RouteCall<unknown, unknown, unknown>, 'ctx' | 'grant'>;

/** How often a made-up id may be taken already before that is somebody else's problem. */
const ID_ATTEMPTS = 5;

/** The room, or NotFoundError `room_not_found`. */
export function existingRoom(deps: ApiDeps, id: string): RoomView {
  const room = deps.rooms.find(id);
  if (room) return room;
  throw new NotFoundError('room_not_found', 'There is no such room; check the link, or create the room.');
}

/** All rows of `/api/rooms` but those of its sub-resources. */
export function roomRoutes(deps: ApiDeps): Route[] {
  const show = async ({ ctx, grant }: Asker, room: RoomView, audience: LinkAudience = grant?.role ?? 'viewer') => ({
    ...pick(room),
    ...(mayControl(grant) && room.live && { viewers: deps.viewers.count(room.id) }),
    ...(mayControl(grant) && room.health !== undefined && { health: room.health }),
    links: await roomLinks(deps.tokens, baseUrl(ctx, deps.options.publicUrl), room, {
      audience,
      ttlSeconds: remainingSeconds(grant, deps.clock),
    }),
  });
  return [
    route({
      method: 'post',
      path: '/api/rooms',
      summary: 'Create a room',
      tag: 'rooms',
      access: 'special',
      accessNote: 'admin; without a token as far as the configuration key `rooms.openCreation` allows',
      body: createRoomBody,
      responses: { 201: { description: 'The room with all of its links.', schema: roomSchema } },
      async handle(call) {
        const { ctx, body } = call;
        admitCreator(deps, call);
        const room = await create(deps, body);
        ctx.status = 201;
        ctx.set('Location', `/api/rooms/${room.id}`);
        ctx.body = await show(call, room, 'creator');
      },
    }),
    route({
      method: 'get',
      path: '/api/rooms',
      summary: 'List all rooms',
      tag: 'rooms',
      access: 'admin',
      responses: { 200: { description: 'All of them.', schema: roomList } },
      async handle(call) {
        call.ctx.body = { items: await Promise.all(deps.rooms.list().map((room) => show(call, room))) };
      },
    }),
    route({
      method: 'get',
      path: '/api/rooms/:room',
      summary: 'Look at a room',
      tag: 'rooms',
      access: 'special',
      accessNote: 'any token of the room; without one only `id`, `title` and `live`',
      params: roomParams,
      responses: { 200: { description: 'The room, as far as the asker may see it.', schema: roomOrPublic } },
      async handle(call) {
        const { ctx, grant, params } = call;
        const known = grant && requireMember(grant, params.room);
        const room = existingRoom(deps, params.room);
        if (!known) {
          const everybody = room.viewing.access === 'public';
          const url = everybody ? await recordingLink(deps, call, room.id) : {};
          ctx.body = { id: room.id, title: room.title, live: room.live, ...url };
          return;
        }
        const mayRecord = mayControl(known);
        const currentRecording = mayRecord ? await unfinishedRecording(deps, room.id) : undefined;
        const removed =
          known.role !== 'admin' && known.identity !== undefined && deps.rooms.isRemoved(room.id, known.identity);
        ctx.body = {
          ...(await show(call, room)),
          ...(currentRecording ? { currentRecording } : {}),
          ...(removed ? {} : await recordingLink(deps, call, room.id)),
        };
      },
    }),
    route({
      method: 'patch',
      path: '/api/rooms/:room',
      summary:
        'Change title, layout, annotation, who may watch or is recorded, or the program from the next session on',
      tag: 'rooms',
      access: 'host',
      params: roomParams,
      body: updateRoomBody,
      responses: { 200: { description: 'The changed room.', schema: roomSchema } },
      async handle(call) {
        const { ctx, params, body } = call;
        existingRoom(deps, params.room);
        ctx.body = await show(call, await deps.rooms.update(params.room, body));
      },
    }),
    route({
      method: 'delete',
      path: '/api/rooms/:room',
      summary: 'End a room for everybody; its recordings stay',
      tag: 'rooms',
      access: 'admin',
      params: roomParams,
      responses: { 204: { description: 'It is gone.' } },
      async handle({ ctx, params }) {
        existingRoom(deps, params.room);
        await deps.rooms.remove(params.room);
        ctx.status = 204;
      },
    }),
  ];
}

function admitCreator(deps: ApiDeps, { ctx, grant }: Asker): void {
  const { openCreation, publicUrl } = deps.options;
  const open = openCreation === 'always' || (openCreation === 'loopback' && isLocal(ctx));
  if (!open) requireAdmin(grant);
  else if (!grant) refuseOtherSites(ctx, publicUrl);
}

async function create(deps: ApiDeps, { id, ...rest }: RoomChange & { readonly id?: string | undefined }) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await deps.rooms.create({ id: id ?? randomRoomId(), ...rest });
    } catch (error) {
      if (id !== undefined || attempt >= ID_ATTEMPTS || !(error instanceof ConflictError)) throw error;
    }
  }
}

async function unfinishedRecording(deps: ApiDeps, room: string): Promise<{ id: string; state: string } | undefined> {
  for (const state of ['recording', 'paused'] as const) {
    const { items } = await deps.recordings.list({ room, state, limit: 1 });
    if (items[0]) return { id: items[0].id, state };
  }
  return undefined;
}

/** Where viewers find the recording of the last session, if somebody has shared it with them. */
async function recordingLink(deps: ApiDeps, { ctx }: Asker, room: string): Promise<{ readonly recordingUrl?: string }> {
  const token = await deps.shares.watchToken(room);
  return token === undefined ? {} : { recordingUrl: shareLink(baseUrl(ctx, deps.options.publicUrl), token) };
}

function mayControl(grant: Grant | undefined): boolean {
  return grant?.role === 'admin' || grant?.role === 'host';
}

// Field by field: what the rooms know beyond this is not for everybody.
function pick(room: RoomView): Omit<RoomView, 'health'> {
  const { id, title, createdAt, live, recording, participants, program, layout, annotation } = room;
  const { viewing, recordingRules, chat, images } = room;
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
    images,
  };
}
