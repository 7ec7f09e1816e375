/** What the audit log looks like over HTTP. */
import { z } from 'zod';

/** Query of `GET /api/audit`. */
export const auditQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100).meta({ type: 'integer' }),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'give what a page called `next`')
    .optional(),
});

const auditEntry = z
  .object({
    at: z.string().meta({ format: 'date-time' }),
    who: z.string().meta({ description: '`admin`, `user:ID`, `host:IDENTITY`, `link`, `share:ID` or `server`.' }),
    action: z.enum([
      'download',
      'rename',
      'trash',
      'restore',
      'delete',
      'share_made',
      'share_revoked',
      'share_used',
      'render',
      'clip_saved',
      'retention_delete',
      'settings',
    ]),
    recording: z.string().optional(),
    room: z.string().optional(),
    address: z.string().optional().meta({ description: 'Network address of the asker.' }),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  })
  .meta({ id: 'AuditEntry' });

/** A page of the audit log, newest first. */
export const auditList = z
  .object({ items: z.array(auditEntry), next: z.string().optional() })
  .meta({ id: 'AuditList' });
