/** Keys of calls between people with accounts. */
import { z } from 'zod';

/** How much one person may call. */
export const callsSchema = z
  .strictObject({
    /** Seconds after which nobody rings any more. */
    ringSeconds: z.int().min(5).max(300).default(45),
    /** Calls that one person may make in a minute. */
    ringsPerMinute: z.int().min(1).max(600).default(10),
    /** Conversations of one person at the same time; whoever has that many is busy. */
    atOnce: z.int().min(1).max(10).default(1),
    /** Pages of contacts that one person may have open. */
    tabsPerUser: z.int().min(1).max(100).default(10),
  })
  .prefault({});
