/** The chat's settings in a room: who takes part, and slow mode. */
import { z } from 'zod';

const viewers = z
  .enum(['off', 'read', 'write'])
  .describe('What viewers may do; whoever is in the room reads and writes.');
const slowSeconds = z
  .int()
  .min(0)
  .max(300)
  .describe('Between two messages of anybody but hosts; 0: as quickly as they can.');

const allowPrivate = z
  .boolean()
  .describe('Whether people in the room may write to one another in private; what was written stays with both.');

/** As stored; what is left out takes its default. */
export const chatSettingsSchema = z.strictObject({
  viewers: viewers.default('read'),
  slowSeconds: slowSeconds.default(0),
  private: allowPrivate.default(true),
});
/** The chat of one room. */
export type ChatSettings = Readonly<z.infer<typeof chatSettingsSchema>>;

/** As given over the API: what is left out stays. */
export const chatOrderSchema = z.strictObject({ viewers, slowSeconds, private: allowPrivate }).partial();
/** A change of a room's chat. */
export type ChatOrder = z.infer<typeof chatOrderSchema>;

/** What viewers are to know of it, in one word: it is another one whenever something of that has changed. */
export function viewersRules({ viewers: may, slowSeconds: slow }: ChatSettings): string {
  return `${may}-${slow}`;
}
