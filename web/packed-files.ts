/** What browsers read as text, once more in forms that are a third as long: packed when it is built, so that nobody waits for it later. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(?:css|html|js|json|svg)$/;
/** Bytes; what is shorter fits into a packet or two either way. */
const LEAST = 1024;
const byGzip = promisify(gzip);
const byBrotli = promisify(brotliCompress);

/** Writes `FILE.br` and `FILE.gz` beside each such file; src/api/static-pages.ts sends one to whoever takes it. */
export function packedFiles(): Plugin {
  return {
    name: 'gridcast-packed-files',
    apply: 'build',
    async writeBundle({ dir = '.' }, bundle) {
      const texts = Object.keys(bundle).filter((name) => TEXT.test(name));
      await Promise.all(texts.map((name) => writePacked(join(dir, name))));
    },
  };
}

async function writePacked(file: string): Promise<void> {
  const text = await readFile(file);
  if (text.byteLength < LEAST) return;
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.byteLength,
  };
  await Promise.all([
    writeFile(`${file}.br`, await byBrotli(text, { params })),
    writeFile(`${file}.gz`, await byGzip(text, { level: 9 })),
  ]);
}
