/** Still pictures: a room's logo and background, and the avatars of people in it. */
import { createHash } from 'node:crypto';
import type { RouterContext } from '@koa/router';
import { ForbiddenError, NotFoundError } from '../../errors.ts';
import { MAX_PICTURE_BYTES, PICTURE_TYPES, checkPicture, pictureTooLarge } from '../../room/picture-file.ts';
import { requireAdmitted } from '../admitted.ts';
import type { ApiDeps } from '../deps.ts';
import { type Grant, requireHost, requireMember } from '../grant.ts';
import { roomRoute } from '../room-route.ts';
import type { BytesDoc, Route } from '../route.ts';
import { imageParams, participantParams } from '../schemas.ts';

const IMAGE = '/api/rooms/:room/images/:slot';
const AVATAR = '/api/rooms/:room/participants/:participant/avatar';
const PICTURE: BytesDoc = { maxBytes: MAX_PICTURE_BYTES, types: PICTURE_TYPES, tooLarge: pictureTooLarge };
const OWN_NOTE = 'host of the room, or whoever has a token with this identity';
const FOUND = {
  200: { description: 'The picture as it was sent.', contentType: 'image/*' },
  304: { description: 'The client’s copy is current.' },
};
const SET = { 204: { description: 'The picture is set.' } };
const REMOVED = { 204: { description: 'The picture is removed.' } };

/** `/api/rooms/:room/images/:slot` and `/api/rooms/:room/participants/:participant/avatar`. */
export function imageRoutes(deps: ApiDeps): Route[] {
  const { images } = deps;
  const base = { tag: 'images' } as const;
  return [
    roomRoute(deps, {
      ...base,
      method: 'get',
      path: IMAGE,
      summary: 'Download a picture of the room (`logo` or `background`)',
      access: 'special',
      accessNote: 'everybody; in a private room any token of the room',
      params: imageParams,
      responses: FOUND,
      admit: ({ grant, params: { room } }) => {
        // Whoever may watch sees it in the program.
        if (deps.rooms.watchRules(room)?.access !== 'public') requireMember(grant, room);
      },
      handle({ ctx, params }) {
        show(ctx, images.find(params.room, params.slot));
      },
    }),
    roomRoute(deps, {
      ...base,
      method: 'put',
      path: IMAGE,
      summary: 'Set a picture of the room: a PNG, JPEG or WebP of at most 2 MiB',
      access: 'host',
      params: imageParams,
      bytes: PICTURE,
      responses: SET,
      async handle({ ctx, params, bytes }) {
        checkPicture(bytes);
        await images.set(params.room, params.slot, bytes);
        ctx.status = 204;
      },
    }),
    roomRoute(deps, {
      ...base,
      method: 'delete',
      path: IMAGE,
      summary: 'Remove a picture of the room',
      access: 'host',
      params: imageParams,
      responses: REMOVED,
      async handle({ ctx, params }) {
        await images.set(params.room, params.slot, undefined);
        ctx.status = 204;
      },
    }),
    roomRoute(deps, {
      ...base,
      method: 'get',
      path: AVATAR,
      summary: 'Download the avatar of a participant',
      access: 'member',
      params: participantParams,
      responses: FOUND,
      admit: ({ ctx, grant, params: { room } }) => requireAdmitted(deps, grant, room, ctx.req.headers),
      handle({ ctx, params }) {
        show(ctx, images.findAvatar(params.room, params.participant));
      },
    }),
    roomRoute(deps, {
      ...base,
      method: 'put',
      path: AVATAR,
      summary: 'Set an avatar: a PNG, JPEG or WebP of at most 2 MiB',
      access: 'special',
      accessNote: OWN_NOTE,
      params: participantParams,
      bytes: PICTURE,
      responses: SET,
      admit: ({ grant, params }) => requireSelfOrHost(grant, params.room, params.participant),
      async handle({ ctx, params, bytes }) {
        checkPicture(bytes);
        await images.setAvatar(params.room, params.participant, bytes);
        ctx.status = 204;
      },
    }),
    roomRoute(deps, {
      ...base,
      method: 'delete',
      path: AVATAR,
      summary: 'Remove an avatar',
      access: 'special',
      accessNote: OWN_NOTE,
      params: participantParams,
      responses: REMOVED,
      admit: ({ grant, params }) => requireSelfOrHost(grant, params.room, params.participant),
      async handle({ ctx, params }) {
        await images.setAvatar(params.room, params.participant, undefined);
        ctx.status = 204;
      },
    }),
  ];
}

/** Whoever joins with a token that has an identity is that participant; the holder of an invite could be anybody. */
function requireSelfOrHost(grant: Grant | undefined, room: string, participant: string): void {
  const known = requireMember(grant, room);
  if (known.role === 'participant' && known.identity === participant) return;
  if (known.role === 'participant' && known.identity === undefined) {
    throw new ForbiddenError(
      'An invite says nothing about who you are; ask a host for a token of your own, or to set the picture for you.',
      'no_identity',
    );
  }
  requireHost(known, room);
}

function show(ctx: RouterContext, data: Uint8Array | undefined): void {
  if (!data) throw new NotFoundError('no_picture', 'No picture is set here; PUT one first.');
  ctx.status = 200;
  ctx.set('Cache-Control', 'private, no-cache');
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Content-Security-Policy', "default-src 'none'; sandbox");
  ctx.etag = createHash('sha256').update(data).digest('base64url');
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  ctx.set('Content-Type', checkPicture(data).type);
  ctx.body = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
