/**
 * Adds the packages for other systems to package-lock.json that npm left out: it writes down only those it could see
 * from the machine it ran on, and then neither "npm ci" nor another system can use the file. Run after "npm install".
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { missingSystems } from './setup/lock-systems.js';

const path = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const lock = JSON.parse(readFileSync(path, 'utf8'));
const missing = missingSystems(lock.packages);
if (missing.length > 0) {
  const [root, ...rest] = Object.entries({ ...lock.packages, ...Object.fromEntries(missing) });
  rest.sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries([root, ...rest]);
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
}
process.stdout.write(`${missing.length} packages for other systems added to package-lock.json\n`);
