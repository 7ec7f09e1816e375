/** What the admin page alone says, in German; the words that are kept to stand in `catalogue.ts`. */
import type { AdminTranslation } from '../admin-words.ts';
import { accounts } from './accounts.ts';
import { adminProblems } from './admin-problems.ts';
import { admin } from './admin.ts';

/** The admin page in German. */
export const germanAdmin: AdminTranslation = {
  parts: {
    accounts,
    admin,
  },
  problems: adminProblems,
};
