/** What the admin page alone says, in Spanish; the words that are kept to stand in `catalogue.ts`. */
import type { AdminTranslation } from '../admin-translation.ts';
import { accounts } from './accounts.ts';
import { adminProblems } from './admin-problems.ts';
import { adminRecording } from './admin-recording.ts';
import { adminRecordings } from './admin-recordings.ts';
import { adminRenders } from './admin-renders.ts';
import { adminRooms } from './admin-rooms.ts';
import { admin } from './admin.ts';
import { adminEvents } from './admin-events.ts';
import { adminFiles } from './admin-files.ts';
import { adminServer } from './admin-server.ts';
import { adminWebhooks } from './admin-webhooks.ts';

/** The admin page in Spanish. */
export const spanishAdmin: AdminTranslation = {
  parts: {
    accounts,
    admin,
    adminEvents,
    adminFiles,
    adminServer,
    adminWebhooks,
    adminRecording,
    adminRecordings,
    adminRenders,
    adminRooms,
  },
  problems: adminProblems,
};
