/** What calls look like over HTTP. */
import { z } from 'zod';
import { CALL_STATES } from '../protocol/contacts.ts';

/** Query of `GET /api/calls`. */
export const callQuery = z.strictObject({
  missed: z.enum(['0', '1']).default('0').describe('1: only those that one has missed.'),
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ type: 'integer' }),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'give what a page called `next`')
    .optional(),
});

const time = z.string().meta({ format: 'date-time' });
const call = z
  .object({
    id: z.string(),
    direction: z.enum(['in', 'out']).describe('`in`: one was called; `out`: one has called.'),
    person: z.object({ id: z.string(), name: z.string() }).describe('The other one, as they were called then.'),
    state: z.enum(CALL_STATES),
    missed: z.boolean().describe('One was called and did not answer.'),
    seen: z.boolean().describe('A missed call that was looked at.'),
    at: time,
    answered: time.optional(),
    ended: time.optional(),
  })
  .meta({ id: 'Call' });

/** A page of calls, newest first. */
export const callList = z
  .object({
    items: z.array(call),
    next: z.string().optional(),
    missed: z.int().describe('Missed calls that were not looked at, on all pages.'),
  })
  .meta({ id: 'CallList' });
