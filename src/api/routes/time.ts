/** The server's clock, so that a player can tell how old its picture is. */
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { timeSchema } from '../schemas.ts';

/** `/api/time`. */
export function timeRoutes(deps: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/time',
      summary: "The server's wall clock, which the live playlists' times are of",
      tag: 'hls',
      access: 'public',
      responses: { 200: { description: 'When this was answered.', schema: timeSchema } },
      handle({ ctx }) {
        ctx.body = { ms: Math.round(deps.clock.wallMs()) };
      },
    }),
  ];
}
