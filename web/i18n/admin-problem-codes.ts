/** What a server refuses to an admin alone, by the codes that a shipped language has words for; the others meet none of it. */

/** `api.` and the server's own code; `recording.` and why one keeps nothing at the moment. */
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
  'api.not_failed',
  'api.not_ready',
  'api.file_damaged',
  'api.file_missing',
  'api.unknown_file',
  'api.key_missing',
  'api.key_damaged',
  'api.storage_unavailable',
  'api.redis_unavailable',
  'api.no_tracks',
  'api.unknown_person',
  'api.render_empty',
  'api.render_not_found',
  'api.render_too_long',
  'api.renders_busy',
  'api.too_many_renders',
  'api.no_trash',
  'api.not_in_trash',
  'api.not_stopped',
  'api.interrupted',
  'recording.interrupted',
] as const satisfies readonly `${'api' | 'recording'}.${string}`[];

/** One of them. */
export type AdminProblemCode = (typeof ADMIN_PROBLEM_CODES)[number];
