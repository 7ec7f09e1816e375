/** The server's clock, so that a player can tell how old its picture is. */
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { timeSchema } from '../schemas.ts';

const timeQuery = z.object({ room: z.string().max(64).optional() });

/** `/api/time`. */
export function timeRoutes(deps: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/time',
      summary:
        "Get the server's wall clock, or with `room` the clock of its live program, to which the times in playlists refer",
      tag: 'hls',
      access: 'public',
      query: timeQuery,
      responses: { 200: { description: 'The time of the answer.', schema: timeSchema } },
      handle({ ctx, query: { room } }) {
        const programMs = room === undefined ? undefined : deps.programTime(room);
        ctx.body = { ms: Math.round(programMs ?? deps.clock.wallMs()) };
      },
    }),
  ];
}
