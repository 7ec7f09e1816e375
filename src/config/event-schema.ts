/** Keys of the event log and of webhooks. */
import { z } from 'zod';

/** What `events` holds. */
export const eventSchema = z
  .strictObject({
    /** Days for which events are kept; 0: until `maxEvents` are. */
    keepDays: z.number().min(0).max(36_500).default(30),
    /** Events that are kept; the oldest makes room for the next. */
    maxEvents: z.int().min(1000).max(100_000_000).default(1_000_000),
    maxWebhooks: z.int().min(0).max(100).default(20),
    /** Whether webhooks may lead to this machine and into private networks. */
    allowPrivateWebhooks: z.boolean().default(false),
    /** Hours without a success after which a webhook is paused. */
    pauseAfterHours: z.number().positive().max(8760).default(72),
  })
  .prefault({});
