/** What a server refuses to an admin alone, by the codes that a shipped language has words for; the others meet none of it. */

/** `api.` and the server's own code. */
export const ADMIN_PROBLEM_CODES = ['api.recording_not_found'] as const satisfies readonly `api.${string}`[];

/** One of them. */
export type AdminProblemCode = (typeof ADMIN_PROBLEM_CODES)[number];
