import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gridcast } from '../../helpers/command.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

/** How many files Node keeps below a folder. */
async function kept(folder: string): Promise<number> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found.filter((entry) => entry.isFile()).length;
}

const ASK = ['doctor', '--help'];

describe('what was compiled', () => {
  it('is kept in the cache folder of the user, and serves the next start', async () => {
    const cache = await tempDir();
    const env = { NODE_COMPILE_CACHE: undefined, XDG_CACHE_HOME: cache };
    const first = await gridcast(ASK, env);
    expect(first.code).toBe(0);
    const files = await kept(join(cache, 'gridcast'));
    expect(files).toBeGreaterThan(5);
    expect(await gridcast(ASK, env)).toEqual(first);
    expect(await kept(join(cache, 'gridcast'))).toBe(files);
  });

  it('is kept where Node was told to keep it, or nowhere', async () => {
    const [cache, told] = [await tempDir(), await tempDir()];
    await gridcast(ASK, { NODE_COMPILE_CACHE: told, XDG_CACHE_HOME: cache });
    expect([await kept(told), await kept(cache)]).toEqual([expect.toSatisfy((files: number) => files > 5), 0]);
    await gridcast(ASK, { NODE_COMPILE_CACHE: undefined, NODE_DISABLE_COMPILE_CACHE: '1', XDG_CACHE_HOME: cache });
    expect(await kept(cache)).toBe(0);
  });

  it('is made anew, without a word, where there is no such folder', async () => {
    const file = join(await tempDir(), 'a-file');
    await writeFile(file, '');
    // The second is one that Node would try to make for ever.
    for (const cache of [file, '/proc/nobody']) {
      const without = await gridcast(ASK, { NODE_COMPILE_CACHE: undefined, XDG_CACHE_HOME: cache });
      expect(without).toEqual({ code: 0, stdout: expect.stringContaining('gridcast doctor'), stderr: '' });
    }
  });
});
