/** What the API needs of the webhooks. */
import type { Webhooks } from '../events/webhooks.ts';

/** Met by `Webhooks`, whose methods say what they reject with. */
export type WebhookControl = Pick<
  Webhooks,
  'create' | 'list' | 'find' | 'change' | 'replay' | 'renewSecret' | 'remove' | 'deliveries'
>;
