/** What the server was told. */
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';

const settingList = z
  .object({
    items: z.array(
      z.object({
        key: z.string().meta({ description: 'As in the configuration file, with dots.' }),
        value: z
          .union([z.string(), z.number(), z.boolean(), z.array(z.string())])
          .nullable()
          .meta({ description: 'Null when nothing is set.' }),
        origin: z.enum(['default', 'file', 'environment']),
        secret: z.literal(true).optional().meta({ description: 'There is a value, which is secret and not returned.' }),
      }),
    ),
  })
  .meta({ id: 'SettingList' });

/** `GET /api/settings`. */
export function settingsRoutes(deps: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/settings',
      summary: 'List every key of the configuration with its value and its origin, without secrets',
      tag: 'server',
      access: 'admin',
      responses: { 200: { description: 'The complete list.', schema: settingList } },
      handle({ ctx }) {
        ctx.body = { items: deps.settings };
      },
    }),
  ];
}
