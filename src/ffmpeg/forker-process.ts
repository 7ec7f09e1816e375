/** Entry of the process that starts others; it ends when its IPC channel closes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type Socket, createServer } from 'node:net';
import { getPriority, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../errors.ts';
import type { FromForker, ToForker } from './forker.ts';

/** From 0, as whoever makes the program is, to 19: decoders, on which one tile depends, give way to what everybody depends on. */
const NICE = 10;
/** Children's ends of connections, in the order in which the other side has its own. */
const ends: Socket[] = [];
const children = new Map<number, ChildProcess>();

function say(message: FromForker): void {
  if (process.connected) process.send?.(message);
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

function start({ id, path, args }: Extract<ToForker, { type: 'start' }>): void {
  const [input, output] = ends.splice(0, 2);
  try {
    const child = spawn(path, args, { stdio: [input, output, 'pipe'], windowsHide: true });
    watch(id, child);
    if (child.pid === undefined) return;
    children.set(id, child);
    say({ type: 'started', id, pid: child.pid });
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
  child.once('exit', (code, signal) => {
    children.delete(id);
    say({ type: 'exited', id, code, signal });
  });
  child.once('close', () => say({ type: 'closed', id }));
}

// Children have it from their first instruction on. Where the kernel shares the processor among sessions first (sched_autogroup_enabled), it
// counts within a session only; all children are of this one, which has as much as any other: while twenty of them start, whoever makes the
// program waits behind one session instead of behind twenty.
setPriority(Math.max(NICE, getPriority()));
process.on('message', (message: ToForker) => {
  if (message.type === 'start') start(message);
  else if (message.type === 'signal') children.get(message.id)?.kill(message.signal);
  else accept(message.count).catch((error: unknown) => say({ type: 'refused', reason: messageOf(error) }));
});
// It leads a group, of which its children are: nobody is left to read what they decode.
process.once('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
// Who ends a service may send these to each of its processes; whoever has started this one decides when it ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
