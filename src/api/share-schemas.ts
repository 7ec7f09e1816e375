/** What requests for links to recordings look like, and answers. */
import { z } from 'zod';
import { recordingParams } from './schemas.ts';
import { DEFAULT_SHARE_SECONDS, MAX_SHARE_SECONDS } from './shares.ts';

const time = z.string().meta({ format: 'date-time' });

/** Path of one link of a recording. */
export const shareParams = recordingParams.extend({ share: recordingParams.shape.recording });
/** Path of what a link opens. */
export const sharedParams = z.object({ token: z.string().max(64) });
/** Path of one file of it. */
export const sharedFileParams = sharedParams.extend({ name: z.string().max(128) });
/** Query of one file of it. */
export const sharedFileQuery = z.object({
  download: z.string().max(8).optional().meta({ description: 'When given, browsers save the file.' }),
});

/** Body of `POST /api/recordings/{recording}/shares`. */
export const createShareBody = z
  .strictObject({
    ttl: z
      .int()
      .min(60)
      .max(MAX_SHARE_SECONDS)
      .default(DEFAULT_SHARE_SECONDS)
      .meta({ description: 'Seconds, at most 30 days.' }),
    watchPage: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether viewers of the room are shown it when the session has ended.' }),
  })
  .meta({ id: 'CreateShare' });

const share = z
  .object({
    id: z.string(),
    createdAt: time,
    expires: time,
    watchPage: z.boolean(),
  })
  .meta({ id: 'Share' });
/** A new link: the only time that it is told. */
export const newShareSchema = share.extend({ url: z.string() }).meta({ id: 'NewShare' });
/** The links of a recording. */
export const shareList = z.object({ items: z.array(share) }).meta({ id: 'ShareList' });

/** What a link opens. Addresses are those of this server. */
export const sharedSchema = z
  .object({
    title: z.string(),
    startedAt: time,
    duration: z.number().meta({ description: 'Seconds.' }),
    expires: time,
    chapters: z.array(z.object({ t: z.number().meta({ description: 'Seconds.' }), title: z.string() })),
    media: z
      .object({
        mp4: z.string(),
        poster: z.string().optional(),
        captions: z.string().optional().meta({ description: 'WebVTT: who speaks.' }),
        chapters: z.string().optional().meta({ description: 'WebVTT.' }),
        sprite: z.string().optional().meta({ description: 'WebVTT that leads to small pictures.' }),
      })
      .meta({ id: 'SharedMedia' }),
  })
  .meta({ id: 'SharedRecording' });
