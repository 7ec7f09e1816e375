/** The npm packages, among them Node 24 itself (the package `node`), as the lock file pins them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isExecutable, run } from './commands.js';
import { stop, timed } from './say.js';

/** Installs the packages when node_modules is missing or differs from package-lock.json. */
export function ensureNodeModules(root) {
  const why = whyInstall(root);
  if (why === undefined) return;
  const installed = timed(
    `npm packages with Node 24: ${why}, so "npm ci" installs them into node_modules (up to a minute)`,
    () => npmCi(root),
  );
  if (!installed) {
    stop('"npm ci" failed; its own lines above say why.', 'Mend that, then type:  npm ci');
  }
  if (!isExecutable(bundledNode(root))) {
    stop(
      'The package "node" is there, but the Node 24 it brings is not: its install script did not run.',
      'Type:  npm rebuild node --ignore-scripts=false',
    );
  }
}

/** Where the package `node` puts Node 24. */
export function bundledNode(root) {
  return join(root, 'node_modules', 'node', 'bin', 'node');
}

/** The reason for an install, or undefined when node_modules is what the lock file says. */
export function whyInstall(root) {
  // npm writes this record last, so an install that was broken off has none.
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return 'node_modules is missing';
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const present = packagesOf(record);
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue;
    const found = present[path];
    // Packages for other systems, and optional ones that could not be had here, are rightly absent.
    if (found === undefined && entry.optional) continue;
    if (found === undefined || found.version !== entry.version)
      return 'package-lock.json asks for others than are there';
  }
  if (!isExecutable(bundledNode(root))) return 'Node 24 is missing';
  return undefined;
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

function npmCi(root) {
  // Not the Node that runs this: it may be the one in node_modules, which "npm ci" removes first.
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  // Quiet: its warnings say that packages want a newer Node, which is about to come.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  if (npm && node && existsSync(node)) return run(node, [npm, ...args], { cwd: root });
  return run('npm', args, { cwd: root });
}
