/** Schemas of what the server says of itself. */
import { z } from 'zod';

/** Answer of `/healthz`. */
export const healthSchema = z.object({ status: z.literal('ok'), version: z.string() }).meta({ id: 'Health' });
const checkSchema = z.object({
  ok: z.boolean(),
  vital: z
    .literal(false)
    .optional()
    .meta({ description: 'The server is ready without: it is told here, and does not count.' }),
  detail: z.string().meta({ description: 'In English.' }),
  code: z.string().optional().meta({ description: 'Names what the detail says, for other languages.' }),
  values: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .optional()
    .meta({ description: 'What the detail is about: `free` in bytes, `reason` in English.' }),
});
/** Answer of `/readyz`: every check by name. */
export const readinessSchema = z
  .object({
    status: z.enum(['ready', 'unready']),
    checks: z.record(z.string(), checkSchema),
  })
  .meta({ id: 'Readiness' });
