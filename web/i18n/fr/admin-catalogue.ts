/** What the admin page alone says, in French; the words that are kept to stand in `catalogue.ts`. */
import type { AdminTranslation } from '../admin-words.ts';
import { accounts } from './accounts.ts';
import { adminProblems } from './admin-problems.ts';
import { admin } from './admin.ts';

/** The admin page in French. */
export const frenchAdmin: AdminTranslation = {
  parts: {
    accounts,
    admin,
  },
  problems: adminProblems,
};
