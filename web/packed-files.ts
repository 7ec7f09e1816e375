/** What browsers read as text, once more in a form that is a third as long: packed when it is built, so that nobody waits for it later. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(?:css|html|js|json|svg)$/;
/** Bytes; what is shorter fits into a packet or two either way. */
const LEAST = 1024;
const pack = promisify(gzip);

/** Writes `FILE.gz` beside each such file; src/api/static-pages.ts sends it to whoever takes it. */
export function packedFiles(): Plugin {
  return {
    name: 'gridcast-packed-files',
    apply: 'build',
    async writeBundle({ dir = '.' }, bundle) {
      const texts = Object.keys(bundle).filter((name) => TEXT.test(name));
      await Promise.all(
        texts.map(async (name) => {
          const text = await readFile(join(dir, name));
          if (text.byteLength >= LEAST) await writeFile(join(dir, `${name}.gz`), await pack(text, { level: 9 }));
        }),
      );
    },
  };
}
