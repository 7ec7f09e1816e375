import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Database } from '../../../../src/database/database.ts';
import { nullLogger } from '../../../../src/logger.ts';
import { RecordingStore } from '../../../../src/recorder/recordings/recording-store.ts';
import { recordingMigrations } from '../../../../src/recorder/recordings/recording-tables.ts';
import { SessionFolders } from '../../../../src/recorder/session/session-folders.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

async function folders(): Promise<{ readonly folders: SessionFolders; readonly dir: string }> {
  const dir = await tempDir();
  const path = join(dir, 'db.sqlite');
  const database = await Database.open({ path, migrations: recordingMigrations, log: nullLogger });
  onTestFinished(() => database.close());
  await mkdir(join(dir, 'sessions', 's1'), { recursive: true });
  const made = new SessionFolders(join(dir, 'sessions'), new RecordingStore(database), nullLogger);
  return { folders: made, dir: join(dir, 'sessions', 's1') };
}

it('deletes the folder of a session that has ended', async () => {
  const { folders: made, dir } = await folders();
  await made.release('s1');
  expect(existsSync(dir)).toBe(true);
  await made.ended('s1');
  expect(existsSync(dir)).toBe(false);
});

it('keeps the folder of a session that has ended until the last who uses it is done', async () => {
  const { folders: made, dir } = await folders();
  const [first, second] = [made.use('s1'), made.use('s1')];
  await made.ended('s1');
  first();
  // A second time is none.
  first();
  await made.release('s1');
  expect(existsSync(dir)).toBe(true);
  second();
  await vi.waitFor(() => expect(existsSync(dir)).toBe(false), WAIT);
});
