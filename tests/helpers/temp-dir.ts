/** Folders that a test leaves no trace of. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new, empty folder; removed when the test that asked for it has ended. */
export async function tempDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'gridcast-test-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}
