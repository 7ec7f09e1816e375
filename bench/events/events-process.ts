/** The event log of a server and its HTTP, in a process of its own, and how late its loop is. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** To the process. */
export type ToEvents =
  /** Begin and end to watch the loop. */
  | { readonly type: 'begin' }
  | { readonly type: 'end' }
  /** Record so many: as fast as they are stored, or so many a second. */
  | { readonly type: 'record'; readonly count: number; readonly perSecond?: number }
  /** Delete whatever is beyond so many events. */
  | { readonly type: 'prune'; readonly maxEvents: number };

/** By how much the loop's timers were late, milliseconds. */
export interface LoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** From the process. */
export type FromEvents =
  | { readonly type: 'open'; readonly url: string }
  | ({ readonly type: 'delay' } & LoopDelay)
  | { readonly type: 'done' };

/** Closed by whoever started it. */
export class EventsProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  /** @param folder of the database, which may be there already */
  static async start(folder: string, token: string): Promise<EventsProcess> {
    const child = fork(fileURLToPath(new URL('./events-main.ts', import.meta.url)), [folder, token], {
      detached: true,
    });
    const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`The log ended with code ${code}`)));
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [FromEvents];
    ended.catch(() => {});
    if (message.type !== 'open') throw new Error('The log did not open');
    return new EventsProcess(child, message.url);
  }

  /** The loop's delay while `work` is done, and how long that took, seconds. */
  async watch(work: () => Promise<unknown>, nowMs: () => number): Promise<{ seconds: number; delay: LoopDelay }> {
    await this.#ask({ type: 'begin' });
    const beganMs = nowMs();
    await work();
    const seconds = (nowMs() - beganMs) / 1000;
    const delay = await this.#ask({ type: 'end' });
    if (delay.type !== 'delay') throw new Error('The log did not tell its delay');
    return { seconds, delay };
  }

  /** Resolves when they are stored. */
  async record(count: number, perSecond?: number): Promise<void> {
    await this.#ask({ type: 'record', count, ...(perSecond !== undefined && { perSecond }) });
  }

  /** Resolves when they are gone. */
  async prune(maxEvents: number): Promise<void> {
    await this.#ask({ type: 'prune', maxEvents });
  }

  /** Resolves when the process is gone. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.disconnect();
    await gone;
  }

  async #ask(message: ToEvents): Promise<FromEvents> {
    const ended = new AbortController();
    const gone = once(this.#child, 'exit', { signal: ended.signal }).then(([code]) => {
      throw new Error(`The log ended with code ${code}`);
    });
    gone.catch(() => {});
    try {
      const answer = once(this.#child, 'message', { signal: ended.signal });
      answer.catch(() => {});
      this.#child.send(message);
      const [said] = (await Promise.race([answer, gone])) as [FromEvents];
      return said;
    } finally {
      ended.abort();
    }
  }
}
