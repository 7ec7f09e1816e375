/** Entry of a thread of viewers. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock as clock } from '../../util/clock.ts';
import { Measures } from './measures.ts';
import { PlaylistMemory } from './playlist-memory.ts';
import { Viewer } from './viewer.ts';
import type { FromThread, ThreadOrder, ToThread } from './viewer-messages.ts';

const PROGRESS_MS = 1000;
/** How finely the thread's own loop is watched, milliseconds; it is part of each value. */
const RESOLUTION_MS = 10;

async function run(order: ThreadOrder): Promise<void> {
  const measures = new Measures(order.fromMs);
  const watch = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const memory = new PlaylistMemory();
  const viewers: Viewer[] = [];
  const timers: Array<() => void> = [];
  const runs: Promise<void>[] = [];
  const say = (message: FromThread): void => parentPort?.postMessage(message);
  let finish = (): void => {};
  const over = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const at = (ms: number, act: () => void): void => {
    timers.push(clock.after(Math.max(0, ms - clock.monotonicMs()), act));
  };
  const join = (): void => {
    const { h2, insecure, wallOffsetMs } = order;
    const viewer = new Viewer({ url: new URL(order.url), h2, insecure, measures, memory, clock, wallOffsetMs });
    viewers.push(viewer);
    runs.push(viewer.run());
    // Everybody has come and seen the end of the stream.
    if (viewers.length === order.joinMs.length) void Promise.all(runs).then(finish);
  };
  for (const ms of order.joinMs) at(ms, join);
  at(order.fromMs, () => watch.enable());
  at(order.toMs, finish);
  timers.push(
    clock.every(PROGRESS_MS, () => {
      say({ type: 'progress', requests: measures.requestCount, errors: measures.errorCount });
    }),
  );
  parentPort?.on('message', (message: ToThread) => {
    if (message.type === 'stop') finish();
  });
  await over;
  const endMs = clock.monotonicMs();
  watch.disable();
  for (const stop of timers) stop();
  for (const viewer of viewers) viewer.stop();
  await Promise.all(runs);
  const delayMs = watch.count === 0 ? 0 : watch.percentile(99) / 1e6 - RESOLUTION_MS;
  say({ type: 'result', measured: measures.measured, endMs, loopDelayP99Ms: Math.max(0, delayMs) });
  parentPort?.removeAllListeners('message');
}

await run(workerData as ThreadOrder);
