/** Schemas of what the server says of itself. */
import { z } from 'zod';

/** Answer of `/healthz`. */
export const healthSchema = z.object({ status: z.literal('ok'), version: z.string() }).meta({ id: 'Health' });
/** Answer of `/readyz`: every check by name. */
export const readinessSchema = z
  .object({
    status: z.enum(['ready', 'unready']),
    checks: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string() })),
  })
  .meta({ id: 'Readiness' });
