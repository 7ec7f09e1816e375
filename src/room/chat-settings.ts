/** Who takes part in the chat of a room, and how quickly. */
import { z } from 'zod';

/** As stored and as given over the API; what is left out takes its default. */
export const chatSettingsSchema = z.strictObject({
  viewers: z
    .enum(['off', 'read', 'write'])
    .default('read')
    .describe('What viewers may do; whoever is in the room reads and writes.'),
  slowSeconds: z
    .int()
    .min(0)
    .max(300)
    .default(0)
    .describe('Between two messages of anybody but hosts; 0: as quickly as they can.'),
});
/** The chat of one room. */
export type ChatSettings = Readonly<z.infer<typeof chatSettingsSchema>>;
