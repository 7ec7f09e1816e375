/** The steps that make all tables. */
import { callMigrations } from '../calls/call-store.ts';
import type { Migration } from '../database/migrations.ts';
import { fileMigrations } from '../files/file-store.ts';
import { markerMigrations } from '../recorder/recordings/marker-store.ts';
import { recordingMigrations } from '../recorder/recordings/recording-tables.ts';
import { renderMigrations } from '../recorder/render/render-store.ts';
import { banMigrations } from '../room/ban-store.ts';
import { chatMigrations } from '../room/chat-store.ts';
import { pictureMigrations } from '../room/picture-store.ts';
import { roomMigrations } from '../room/room-store.ts';
import { accountServiceMigrations } from './account-services.ts';
import { keepingMigrations } from './archive-keeping.ts';
import { eventServiceMigrations } from './event-services.ts';

/** Those that refer to others come after them. */
export const serverMigrations: readonly Migration[] = [
  ...roomMigrations,
  ...chatMigrations,
  ...fileMigrations,
  ...banMigrations,
  ...recordingMigrations,
  ...markerMigrations,
  ...pictureMigrations,
  ...renderMigrations,
  ...keepingMigrations,
  ...eventServiceMigrations,
  ...callMigrations,
  ...accountServiceMigrations,
];
