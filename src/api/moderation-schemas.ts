/** The shapes of what hosts do about people. */
import { z } from 'zod';
import { participantParams, roomParams } from './schemas.ts';

const { room } = roomParams.shape;
const { participant } = participantParams.shape;
const time = z.string().meta({ format: 'date-time' });

/** Path of a ban. */
export const banParams = z.object({ room, ban: participant });
/** Body of `POST /api/rooms/{room}/bans`. */
export const banBody = z.strictObject({ participant }).meta({ id: 'Ban', description: 'Somebody who is in the room.' });
/** Somebody who is kept out for good. */
export const banSchema = z
  .object({
    id: z.string(),
    participant: z.string().meta({ description: 'Their id in the room, as it was.' }),
    name: z.string(),
    by: z.string().meta({ description: 'Name of who did it.' }),
    at: time,
  })
  .meta({ id: 'BannedPerson' });
/** Everybody of a room who is. */
export const banList = z.object({ items: z.array(banSchema), next: z.string().optional() }).meta({ id: 'BanList' });
/** Body of `POST /api/rooms/{room}/mute`. */
export const muteAllBody = z
  .strictObject({ muted: z.boolean().default(true).meta({ description: 'False: they are heard again.' }) })
  .meta({ id: 'MuteAll' });
/** For how many people something was a change. */
export const changedCount = z.object({ changed: z.int() }).meta({ id: 'ChangedCount' });
