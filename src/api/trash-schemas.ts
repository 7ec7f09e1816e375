/** What the trash looks like over HTTP. */
import { z } from 'zod';
import { recordingQuery, recordingSchema } from './schemas.ts';

/** A recording in the trash. */
export const trashedRecordingSchema = recordingSchema
  .extend({
    trashedAt: z.string().meta({ format: 'date-time', description: 'Since when it is in the trash.' }),
    deletesAt: z
      .string()
      .meta({ format: 'date-time', description: 'When it is deleted for good, unless space runs out before.' }),
  })
  .meta({ id: 'TrashedRecording' });
/** A page of the trash. */
export const trashList = z
  .object({
    items: z.array(trashedRecordingSchema),
    next: z.string().optional(),
    days: z.number().meta({ description: 'For which a recording stays in the trash; 0: there is none.' }),
  })
  .meta({ id: 'TrashList' });

/** Query of `GET /api/trash`. */
export const trashQuery = recordingQuery.pick({ limit: true, cursor: true });
