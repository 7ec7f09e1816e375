/** Routes of one room: whoever may ask hears first whether there is such a room. */
import type { z } from 'zod';
import { NotFoundError } from '../errors.ts';
import type { ApiDeps } from './deps.ts';
import type { RoomView } from './ports.ts';
import { type Route, type RouteCall, type RouteInput, route } from './route.ts';

/** The room in the path. */
interface InRoom {
  readonly room: string;
}

/** What a handler gets beside the checked input: the room. */
interface RoomCall<P, Q, B> extends RouteCall<P, Q, B> {
  readonly room: RoomView;
}

interface RoomRouteSpec<P extends z.ZodType<InRoom>, Q extends z.ZodType, B extends z.ZodType>
  extends RouteInput<P, Q, B> {
  readonly params: P;
  handle(call: RoomCall<z.output<P>, z.output<Q>, z.output<B>>): Promise<void> | void;
}

/** The same as `route`, for what is below `/api/rooms/:room`; its handler runs only for a room that there is. */
export function roomRoute<P extends z.ZodType<InRoom>, Q extends z.ZodType, B extends z.ZodType>(
  deps: Pick<ApiDeps, 'rooms'>,
  spec: RoomRouteSpec<P, Q, B>,
): Route {
  return route<P, Q, B>({
    ...spec,
    handle: (call) => spec.handle({ ...call, room: existingRoom(deps, call.params.room) }),
  });
}

/** The room, or NotFoundError `room_not_found`. */
export function existingRoom(deps: Pick<ApiDeps, 'rooms'>, id: string): RoomView {
  const room = deps.rooms.find(id);
  if (room) return room;
  throw unknownRoom();
}

/** `room_not_found`. */
export function unknownRoom(): NotFoundError {
  return new NotFoundError('room_not_found', 'There is no such room, or not any more; check the link.');
}
