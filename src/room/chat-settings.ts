/** Who takes part in the chat of a room, and how quickly. */
import { z } from 'zod';

const viewers = z
  .enum(['off', 'read', 'write'])
  .describe('What viewers may do; whoever is in the room reads and writes.');
const slowSeconds = z
  .int()
  .min(0)
  .max(300)
  .describe('Between two messages of anybody but hosts; 0: as quickly as they can.');

/** As stored; what is left out takes its default. */
export const chatSettingsSchema = z.strictObject({
  viewers: viewers.default('read'),
  slowSeconds: slowSeconds.default(0),
});
/** The chat of one room. */
export type ChatSettings = Readonly<z.infer<typeof chatSettingsSchema>>;

/** As given over the API: what is left out stays. */
export const chatOrderSchema = z.strictObject({ viewers, slowSeconds }).partial();
/** A change of a room's chat. */
export type ChatOrder = z.infer<typeof chatOrderSchema>;
