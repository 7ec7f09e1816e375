/** Every sentence of the admin page that no other page says. `{name}` is filled in; with forms, `{count}` chooses one of them. */
import { together } from './together.ts';
import { englishAccounts } from './english-accounts.ts';
import { englishAdminRecording } from './english-admin-recording.ts';
import { englishAdminRecordings } from './english-admin-recordings.ts';
import { englishAdminRenders } from './english-admin-renders.ts';
import { englishAdminRooms } from './english-admin-rooms.ts';
import { englishAdmin } from './english-admin.ts';
import { englishAdminEvents } from './english-admin-events.ts';
import { englishAdminFiles } from './english-admin-files.ts';
import { englishAdminServer } from './english-admin-server.ts';
import { englishAdminWebhooks } from './english-admin-webhooks.ts';
import type { Message } from './sentence.ts';

/** The one list of parts: the admin page in another language has the same ones, by the same names. */
export const ENGLISH_ADMIN_PARTS = {
  accounts: englishAccounts,
  admin: englishAdmin,
  adminEvents: englishAdminEvents,
  adminFiles: englishAdminFiles,
  adminServer: englishAdminServer,
  adminWebhooks: englishAdminWebhooks,
  adminRecording: englishAdminRecording,
  adminRecordings: englishAdminRecordings,
  adminRenders: englishAdminRenders,
  adminRooms: englishAdminRooms,
} as const satisfies Readonly<Record<string, Readonly<Record<string, Message>>>>;

/** By key, which names the place and the meaning, never the wording. */
export const adminEnglish = together(ENGLISH_ADMIN_PARTS);
