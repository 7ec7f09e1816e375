/** Clips: stretches of a live session as MP4. */
import type { RouterContext } from '@koa/router';
import { answerLink } from '../answer-link.ts';
import { askerOf, whoIs } from '../audit-log.ts';
import type { AuditEntry } from '../audit-store.ts';
import { type CreateClip, clipLinkBody, clipList, clipParams, clipSchema, createClipBody } from '../clip-schemas.ts';
import type { ClipControl } from '../clip-port.ts';
import type { ApiDeps } from '../deps.ts';
import { attachmentNamed } from '../download-name.ts';
import { moderatorOf } from '../event-person.ts';
import { fileAsker, linkHolder } from '../file-door.ts';
import { type Grant, remainingSeconds, requireHost } from '../grant.ts';
import { baseUrl } from '../origin.ts';
import { roomRoute } from '../room-route.ts';
import { type Route, route } from '../route.ts';
import { downloadQuery, linkSchema, roomParams } from '../schemas.ts';
import { sendFile } from '../send-file.ts';

type Clip = Awaited<ReturnType<ClipControl['make']>>;

const ALL = '/api/rooms/:room/clips';
const ONE = '/api/rooms/:room/clips/:clip';

/** `/api/rooms/:room/clips` and what is below it. */
export function clipRoutes(deps: ApiDeps): Route[] {
  const { clips } = deps;
  const base = { tag: 'clips', access: 'host' } as const;
  const show = (ctx: RouterContext, clip: Clip) => {
    const { id, room, title, from, to, duration, bytes, createdAt } = clip;
    const url = `${baseUrl(ctx, deps.options.publicUrl)}/api/rooms/${room}/clips/${id}`;
    return { id, room, title, url, from, to, duration, bytes, createdAt };
  };
  return [
    roomRoute(deps, {
      ...base,
      method: 'post',
      path: ALL,
      summary: 'Make an MP4 of a part of the live session, without re-encoding',
      params: roomParams,
      body: createClipBody,
      responses: { 201: { description: 'The clip, with its exact times.', schema: clipSchema } },
      async handle({ ctx, grant, params, body }) {
        const clip = await clips.make(params.room, requestOf(body), moderatorOf(grant), body.title);
        await deps.audit.note(entryOf(deps, ctx, grant, 'clip_saved', clip));
        ctx.status = 201;
        ctx.set('Location', `/api/rooms/${clip.room}/clips/${clip.id}`);
        ctx.body = show(ctx, clip);
      },
    }),
    roomRoute(deps, {
      ...base,
      method: 'get',
      path: ALL,
      summary: 'List the clips of a room, newest first',
      params: roomParams,
      responses: { 200: { description: 'The complete list.', schema: clipList } },
      handle({ ctx, params }) {
        ctx.body = { items: clips.list(params.room).map((clip) => show(ctx, clip)) };
      },
    }),
    route({
      ...base,
      access: 'special',
      accessNote: 'host of the room, or a `ticket` for this clip in the query',
      method: 'get',
      path: ONE,
      summary: 'Download a clip',
      params: clipParams,
      query: downloadQuery,
      responses: {
        200: { description: 'The whole MP4.', contentType: 'video/mp4' },
        206: { description: 'The requested range.', contentType: 'video/mp4' },
        304: { description: 'The client’s copy is current.' },
      },
      async handle({ ctx, grant, params, query: { ticket } }) {
        if (ticket !== undefined && !grant) {
          await deps.tokens.verifyTicket(ticket, placeOf(params.room), params.clip);
        } else {
          requireHost(grant, params.room);
        }
        const { path, clip } = clips.file(params.room, params.clip);
        ctx.set('Content-Disposition', attachmentNamed(nameOf(clip)));
        ctx.set('Content-Security-Policy', "default-src 'none'; sandbox");
        const modifiedAt = new Date(clip.createdAt);
        const known = { etag: clip.id, modifiedAt, size: clip.bytes };
        await sendFile(ctx, { path, contentType: 'video/mp4', cacheControl: 'private, no-cache', known });
        const noted = ctx.method === 'GET' && ctx.status !== 304;
        if (noted) await deps.audit.noteOnce(entryOf(deps, ctx, grant, 'download', clip));
      },
    }),
    roomRoute(deps, {
      ...base,
      method: 'post',
      path: `${ONE}/link`,
      summary: 'Make a link that downloads a clip without a header, valid for a minute or as long as requested',
      params: clipParams,
      body: clipLinkBody,
      responses: { 201: { description: 'The link.', schema: linkSchema } },
      async handle({ ctx, grant, params: { room, clip }, body }) {
        const known = requireHost(grant, room);
        const asker = fileAsker(grant, room, ctx.req.headers, (id, at) => deps.rooms.keptOut(room, id, at));
        clips.file(room, clip);
        const ttl = Math.min(body.ttl, remainingSeconds(grant, deps.clock));
        const holder = await linkHolder(deps.tokens, known, room, asker);
        const { ticket, expiresAt } = await deps.tokens.issueTicket(placeOf(room), clip, ttl, holder);
        answerLink(ctx, deps, `/api/rooms/${room}/clips/${clip}?ticket=${ticket}`, expiresAt);
      },
    }),
    route({
      ...base,
      method: 'delete',
      path: ONE,
      summary: 'Delete a clip',
      params: clipParams,
      responses: { 204: { description: 'Deleted.' } },
      async handle({ ctx, grant, params }) {
        const { clip } = clips.file(params.room, params.clip);
        await clips.remove(params.room, params.clip, moderatorOf(grant));
        await deps.audit.note(entryOf(deps, ctx, grant, 'delete', clip));
        ctx.status = 204;
      },
    }),
  ];
}

function entryOf(
  deps: ApiDeps,
  ctx: RouterContext,
  grant: Grant | undefined,
  action: 'clip_saved' | 'download' | 'delete',
  { id, room, title }: Pick<Clip, 'id' | 'room' | 'title'>,
): AuditEntry {
  return { ...askerOf(ctx, deps.addresses), who: whoIs(grant), action, room, detail: { clip: id, title } };
}

/** What a ticket is for; no recording is called so, and no room's files. */
function placeOf(room: string): string {
  return `clips/${room}`;
}

// The schema has seen to it that it is one or the other.
function requestOf({ from = 0, to = 0, last }: CreateClip): Parameters<ClipControl['make']>[1] {
  return last === undefined ? { from: millisecondsOf(from), to: millisecondsOf(to) } : { last };
}

function millisecondsOf(moment: string | number): number {
  return typeof moment === 'number' ? moment : Date.parse(moment);
}

/** Title and beginning, which sorts. */
function nameOf({ title, from }: Clip): string {
  return `${title} ${from.slice(0, 19).replaceAll(':', '-')}Z.mp4`;
}
