import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataLock } from '../../../src/server/data-lock.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

describe('DataLock', () => {
  it('makes the folder for its owner alone', async () => {
    const folder = join(await tempDir(), 'data');
    const lock = await DataLock.take(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await lock.close();
  });

  it('is held once, and can be taken again when it was given back', async () => {
    const folder = await tempDir();
    const first = await DataLock.take(folder);
    await expect(DataLock.take(folder)).rejects.toThrow(`already (process ${process.pid})`);
    await first.close();
    const second = await DataLock.take(folder);
    await second.close();
  });

  it('is taken over from a process that was killed', async () => {
    const folder = await tempDir();
    const code = `require('net').createServer().listen(${JSON.stringify(join(folder, 'server.lock'))}, () => console.log('on'))`;
    const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    const lock = await DataLock.take(folder);
    await lock.close();
  });

  it('holds for a folder whose path is too long for a socket', async () => {
    const folder = join(await tempDir(), 'x'.repeat(100));
    const first = await DataLock.take(folder);
    await expect(DataLock.take(folder)).rejects.toThrow('runs on the data folder');
    await first.close();
  });

  it('is one for each database of a folder', async () => {
    const folder = join(await tempDir(), 'lists');
    const first = await DataLock.takeDatabase(join(folder, 'a.db'));
    const second = await DataLock.takeDatabase(join(folder, 'b.db'));
    const third = DataLock.takeDatabase(join(folder, 'a.db'));
    await expect(third).rejects.toThrow(`runs on the database ${folder}/a.db already (process ${process.pid})`);
    await first.close();
    await second.close();
  });
});
