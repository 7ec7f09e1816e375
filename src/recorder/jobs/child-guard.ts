/** Ensures that long-lived child processes do not outlive us, however we end. */
import { type ChildProcess, execFile } from 'node:child_process';
import { readFile, readlink, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type Clock, sleep } from '../../util/clock.ts';

const run = promisify(execFile);
const TERM_GRACE_MS = 5000;
const POLL_MS = 50;

/** Resolves when the child is gone: by itself, or killed after `graceMs` milliseconds. */
export async function waitForExit(child: ChildProcess, graceMs: number, clock: Clock): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const cancel = clock.after(graceMs, () => child.kill('SIGKILL'));
  await new Promise<void>((resolve) => child.once('exit', () => resolve()));
  cancel();
}

/**
 * Ends the process that a pid file names, but only if it still is `program` working in `folder`: after a reboot the
 * number may belong to somebody else.
 */
export async function endOrphan(pidFile: string, program: string, folder: string, clock: Clock): Promise<void> {
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);
  if (!Number.isInteger(pid) || pid <= 1) return;
  const lives = (): Promise<boolean> => isProgramIn(pid, program, folder);
  if (await lives()) {
    signal(pid, 'SIGTERM');
    const deadline = clock.monotonicMs() + TERM_GRACE_MS;
    while ((await lives()) && clock.monotonicMs() < deadline) await sleep(clock, POLL_MS);
    if (await lives()) signal(pid, 'SIGKILL');
    while (await lives()) await sleep(clock, POLL_MS);
  }
  await rm(pidFile, { force: true });
}

async function isProgramIn(pid: number, program: string, folder: string): Promise<boolean> {
  if (process.platform === 'linux') {
    // Empty for a zombie, which holds nothing.
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    return command.includes(program) && workingFolder === folder;
  }
  const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.includes(program) && stdout.includes(folder);
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in between.
  }
}
