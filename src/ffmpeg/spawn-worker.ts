/**
 * Entry of the thread that starts processes. The system call for it takes ten milliseconds, and several times that on a busy
 * machine, which nobody has who makes thirty pictures a second.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type Socket, createServer } from 'node:net';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../errors.ts';
import { systemClock } from '../util/clock.ts';
import type { FromSpawnThread, ToSpawnThread } from './spawn-thread.ts';

/** Linux takes one change of a session's priority in a tenth of a second, of all users together. */
const AUTOGROUP_MS = 110;
const AUTOGROUP_ATTEMPTS = 20;

/** Children's ends of connections, in the order in which the other side has its own. */
const ends: Socket[] = [];

function say(message: FromSpawnThread): void {
  parentPort?.postMessage(message);
}

/** Says where to connect, waits for so many connections, and says that they are there. No name of it remains. */
async function accept(count: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gridcast-'));
  const server = createServer({ pauseOnConnect: true });
  try {
    const path = join(folder, 's');
    server.listen(path);
    await once(server, 'listening');
    const complete = new Promise<void>((resolve) => {
      let left = count;
      server.on('connection', (end) => {
        end.on('error', () => {});
        ends.push(end);
        left -= 1;
        if (left === 0) resolve();
      });
    });
    say({ type: 'listening', path });
    await complete;
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
  say({ type: 'accepted' });
}

function start({ id, path, args, nice }: Extract<ToSpawnThread, { type: 'start' }>): void {
  const [input, output] = ends.splice(0, 2);
  try {
    const child = spawn(path, args, { stdio: [input, output, 'pipe'], detached: true, windowsHide: true });
    watch(id, child);
    if (child.pid === undefined) return;
    say({ type: 'started', id, pid: child.pid });
    giveWay(child.pid, nice, AUTOGROUP_ATTEMPTS);
  } catch (error) {
    say({ type: 'failed', id, reason: messageOf(error) });
  } finally {
    // The child has its own by now, or there is none.
    input?.destroy();
    output?.destroy();
  }
}

function watch(id: number, child: ChildProcess): void {
  child.stderr?.on('data', (data: Buffer) => say({ type: 'stderr', id, data }));
  child.stderr?.on('error', () => {});
  child.on('error', (error) => {
    // Also emitted when a signal cannot be sent; only a process that never was has no pid.
    if (child.pid === undefined) say({ type: 'failed', id, reason: error.message });
  });
  child.once('exit', () => say({ type: 'exited', id }));
  child.once('close', (code, signal) => {
    if (child.pid !== undefined) say({ type: 'closed', id, code, signal });
  });
}

/**
 * A lower priority. Where the kernel shares the processor among sessions first (sched_autogroup_enabled), that of a process
 * counts within its session only, and each child leads one of its own.
 */
function giveWay(pid: number, nice: number, attempts: number): void {
  try {
    setPriority(pid, nice);
    writeFileSync(`/proc/${pid}/autogroup`, String(nice));
  } catch (error) {
    const again = (error as NodeJS.ErrnoException).code === 'EAGAIN' && attempts > 0;
    if (again) systemClock.after(AUTOGROUP_MS, () => giveWay(pid, nice, attempts - 1));
  }
}

parentPort?.on('message', (message: ToSpawnThread) => {
  if (message.type === 'start') start(message);
  else accept(message.count).catch((error: unknown) => say({ type: 'refused', reason: messageOf(error) }));
});
