/** What a server refuses to an admin, in Portuguese. */
import type { AdminProblemCode } from '../admin-problem-codes.ts';
import type { ProblemWords } from '../message.ts';

/** By `api.` and the server's own code. */
export const adminProblems = {
  'api.recording_not_found': {
    title: 'Nenhuma gravação',
    detail: 'Esta gravação não existe ou não existe mais. A lista mostra todas as que há.',
  },
} as const satisfies Readonly<Record<AdminProblemCode, ProblemWords>>;
