/** Who did what with recordings. */
import { auditList, auditQuery } from '../audit-schemas.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';

/** `GET /api/audit`. */
export function auditRoutes(deps: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/audit',
      summary: 'List who downloaded, shared, rendered and deleted what, newest first',
      tag: 'recordings',
      access: 'admin',
      query: auditQuery,
      responses: { 200: { description: 'A page; `next` is the `cursor` of the one after it.', schema: auditList } },
      async handle({ ctx, query: { limit, cursor } }) {
        const before = cursor === undefined ? {} : { before: Number(cursor) };
        const { items, next } = await deps.audit.list({ limit, ...before });
        ctx.body = {
          items: items.map(({ id: _id, ...entry }) => entry),
          ...(next === undefined ? {} : { next: String(next) }),
        };
      },
    }),
  ];
}
