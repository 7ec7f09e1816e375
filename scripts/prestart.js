/** Makes `npm start` work on a machine that has Node and nothing else. Costs no time when everything is there. */
import { fileURLToPath } from 'node:url';
import { startNeeds } from './setup/needs.js';
import { ensureNodeModules } from './setup/node-modules.js';
import { ensureSystemPackages } from './setup/system-packages.js';
import { ensureWebBuild } from './setup/web-build.js';

const root = fileURLToPath(new URL('..', import.meta.url));
ensureNodeModules(root);
ensureSystemPackages(startNeeds);
ensureWebBuild(root);
