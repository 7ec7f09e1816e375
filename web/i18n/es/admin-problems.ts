/** What a server refuses to an admin, in Spanish. */
import type { AdminProblemCode } from '../admin-problem-codes.ts';
import type { ProblemWords } from '../message.ts';

/** By `api.` and the server's own code. */
export const adminProblems = {
  'api.recording_not_found': {
    title: 'Sin grabación',
    detail: 'Esta grabación no existe o ya no existe. En la lista están todas las que hay.',
  },
} as const satisfies Readonly<Record<AdminProblemCode, ProblemWords>>;
