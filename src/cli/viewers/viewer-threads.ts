/** Viewers spread over threads, so that the tool is not what is too slow. */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../util/clock.ts';
import type { Measured } from './measures.ts';
import type { FromThread, ThreadOrder, ToThread } from './viewer-messages.ts';

/** What to do. */
export interface LoadPlan {
  /** Address of the multivariant playlist. */
  readonly url: string;
  readonly viewers: number;
  /** Joins are spread evenly over so long. */
  readonly rampSeconds: number;
  /** Measured from the last join on. */
  readonly seconds: number;
  readonly threads: number;
  readonly h2: boolean;
  readonly insecure: boolean;
  /** Wall time of the server minus this machine's monotonic time, milliseconds. */
  readonly wallOffsetMs: number;
}

/** What came of it. */
export interface LoadResult {
  readonly measured: readonly Measured[];
  /** For how long it was measured. */
  readonly seconds: number;
  /** How late the timers of the slowest thread were. */
  readonly loopDelayP99Ms: number;
}

/** How far it is. */
export interface LoadProgress {
  readonly requests: number;
  readonly errors: number;
}

/** Threads need this long to load their code. */
const START_MS = 500;

/** One run of the tool. */
export class ViewerThreads {
  readonly #plan: LoadPlan;
  readonly #clock: Clock;
  readonly #workers: Worker[] = [];
  readonly #progress = new Map<Worker, LoadProgress>();

  constructor(plan: LoadPlan, clock: Clock) {
    this.#plan = plan;
    this.#clock = clock;
  }

  /** Sums over all threads, so far. */
  get progress(): LoadProgress {
    const all = [...this.#progress.values()];
    const sum = (of: (one: LoadProgress) => number): number => all.reduce((total, one) => total + of(one), 0);
    return { requests: sum(({ requests }) => requests), errors: sum(({ errors }) => errors) };
  }

  /** Resolves when everybody has gone. Called once. @throws whatever a thread dies of; no thread stays behind. */
  async run(): Promise<LoadResult> {
    const orders = ordersFor(this.#plan, this.#clock.monotonicMs() + START_MS);
    try {
      const results = await Promise.all(orders.map((order) => this.#start(order)));
      const fromMs = orders[0]?.fromMs ?? 0;
      return {
        measured: results.map(({ measured }) => measured),
        seconds: Math.max(0, ...results.map(({ endMs }) => endMs - fromMs)) / 1000,
        loopDelayP99Ms: Math.max(0, ...results.map(({ loopDelayP99Ms }) => loopDelayP99Ms)),
      };
    } finally {
      await Promise.all(this.#workers.map((worker) => worker.terminate()));
    }
  }

  /** Everybody goes now; `run` gives what was measured until then. */
  stop(): void {
    const message: ToThread = { type: 'stop' };
    for (const worker of this.#workers) worker.postMessage(message);
  }

  #start(order: ThreadOrder): Promise<Extract<FromThread, { type: 'result' }>> {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const path = fileURLToPath(new URL(`./viewers-worker.${extension}`, import.meta.url));
    const worker = new Worker(path, { workerData: order });
    this.#workers.push(worker);
    return new Promise((resolve, reject) => {
      worker.on('message', (message: FromThread) => {
        if (message.type === 'progress') this.#progress.set(worker, message);
        else resolve(message);
      });
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`a thread of viewers ended with code ${code}`)));
    });
  }
}

/** Who joins when, in which thread: neighbours in time live in different ones. */
export function ordersFor(plan: LoadPlan, startMs: number): ThreadOrder[] {
  const { url, h2, insecure, wallOffsetMs, viewers, seconds } = plan;
  const threads = Math.min(plan.threads, viewers);
  const rampMs = plan.rampSeconds * 1000;
  const fromMs = startMs + rampMs;
  const toMs = fromMs + seconds * 1000;
  return Array.from({ length: threads }, (_, thread) => {
    const joinMs: number[] = [];
    for (let viewer = thread; viewer < viewers; viewer += threads) joinMs.push(startMs + (rampMs * viewer) / viewers);
    return { url, h2, insecure, wallOffsetMs, joinMs, fromMs, toMs };
  });
}
