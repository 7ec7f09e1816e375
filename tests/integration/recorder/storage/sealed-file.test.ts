import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isSealed } from '../../../../src/recorder/storage/sealed-file.ts';
import { sealedSize } from '../../../../src/recorder/storage/sealed-format.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

const run = promisify(execFile);
const BYTES = 100_000;
/** Of a block, in which the shell counts the longest file. */
const BLOCK = 512;

/** Encrypts a file in a process whose files may be so many blocks long: of a write that goes beyond it, only a part is taken. */
async function seal(path: string, blocks: number): Promise<void> {
  const module = new URL('../../../../src/recorder/storage/sealed-file.ts', import.meta.url).href;
  const script = `import { sealFile } from '${module}'; await sealFile(process.argv[1], new Uint8Array(32));`;
  const limited = `trap '' XFSZ; ulimit -f ${blocks}; exec "$0" "$@"`;
  await run('/bin/sh', ['-c', limited, process.execPath, '--input-type=module', '-e', script, path]);
}

describe('a file that is encrypted', () => {
  it('stays as it is when the disk takes only a part of it, wherever that ends', async () => {
    const plain = randomBytes(BYTES);
    const whole = Math.ceil(sealedSize(BYTES) / BLOCK);
    const dir = await tempDir();
    const path = join(dir, 'film.mp4');
    for (const blocks of [1, 100, 129, 160, whole - 1]) {
      await writeFile(path, plain);
      await expect(seal(path, blocks), `${blocks} blocks`).rejects.toThrow('EFBIG');
      expect((await readFile(path)).equals(plain), `${blocks} blocks`).toBe(true);
      expect(await readdir(dir)).toEqual(['film.mp4']);
    }
    await seal(path, whole);
    expect([await isSealed(path), (await readFile(path)).length]).toEqual([true, sealedSize(BYTES)]);
  });
});
