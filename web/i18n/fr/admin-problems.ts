/** What a server refuses to an admin, in French. */
import type { AdminProblemCode } from '../admin-problem-codes.ts';
import type { ProblemWords } from '../message.ts';

/** By `api.` and the server's own code. */
export const adminProblems = {
  'api.recording_not_found': {
    title: 'Aucun enregistrement',
    detail: 'Cet enregistrement n’existe pas, ou n’existe plus. La liste montre tous ceux qui sont là.',
  },
} as const satisfies Readonly<Record<AdminProblemCode, ProblemWords>>;
