/** The chat of a room as a file, for those who are in it. */
import { Readable } from 'node:stream';
import { z } from 'zod';
import { ForbiddenError } from '../../errors.ts';
import { requireAdmitted } from '../admitted.ts';
import { CHAT_FORMATS, exportChat, exportName, exportType } from '../chat-export.ts';
import type { ApiDeps } from '../deps.ts';
import { attachmentNamed } from '../download-name.ts';
import { requireMember } from '../grant.ts';
import { unknownRoom } from '../room-route.ts';
import { type Route, route } from '../route.ts';
import { roomParams } from '../schemas.ts';

const exportQuery = z.object({
  format: z.enum(CHAT_FORMATS).default('text').meta({ description: 'For people, for programs, or for spreadsheets.' }),
});

/** `GET /api/rooms/:room/chat/export`. */
export function chatExportRoutes(deps: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/rooms/:room/chat/export',
      summary: 'Download the chat as a file, without private messages',
      tag: 'chat',
      access: 'special',
      accessNote: 'hosts and participants of the room',
      params: roomParams,
      query: exportQuery,
      responses: { 200: { description: 'All that is kept, oldest first.', contentType: 'text/plain' } },
      admit({ ctx, grant, params: { room } }) {
        if (requireMember(grant, room).role === 'viewer') {
          const message = 'Only people in the room may save its chat; ask a host for the file.';
          throw new ForbiddenError(message, 'members_only');
        }
        requireAdmitted(deps, grant, room, ctx.req.headers);
      },
      handle({ ctx, params: { room }, query: { format } }) {
        if (!deps.rooms.watchRules(room)) throw unknownRoom();
        const of = { room, atMs: deps.clock.wallMs() };
        ctx.set('Cache-Control', 'no-store');
        ctx.set('Content-Disposition', attachmentNamed(exportName(format, of)));
        ctx.body = Readable.from(exportChat(format, of, deps.chat.all(room)));
        ctx.type = exportType(format);
      },
    }),
  ];
}
