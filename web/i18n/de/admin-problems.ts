/** What a server refuses to an admin, in German. */
import type { AdminProblemCode } from '../admin-problem-codes.ts';
import type { ProblemWords } from '../message.ts';

/** By `api.` and the server's own code. */
export const adminProblems = {
  'api.recording_not_found': {
    title: 'Keine Aufzeichnung',
    detail: 'Diese Aufzeichnung gibt es nicht oder nicht mehr. In der Liste stehen alle, die da sind.',
  },
} as const satisfies Readonly<Record<AdminProblemCode, ProblemWords>>;
