#!/usr/bin/env node
/**
 * Starts Gridcast under a Node that can run it. Plain, old JavaScript on purpose: an old Node has to get far enough to
 * find the newer one that the checkout brings (the npm package `node`), or to say what is missing.
 */
import { spawn } from 'child_process';
import { existsSync, mkdirSync } from 'fs';
import nodeModule from 'module';
import { constants, homedir } from 'os';
import { dirname, join } from 'path';
import { fileURLToPath, pathToFileURL } from 'url';

const OLDEST = [22, 16];
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'src', 'main.ts');
// A checkout runs its TypeScript as it is; Node refuses that below node_modules, where the compiled files are.
const checkout = existsSync(source);
const main = checkout ? source : join(root, 'dist', 'src', 'main.js');

const keepsCode = keepCompiledCode();
if (canRun()) {
  if (keepsCode) nodeModule.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  import(pathToFileURL(main).href).catch((error) => {
    console.error(missingPackage(error || {}) || error);
    process.exit(1);
  });
} else {
  const node = [join(root, 'node_modules', 'node'), join(root, '..', 'node')]
    .map((folder) => join(folder, 'bin', 'node'))
    .find((path) => existsSync(path));
  if (node) {
    handOver(node);
  } else {
    const remedy = checkout
      ? 'type "npm ci" here, which brings Node 24'
      : 'install Node 24, or type "npm install node@24" here';
    console.error(`Gridcast needs Node ${OLDEST.join('.')} or newer and this is ${process.versions.node}: ${remedy}.`);
    process.exit(1);
  }
}

/**
 * Node keeps what it made of the sources, so that the next start takes half as long; so do the mixers of rooms, which get
 * the folder by the environment, too. Nothing depends on it: where there can be no such folder, all is made anew.
 * @returns whether the folder is ours, rather than one that was asked for and that Node already uses
 */
function keepCompiledCode() {
  if (process.env.NODE_COMPILE_CACHE || process.env.NODE_DISABLE_COMPILE_CACHE) return false;
  try {
    const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
    const folder = join(cache, 'gridcast');
    // Node itself would try for ever where folders can be asked for and do not come to be, as in /proc.
    [cache, folder].forEach(makeFolder);
    process.env.NODE_COMPILE_CACHE = folder;
    return true;
  } catch {
    return false;
  }
}

/** A sentence for whoever has yet to install the packages, or those that an update brought; undefined for anything else. */
function missingPackage({ code, message }) {
  const [, name] = (code === 'ERR_MODULE_NOT_FOUND' && /^Cannot find package '([^']+)'/.exec(message)) || [];
  const remedy = checkout ? `type "npm ci" in ${root}` : 'install Gridcast again';
  return name && `The package ${name} is missing: ${remedy}.`;
}

/** For this user alone: what lies in it is run. */
function makeFolder(path) {
  try {
    mkdirSync(path, 0o700);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}

function canRun() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) return false;
  return !checkout || Boolean(process.features.typescript);
}

function handOver(node) {
  const child = spawn(node, [main].concat(process.argv.slice(2)), { stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const forward = (signal) => {
    // Ctrl-C in a terminal reaches both of us, and a second one would mean "at once".
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  signals.forEach((signal) => process.on(signal, forward));
  child.on('error', (error) => {
    console.error(`${node} could not be started: ${error.message}; type "npm rebuild node" in ${root}.`);
    process.exit(1);
  });
  child.on('close', (code, signal) => {
    // 128 + n is what a shell says of a program that a signal ended.
    process.exit(signal ? 128 + constants.signals[signal] : code);
  });
}
