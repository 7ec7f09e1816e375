/** The shapes of the people in a room. */
import { z } from 'zod';
import { name } from './schemas.ts';

/** Somebody in a room. */
export const participantSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(['host', 'participant']),
    muted: z.boolean().meta({ description: "By a host: they are in nobody's sound." }),
    gain: z.number().meta({ description: 'Change of their loudness in decibels.' }),
    connected: z.boolean().meta({ description: 'False while their connection is cut and may come back.' }),
    hand: z.int().optional().meta({ description: 'Their hand is up: the smaller, the longer.' }),
    speaking: z.boolean(),
    avatar: z.boolean().meta({ description: 'Whether one is set.' }),
    tracks: z.array(
      z.object({
        track: z.int(),
        kind: z.enum(['video', 'audio']),
        source: z.string(),
        state: z.enum(['live', 'paused', 'muted']).meta({ description: 'As its sender says.' }),
      }),
    ),
  })
  .meta({ id: 'Participant' });
/** Everybody in a room. */
export const participantList = z
  .object({ items: z.array(participantSchema), next: z.string().optional() })
  .meta({ id: 'ParticipantList' });
/** Body of `PATCH …/participants/{participant}`. */
export const changeParticipantBody = z
  .strictObject({
    name: name.optional(),
    muted: z.boolean().optional(),
    gain: z.number().min(-30).max(12).optional().meta({ description: 'Decibels.' }),
    stopVideo: z.literal(true).optional().meta({ description: 'Ends every picture that they send.' }),
    hand: z.literal(false).optional().meta({ description: 'Lowers their hand.' }),
  })
  .meta({ id: 'ChangeParticipant' });
