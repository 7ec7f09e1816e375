/** The files that people share in a room: sent with tus 1.0, listed, downloaded, deleted. */
import type { RouterContext } from '@koa/router';
import { TUS_ABILITIES, TUS_HEADERS } from '../../files/tus-door.ts';
import { UnauthorizedError } from '../../errors.ts';
import type { EventPerson } from '../../events/event.ts';
import { requireAdmitted } from '../admitted.ts';
import { answerLink } from '../answer-link.ts';
import type { ApiDeps } from '../deps.ts';
import { attachmentNamed, inlineNamed } from '../download-name.ts';
import { type FileAsker, fileAsker, linkHolder, requireInRoom, requireKnown, requireOwner } from '../file-door.ts';
import { fileAnswer, fileContentQuery, fileLinkBody, fileListAnswer, roomFileParams } from '../file-schemas.ts';
import { type Grant, remainingSeconds, requireSignedIn } from '../grant.ts';
import { harmlessType, inlinePolicy } from '../harmless-types.ts';
import { existingRoom } from '../room-route.ts';
import { authenticate, type Route, type RouteCall, route } from '../route.ts';
import { linkSchema, roomParams } from '../schemas.ts';
import { sendFile } from '../send-file.ts';
import { leaveBody } from '../body.ts';

const PATH = '/api/rooms/:room/files';
const FILE_PATH = `${PATH}/:file`;
const IN_ROOM = 'whoever is in the room, except viewers';
const OWN = 'whoever uploads it, and hosts';
const BYTES = 'application/octet-stream';

/** `/api/rooms/:room/files` and single files of it. */
export function fileRoutes(deps: ApiDeps): Route[] {
  return [...tusRoutes(deps), ...viewRoutes(deps), ...contentRoutes(deps)];
}

function tusRoutes(deps: ApiDeps): Route[] {
  const upload = async (
    { ctx, grant }: RouteCall<unknown, unknown, unknown>,
    method: 'POST' | 'HEAD' | 'PATCH',
    room: string,
    id?: string,
  ): Promise<void> => {
    ctx.set(TUS_HEADERS);
    try {
      const asker = askerIn(deps, ctx, grant, room);
      const file = id === undefined ? undefined : await deps.files.stored(room, id);
      if (file) requireOwner(asker, file.by.id);
      const by = file?.by ?? requireKnown(asker, (one) => nameOf(deps, room, one));
      const mayShare = (): Promise<void> => stillIn(deps, ctx, grant, room);
      const request = { method, headers: ctx.req.headers, body: ctx.req, room, by, mayShare, ...(file && { file }) };
      const answer = await deps.files.upload(request);
      ctx.status = answer.status;
      ctx.set(answer.headers);
    } catch (error) {
      await leaveBody(ctx, deps.clock);
      throw error;
    }
  };
  return [
    route({
      method: 'post',
      path: PATH,
      summary: 'Start to upload a file (tus 1.0: Upload-Length and Upload-Metadata with `filename` and `filetype`)',
      tag: 'files',
      access: 'special',
      accessNote: IN_ROOM,
      params: roomParams,
      responses: {
        201: { description: 'The address for the upload is in `Location`.', contentType: BYTES },
        413: { description: 'The file is too large.' },
        429: { description: 'Too many uploads are running, or are started too quickly.' },
        507: { description: 'The room, its sender or the disk has no space for it.' },
      },
      handle: (call) => upload(call, 'POST', call.params.room),
    }),
    route({
      method: 'patch',
      path: FILE_PATH,
      summary: 'Upload the next bytes of a file (tus 1.0: Upload-Offset)',
      tag: 'files',
      access: 'special',
      accessNote: OWN,
      params: roomFileParams,
      responses: {
        204: { description: 'Received up to `Upload-Offset`; the last byte announces the file in the room.' },
        409: { description: 'The upload continues at another offset.' },
        460: { description: 'The bytes are not those of `Upload-Checksum`.' },
      },
      handle: (call) => upload(call, 'PATCH', call.params.room, call.params.file),
    }),
    route({
      method: 'options',
      path: PATH,
      summary: 'Tell which parts of tus are supported',
      tag: 'files',
      access: 'public',
      params: roomParams,
      responses: { 204: { description: 'The supported version and extensions, in headers.' } },
      handle({ ctx }) {
        ctx.set(TUS_ABILITIES);
        ctx.status = 204;
      },
    }),
    route({
      method: 'get',
      path: FILE_PATH,
      summary: 'Get the description of a file; HEAD: how much of it has arrived (tus 1.0)',
      tag: 'files',
      access: 'special',
      accessNote: `${IN_ROOM}; HEAD: ${OWN}`,
      params: roomFileParams,
      responses: { 200: { description: 'The file.', schema: fileAnswer } },
      async handle(call) {
        const { ctx, grant, params } = call;
        if (ctx.method === 'HEAD') {
          await upload(call, 'HEAD', params.room, params.file);
          return;
        }
        const asker = askerIn(deps, ctx, grant, params.room);
        const file = await deps.files.find(params.room, params.file);
        if (!file.complete) requireOwner(asker, file.by.id);
        ctx.body = file;
      },
    }),
  ];
}

function viewRoutes(deps: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: PATH,
      summary: 'List the files of a room, with the remaining space',
      tag: 'files',
      access: 'special',
      accessNote: IN_ROOM,
      params: roomParams,
      responses: { 200: { description: 'The files.', schema: fileListAnswer } },
      async handle({ ctx, grant, params: { room } }) {
        ctx.body = await deps.files.list(room, askerIn(deps, ctx, grant, room).id);
      },
    }),
    route({
      method: 'delete',
      path: FILE_PATH,
      summary: 'Delete a file, complete or not',
      tag: 'files',
      access: 'special',
      accessNote: OWN,
      params: roomFileParams,
      responses: { 204: { description: 'Deleted for good.' } },
      async handle({ ctx, grant, params: { room, file: id } }) {
        const asker = askerIn(deps, ctx, grant, room);
        const file = await deps.files.stored(room, id);
        requireOwner(asker, file.by.id);
        await deps.files.remove(room, id, actorOf(deps, asker, grant, room));
        ctx.set(TUS_HEADERS);
        ctx.status = 204;
      },
    }),
  ];
}

function contentRoutes(deps: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: `${FILE_PATH}/content`,
      summary: 'Download a file or a range of it',
      tag: 'files',
      access: 'special',
      accessNote: `${IN_ROOM}, or a \`ticket\` for this file in the query`,
      params: roomFileParams,
      query: fileContentQuery,
      responses: {
        200: { description: 'The whole file.', contentType: BYTES },
        206: { description: 'The requested range.', contentType: BYTES },
        304: { description: 'The client’s copy is current.' },
      },
      async handle({ ctx, grant, params, query: { ticket, inline } }) {
        if (ticket !== undefined && !grant) await deps.tokens.verifyTicket(ticket, placeOf(params.room), params.file);
        else askerIn(deps, ctx, grant, params.room);
        const { path, file } = await deps.files.content(params.room, params.file);
        const policy = inline === '1' ? inlinePolicy(file.type) : undefined;
        ctx.set('Content-Disposition', policy === undefined ? attachmentNamed(file.name) : inlineNamed(file.name));
        ctx.set('Content-Security-Policy', policy ?? "default-src 'none'; sandbox");
        const { at, sha256 } = file.completed;
        const known = { etag: sha256, modifiedAt: new Date(at), size: file.size };
        const contentType = policy === undefined ? harmlessType(file.type) : file.type;
        await sendFile(ctx, { path, known, contentType, cacheControl: 'private, no-cache' });
      },
    }),
    route({
      method: 'post',
      path: `${FILE_PATH}/link`,
      summary: 'Make a link that downloads the file without a header, valid for a minute or as long as requested',
      tag: 'files',
      access: 'special',
      accessNote: IN_ROOM,
      params: roomFileParams,
      body: fileLinkBody,
      responses: { 201: { description: 'The link; with `&inline=1` it is shown.', schema: linkSchema } },
      async handle({ ctx, grant, params: { room, file }, body }) {
        const asker = askerIn(deps, ctx, grant, room);
        await deps.files.content(room, file);
        // Nobody gives away more time than they have, nor more than they may have themselves once they are sent out.
        const ttl = Math.min(body.ttl, remainingSeconds(grant, deps.clock));
        const holder = await linkHolder(deps.tokens, requireInRoom(grant, room), room, asker);
        const { ticket, expiresAt } = await deps.tokens.issueTicket(placeOf(room), file, ttl, holder);
        answerLink(ctx, deps, `/api/rooms/${room}/files/${file}/content?ticket=${ticket}`, expiresAt);
      },
    }),
  ];
}

/** What a ticket is for; no recording is called so. */
function placeOf(room: string): string {
  return `room/${room}`;
}

/** @throws as `fileAsker`, and NotFoundError `room_not_found`, ForbiddenError `removed`, `banned` or `not_admitted` */
function askerIn(deps: ApiDeps, ctx: RouterContext, grant: Grant | undefined, room: string): FileAsker {
  requireInRoom(grant, room);
  existingRoom(deps, room);
  const { headers } = ctx.req;
  const asker = fileAsker(grant, room, headers, (id, issuedAt) => deps.rooms.keptOut(room, id, issuedAt));
  requireAdmitted(deps, grant, room, headers);
  return asker;
}

/**
 * A file can take hours to come. Whoever has left meanwhile, or whose token has run out, shares it all the same; whoever was sent out
 * does not, whether or not their token has run out since. @param before what they were let in with @throws as `fileAsker`
 */
async function stillIn(deps: ApiDeps, ctx: RouterContext, before: Grant | undefined, room: string): Promise<void> {
  const grant = await authenticate(ctx, deps.tokens).catch(async (error: unknown) => {
    if (!(error instanceof UnauthorizedError && error.code === 'token_expired')) throw error;
    if (before?.user) await deps.tokens.checkSession(await deps.tokens.sessionOf(requireSignedIn(before)));
    if (before && before.role !== 'admin') deps.tokens.check(before);
    return before;
  });
  fileAsker(grant, room, ctx.req.headers, (id, issuedAt) => deps.rooms.keptOut(room, id, issuedAt));
}

function nameOf(deps: ApiDeps, room: string, id: string): string | undefined {
  return deps.rooms.participants(room).find((one) => one.id === id)?.name;
}

function actorOf(deps: ApiDeps, asker: FileAsker, grant: Grant | undefined, room: string): EventPerson {
  const id = asker.id ?? 'guest';
  const name = nameOf(deps, room, id) ?? asker.name ?? 'Guest';
  return { id, name, role: grant?.role === 'admin' ? 'admin' : asker.role };
}
