import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Database } from '../../../../src/database/database.ts';
import { nullLogger } from '../../../../src/logger.ts';
import { RecordingStore } from '../../../../src/recorder/recordings/recording-store.ts';
import { recordingMigrations } from '../../../../src/recorder/recordings/recording-tables.ts';
import { SessionFolders } from '../../../../src/recorder/session/session-folders.ts';
import { formatSessionInfo, SESSION_FILE } from '../../../../src/recorder/session/session-info.ts';
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

it('sweeps sessions alone: what somebody else has put beside them stays', async () => {
  const { folders: made, dir } = await folders();
  const sessions = join(dir, '..');
  const form = { originWallMs: 1, framerate: 30, width: 320, height: 180, segmentFrames: 60, partFrames: 15 };
  const info = { version: 1, id: 's2', room: 'hall', title: 'Hall', ...form } as const;
  await mkdir(join(sessions, 's2', 'tracks'), { recursive: true });
  await writeFile(join(sessions, 's2', SESSION_FILE), formatSessionInfo(info));
  await writeFile(join(sessions, 's2', 'notes.txt'), 'of whoever looked into it');
  await writeFile(join(dir, 'parts.jsonl'), '');
  await cp(join(sessions, 's2'), join(sessions, 's2-copy'), { recursive: true });
  await mkdir(join(sessions, 'lost+found'));
  await mkdir(join(sessions, 'films'));
  await writeFile(join(sessions, 'films', 'wedding.mp4'), '');
  await writeFile(join(sessions, 'notes'), '');
  await symlink(join(sessions, 'films'), join(sessions, 'link'));
  await made.sweep();
  expect((await readdir(sessions)).toSorted()).toEqual(['films', 'link', 'lost+found', 'notes', 's2-copy']);
  expect(await readdir(join(sessions, 'films'))).toEqual(['wedding.mp4']);
});
