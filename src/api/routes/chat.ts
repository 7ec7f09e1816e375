/** The chat of a room, for viewers and for programs; whoever is in the room has it on their WebSocket. */
import type { Context } from 'koa';
import { viewersRules } from '../../room/chat-settings.ts';
import { Turnstile } from '../../util/turnstile.ts';
import { isHeldUp, requireAdmitted } from '../admitted.ts';
import { type ChatPlace, knownWriter, mayRead, mayWrite, writer } from '../chat-door.ts';
import {
  chatAnswer,
  chatEntryAnswer,
  chatMessageParams,
  chatQuery,
  deleteChatBody,
  editChatBody,
  sayBody,
} from '../chat-schemas.ts';
import type { ApiDeps } from '../deps.ts';
import { goneSignal } from '../gone-signal.ts';
import type { Grant } from '../grant.ts';
import { preflightRoute } from '../preflight-route.ts';
import { unknownRoom } from '../room-route.ts';
import { authenticate, type Route, route } from '../route.ts';
import { roomParams } from '../schemas.ts';

const PATH = '/api/rooms/:room/chat';
const MESSAGE_PATH = `${PATH}/:message`;
/** Answers in one turn of the event loop, as of media. */
const ANSWERS_A_TURN = 16;
const READ_NOTE = 'whoever is in the room; unless `chat.viewers` is `off`, also whoever may watch it';
const WRITE_NOTE = 'whoever is in the room; if `chat.viewers` is `write`, also whoever may watch it';

/** `/api/rooms/:room/chat` and single messages of it. */
export function chatRoutes(deps: ApiDeps): Route[] {
  const turnstile = new Turnstile(ANSWERS_A_TURN);
  return [
    route({
      method: 'get',
      path: PATH,
      summary: 'Read the chat, and wait for new messages',
      tag: 'chat',
      access: 'special',
      accessNote: READ_NOTE,
      params: roomParams,
      query: chatQuery,
      responses: {
        200: { description: 'New messages and changes, in order.', schema: chatAnswer },
        429: { description: 'The chat is read from this address too often.' },
        503: { description: 'Too many requests are waiting; try again in some seconds.' },
      },
      async handle({ ctx, grant: given, params: { room }, query }) {
        const grant = withinDoor(deps, ctx, given, placeOf(deps, room));
        mayRead(grant, placeOf(deps, room));
        ctx.set('Cache-Control', 'no-store');
        const address = grant?.role === 'admin' ? undefined : (deps.addresses.of(ctx.req) ?? '');
        if (query.before !== undefined) {
          const entries = await deps.chat.before(room, query.before, query.limit, address);
          ctx.body = { entries, more: false, ...rulesOf(deps, grant, placeOf(deps, room)) };
          return;
        }
        const { after, wait, rules: known } = query;
        const asked = { waitMs: wait * 1000, signal: goneSignal(ctx.res), known, address };
        const changes = await deps.chat.changes(room, after, asked);
        // A message answers everybody who waits for it.
        if (wait > 0) await turnstile.pass();
        // Who was let in before the wait may not be any more.
        const place = placeOf(deps, room);
        const still = withinDoor(deps, ctx, wait > 0 ? await authenticate(ctx, deps.tokens) : given, place);
        mayRead(still, place);
        ctx.body = { ...changes, ...rulesOf(deps, still, place) };
      },
    }),
    route({
      method: 'post',
      path: PATH,
      summary: 'Write a message',
      tag: 'chat',
      access: 'special',
      accessNote: WRITE_NOTE,
      params: roomParams,
      body: sayBody,
      responses: { 201: { description: 'The message.', schema: chatEntryAnswer } },
      async handle({ ctx, grant, params: { room }, body }) {
        const place = placeOf(deps, room);
        const author = writer(withinDoor(deps, ctx, grant, place), place, body);
        ctx.status = 201;
        ctx.body = await deps.chat.say(room, author, body, deps.addresses.of(ctx.req) ?? '');
      },
    }),
    route({
      method: 'patch',
      path: MESSAGE_PATH,
      summary: 'Edit your own message',
      tag: 'chat',
      access: 'special',
      accessNote: 'who wrote it',
      params: chatMessageParams,
      body: editChatBody,
      responses: { 200: { description: 'The changed message.', schema: chatEntryAnswer } },
      async handle({ ctx, grant, params: { room, message }, body }) {
        const place = placeOf(deps, room);
        const author = knownWriter(withinDoor(deps, ctx, grant, place), place, body);
        ctx.body = await deps.chat.edit(room, author, message, body.text);
      },
    }),
    route({
      method: 'post',
      path: `${MESSAGE_PATH}/delete`,
      summary: 'Delete a message',
      tag: 'chat',
      access: 'special',
      accessNote: 'who wrote it, and hosts',
      params: chatMessageParams,
      body: deleteChatBody,
      responses: { 200: { description: 'The deleted message, without its text.', schema: chatEntryAnswer } },
      async handle({ ctx, grant, params: { room, message }, body }) {
        const place = placeOf(deps, room);
        const author = knownWriter(withinDoor(deps, ctx, grant, place), place, body);
        ctx.body = await deps.chat.remove(room, author, message);
      },
    }),
    ...[PATH, MESSAGE_PATH, `${MESSAGE_PATH}/delete`].map((path) => preflight(path)),
  ];
}

function preflight(path: string): Route {
  return preflightRoute({
    path,
    summary: 'Tell browsers that players on any site may request this',
    tag: 'chat',
    params: path === PATH ? roomParams : chatMessageParams,
    description: 'Access for all origins.',
    methods: 'GET, POST, PATCH, OPTIONS',
    headers: 'Authorization, Content-Type',
  });
}

function placeOf(deps: ApiDeps, room: string): ChatPlace {
  const rules = deps.rooms.watchRules(room);
  if (!rules) throw unknownRoom();
  return { room, access: rules.access, viewers: deps.chat.rules(room).viewers };
}

/** Whoever is held up at the door of a public room has no more of its chat than anybody who passes by. @throws ForbiddenError `not_admitted` */
function withinDoor(
  deps: ApiDeps,
  ctx: Context,
  grant: Grant | undefined,
  { room, access }: ChatPlace,
): Grant | undefined {
  const { headers } = ctx.req;
  if (access !== 'public') requireAdmitted(deps, grant, room, headers);
  return isHeldUp(deps, grant, room, headers) ? undefined : grant;
}

function rulesOf(deps: ApiDeps, grant: Grant | undefined, place: ChatPlace): object {
  const rules = deps.chat.rules(place.room);
  return { mayWrite: mayWrite(grant, place), slowSeconds: rules.slowSeconds, rules: viewersRules(rules) };
}
