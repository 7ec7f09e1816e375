/** What requests for clips look like, and answers. */
import { z } from 'zod';
import { createRoomBody, roomParams } from './schemas.ts';

/** Path of a clip. */
export const clipParams = roomParams.extend({ clip: roomParams.shape.room });

const moment = z
  .union([
    z.iso.datetime({ offset: true, error: 'use ISO 8601 with a zone, such as 2026-11-21T19:00:00Z' }),
    z.int().min(0).max(8_640_000_000_000_000),
  ])
  .meta({ description: 'ISO 8601 with a zone, or milliseconds since 1970.' });

/** Body of `POST /api/rooms/{room}/clips`. */
export const createClipBody = z
  .strictObject({
    from: moment.optional(),
    to: moment.optional(),
    last: z.number().optional().meta({ description: 'The newest seconds, instead of `from` and `to`.' }),
    title: createRoomBody.shape.title.meta({ description: "Names the file; default: the room's." }),
  })
  .refine(
    ({ from, to, last }) =>
      (from === undefined) === (to === undefined) && (from === undefined) !== (last === undefined),
    {
      error: 'give either "from" and "to", or "last"',
    },
  )
  .meta({ id: 'CreateClip', description: 'What to show: `from` and `to`, or `last`.' });
/** Body of a link's order: long enough to hand it to somebody. */
export const clipLinkBody = z
  .strictObject({
    ttl: z
      .int()
      .min(1)
      .max(7 * 24 * 3600)
      .default(60)
      .meta({ description: 'Seconds; never longer than your own token.' }),
  })
  .meta({ id: 'CreateClipLink' });
/** What somebody asks for. */
export type CreateClip = z.output<typeof createClipBody>;

const time = z.string().meta({ format: 'date-time' });
/** A clip; `from` and `to` are the times that it really has, on the server's clock. */
export const clipSchema = z
  .object({
    id: z.string(),
    room: z.string(),
    title: z.string(),
    url: z.string().meta({ description: 'Downloads the MP4, with a token.' }),
    from: time,
    to: time,
    duration: z.number().meta({ description: 'Seconds.' }),
    bytes: z.int(),
    createdAt: time,
  })
  .meta({ id: 'Clip' });
/** All clips of a room. */
export const clipList = z.object({ items: z.array(clipSchema) }).meta({ id: 'ClipList' });
