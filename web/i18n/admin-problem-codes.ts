/** What a server refuses to an admin alone, by the codes that a shipped language has words for; the others meet none of it. */

/** `api.` and the server's own code. */
export const ADMIN_PROBLEM_CODES = [
  'api.recording_not_found',
  'api.last_admin',
  'api.too_many_accounts',
  'api.import_invalid',
  'api.bad_url',
  'api.private_address',
  'api.too_many_webhooks',
  'api.webhook_not_found',
  'api.too_many_shares',
  'api.share_not_found',
] as const satisfies readonly `api.${string}`[];

/** One of them. */
export type AdminProblemCode = (typeof ADMIN_PROBLEM_CODES)[number];
