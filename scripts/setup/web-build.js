/** The web pages, bundled into dist/web. */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './commands.js';
import { bundledNode } from './node-modules.js';
import { stop, timed } from './say.js';

/** What ends up in a page, or decides how. */
export const PAGE_SOURCES = [
  'web',
  'src/protocol',
  'src/media',
  'src/client',
  'src/layout',
  'src/errors.ts',
  'tsconfig.json',
  'package-lock.json',
];

/** Builds the pages when there are none, or when a source is newer than them. */
export function ensureWebBuild(root) {
  const stamp = join(root, 'dist', 'web', '.built');
  const builtAt = existsSync(stamp) ? statSync(stamp).mtimeMs : undefined;
  if (builtAt !== undefined && PAGE_SOURCES.every((source) => newest(join(root, source)) < builtAt)) return;
  const why = builtAt === undefined ? 'there are none yet' : 'their sources changed';
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const built = timed(`web pages: ${why}, so vite builds them into dist/web (some seconds)`, () =>
    run(bundledNode(root), [vite, 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'], { cwd: root }),
  );
  if (!built) {
    stop('The web pages could not be built; the lines above say why.', 'Try again with:  npm run build:web');
  }
  writeFileSync(stamp, '');
}

/** Milliseconds of the newest change at or below `path`. */
function newest(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  // The folder's own time tells of files that were removed.
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stats.mtimeMs);
}
