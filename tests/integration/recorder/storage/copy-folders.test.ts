import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { configSchema } from '../../../../src/config/schema.ts';
import { openArchiveStorage } from '../../../../src/recorder/storage/archive-storage.ts';
import { makeCopyFolder } from '../../../../src/recorder/storage/copy-folders.ts';
import { sealFile } from '../../../../src/recorder/storage/sealed-file.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

/** The number of a process that has ended. */
async function ended(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
}

it('copies in clear that killed processes left are deleted at the next start, and no others', async () => {
  const [root, dataDir] = [await tempDir(), await tempDir()];
  vi.stubEnv('TMPDIR', root);
  onTestFinished(() => void vi.unstubAllEnvs());
  const open = async () => {
    const storage = await openArchiveStorage(configSchema.parse({}), dataDir, systemClock);
    onTestFinished(() => storage.close());
    return storage;
  };
  const { keys, reader } = await open();
  const file = join(dataDir, 'recordings', 'r1', 'recording.mp4');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, randomBytes(100));
  await sealFile(file, await keys.create('r1'));
  const copy = await reader.localPath('r1', 'recording.mp4');
  const own = basename(dirname(copy.path));
  const made = async (name: string): Promise<string> => {
    await mkdir(join(root, name));
    return name;
  };
  const [before, number] = [await makeCopyFolder(root), `-${process.pid}-`];
  await utimes(before, 0, 0);
  const dead = await made(own.replace(number, `-${await ended()}-`));
  const alive = await made(own.replace(number, `-${process.ppid}-`));
  const elsewhere = await made(dead.replace(/-[0-9a-f]{8}-/, '-00000000-'));
  const others = await made('somebody-else');
  expect((await readdir(root)).toSorted()).toEqual([own, basename(before), dead, alive, elsewhere, others].toSorted());
  await open();
  expect((await readdir(root)).toSorted()).toEqual([own, alive, elsewhere, others].toSorted());
  await copy.dispose();
  expect((await readdir(root)).toSorted()).toEqual([alive, elsewhere, others].toSorted());
});
