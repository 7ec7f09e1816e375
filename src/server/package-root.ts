/** Where the package lies, in a checkout (src/…) and built (dist/src/…). */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** The product's version, as in package.json. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  return (manifest as { version: string }).version;
}

/** Folder of the built web pages. */
export function webFolder(): string {
  return join(packageRoot(), 'dist', 'web');
}

/** The command line of this program, for child processes: node and the entry file. */
export function ownCommand(): readonly [program: string, entry: string] {
  const root = packageRoot();
  const built = import.meta.url.endsWith('.js');
  return [process.execPath, join(root, built ? 'dist/src/main.js' : 'src/main.ts')];
}
