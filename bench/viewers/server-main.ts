/** Entry of the server of the bench of viewers: a process of its own, so that what it costs can be told apart. Gone when its IPC channel closes. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { TestServer } from '../../tests/helpers/test-server.ts';
import type { FromBenchServer, ToBenchServer } from './server-process.ts';

/** How finely the loop is watched, milliseconds; it is part of each value. */
const RESOLUTION_MS = 10;
/** What a collection leaves to the next turn of the loop (finalizers, weak references) is gone after a few of them. */
const COLLECTIONS = 4;

function say(message: FromBenchServer): void {
  if (process.connected) process.send?.(message);
}

// Before anything is started: whoever started this may be gone by then.
const starter = new Promise<void>((resolve) => {
  process.once('disconnect', () => resolve());
});
const [cert, key] = process.argv.slice(2);
const server = await TestServer.start(cert === undefined || key === undefined ? {} : { tls: { cert, key } });
const watch = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

function endWatch(): void {
  watch.disable();
  const late = (ns: number): number => Math.max(0, ns / 1e6 - RESOLUTION_MS);
  say({ type: 'delay', p50: late(watch.percentile(50)), p99: late(watch.percentile(99)), max: late(watch.max) });
}

async function tellHeap(): Promise<void> {
  for (let count = 0; count < COLLECTIONS; count += 1) {
    globalThis.gc?.();
    await turn();
  }
  say({ type: 'heap', bytes: process.memoryUsage().heapUsed });
}

process.on('message', ({ type }: ToBenchServer) => {
  if (type === 'begin') {
    watch.reset();
    watch.enable();
  } else if (type === 'end') {
    endWatch();
  } else {
    void tellHeap();
  }
});
say({ type: 'open', url: server.url, token: server.token });
void starter.then(() => server.close()).finally(() => process.exit(0));
// A terminal's Ctrl-C reaches the whole group; whoever started this decides when it ends.
process.on('SIGINT', () => {});
