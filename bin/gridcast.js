#!/usr/bin/env node
/**
 * Starts Gridcast under a Node that can run it. Plain, old JavaScript on purpose: an old Node has to get far enough to
 * find the newer one that the checkout brings (the npm package `node`), or to say what is missing.
 */
import { spawn } from 'child_process';
import { existsSync } from 'fs';
import { constants } from 'os';
import { dirname, join } from 'path';
import { fileURLToPath, pathToFileURL } from 'url';

const OLDEST = [22, 16];
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'src', 'main.ts');
// A checkout runs its TypeScript as it is; Node refuses that below node_modules, where the compiled files are.
const checkout = existsSync(source);
const main = checkout ? source : join(root, 'dist', 'src', 'main.js');

if (canRun()) {
  import(pathToFileURL(main).href).catch((error) => {
    console.error(error);
    process.exit(1);
  });
} else {
  const node = [join(root, 'node_modules', 'node'), join(root, '..', 'node')]
    .map((folder) => join(folder, 'bin', 'node'))
    .find((path) => existsSync(path));
  if (node) {
    handOver(node);
  } else {
    const remedy = checkout ? 'type "npm ci" here, which brings Node 24' : 'install Node 24';
    console.error(`Gridcast needs Node ${OLDEST.join('.')} or newer and this is ${process.versions.node}: ${remedy}.`);
    process.exit(1);
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
