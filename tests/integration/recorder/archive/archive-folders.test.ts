import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  fingerprintFile,
  makeFolder,
  removeAbandoned,
  removeArchive,
  removeLeftovers,
  unfinishedRecording,
} from '../../../../src/recorder/archive/archive-folders.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

const there = (folder: string) => async () => (await readdir(folder).catch((): string[] => [])).includes('whole');

describe('makeFolder', () => {
  it('lets the first of two stand, gives each a folder of its own, and leaves nothing else behind', async () => {
    const dir = await tempDir();
    const folder = join(dir, 'r1');
    const attempts: string[] = [];
    const make = (who: string) =>
      makeFolder(
        folder,
        async (attempt) => {
          attempts.push(attempt);
          await writeFile(join(attempt, 'whole'), who);
        },
        there(folder),
      );
    await Promise.all([make('one'), make('two')]);
    expect(new Set(attempts).size).toBe(2);
    expect(await readdir(dir)).toEqual(['r1']);
    expect(['one', 'two']).toContain(await readFile(join(folder, 'whole'), 'utf8'));
  });

  it('leaves nothing behind when the work fails, and takes the place of what is not whole', async () => {
    const dir = await tempDir();
    const folder = join(dir, 'r1');
    const failing = makeFolder(folder, () => Promise.reject(new Error('not today')), there(folder));
    await expect(failing).rejects.toThrow('not today');
    expect(await readdir(dir)).toEqual([]);
    await mkdir(folder);
    await writeFile(join(folder, 'half'), '');
    await makeFolder(folder, (attempt) => writeFile(join(attempt, 'whole'), ''), there(folder));
    expect(await readdir(folder)).toEqual(['whole']);
  });
});

describe('removeAbandoned', () => {
  it('deletes attempts in which nobody writes any more, and no others', async () => {
    const dir = await tempDir();
    const hour = new Date(Date.UTC(2026, 0, 1, 12));
    for (const name of ['.film.00aa', '.film.00bb', '.tracks.00aa', 'film']) {
      await mkdir(join(dir, name));
      await writeFile(join(dir, name, 'file'), '');
      await utimes(join(dir, name), hour, hour);
      if (name !== '.film.00bb') await utimes(join(dir, name, 'file'), hour, hour);
    }
    await removeAbandoned(join(dir, 'film'), hour.getTime());
    expect((await readdir(dir)).sort()).toEqual(['.film.00aa', '.film.00bb', '.tracks.00aa', 'film']);
    await removeAbandoned(join(dir, 'film'), hour.getTime() + 1);
    expect((await readdir(dir)).sort()).toEqual(['.film.00bb', '.tracks.00aa', 'film']);
  });
});

describe('removeLeftovers', () => {
  it('deletes what was begun of this recording, and nothing of others', async () => {
    const dir = await tempDir();
    const names = ['.r1.steps', '.r1.00ff', '.r10.steps', 'r1', '.r1.other', '.making'];
    for (const name of names) await mkdir(join(dir, 'recordings', name), { recursive: true });
    await removeLeftovers(dir, 'r1');
    expect((await readdir(join(dir, 'recordings'))).sort()).toEqual(['.making', '.r1.other', '.r10.steps', 'r1']);
    expect(names.map(unfinishedRecording)).toEqual(['r1', 'r1', 'r10', undefined, undefined, undefined]);
  });
});

describe('removeArchive', () => {
  it('deletes also what somebody else is still writing, as a worker that is slower than another', async () => {
    const dir = await tempDir();
    const attempt = join(dir, 'recordings', '.r1.steps', '.film.00ff');
    await mkdir(attempt, { recursive: true });
    const writing = (async () => {
      for (let n = 0; n < 40; n += 1) await writeFile(join(attempt, `file-${n}`), '').catch(() => {});
    })();
    await removeArchive(dir, 'r1');
    await writing;
    expect(await readdir(join(dir, 'recordings'))).toEqual([]);
  });

  it('deletes the archive and what was begun of it, and nothing of others', async () => {
    const dir = await tempDir();
    for (const name of ['.r1.steps', 'r1', 'r10']) await mkdir(join(dir, 'recordings', name), { recursive: true });
    await removeArchive(dir, 'r1');
    expect(await readdir(join(dir, 'recordings'))).toEqual(['r10']);
  });
});

describe('fingerprintFile', () => {
  it('tells size and hash, and refuses what is no plain file', async () => {
    const dir = await tempDir();
    await writeFile(join(dir, 'file'), 'abc');
    const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(await fingerprintFile(join(dir, 'file'), undefined)).toEqual({ size: 3, sha256 });
    await symlink(join(dir, 'file'), join(dir, 'link'));
    await expect(fingerprintFile(join(dir, 'link'), undefined)).rejects.toThrow('no plain file');
    await expect(fingerprintFile(join(dir, 'file'), AbortSignal.abort())).rejects.toThrow();
  });
});
