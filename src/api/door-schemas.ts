/** The shapes of what is said at a room's door. */
import { z } from 'zod';
import { MAX_NAME_LENGTH, MAX_PASSWORD_LENGTH } from '../protocol/limits.ts';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'use 1 to 64 letters, digits, "-" and "_"');

/** Path of somebody who waits. */
export const waitingParams = z.object({ room: id, waiting: id });
/** Body of `POST …/waiting` and `POST …/waiting/{waiting}`. */
export const admitBody = z
  .strictObject({ admit: z.boolean().meta({ description: 'True: they come in; false: they are sent away.' }) })
  .meta({ id: 'Admit' });
/** How many were decided on. */
export const admittedSchema = z
  .object({ decided: z.int().meta({ description: 'Fewer than waited when the room is full.' }) })
  .meta({ id: 'Admitted' });
/** Somebody who waits. */
export const waitingSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    since: z.string().meta({ format: 'date-time' }),
    connected: z.boolean().meta({ description: 'False while their connection is cut and may come back.' }),
  })
  .meta({ id: 'Waiting' });
/** Who waits. */
export const waitingList = z
  .object({ items: z.array(waitingSchema), next: z.string().optional() })
  .meta({ id: 'WaitingList' });
/** Body of `POST …/enter`. */
export const enterBody = z
  .strictObject({
    password: z.string().min(1).max(MAX_PASSWORD_LENGTH),
    name: z
      .string()
      .trim()
      .min(1)
      .max(MAX_NAME_LENGTH)
      .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'leave out control characters')
      .optional(),
  })
  .meta({ id: 'Enter' });
