/** What travels between the command and the threads in which its viewers live. */
import type { Measured } from './measures.ts';

/** Given to a thread when it starts. Times by the machine's monotonic clock, milliseconds. */
export interface ThreadOrder {
  /** Address of the multivariant playlist. */
  readonly url: string;
  readonly h2: boolean;
  readonly insecure: boolean;
  readonly wallOffsetMs: number;
  /** When each of the thread's viewers joins. */
  readonly joinMs: readonly number[];
  /** What counts from when on, and when everybody goes. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** To a thread. */
export interface ToThread {
  /** Everybody goes now. */
  readonly type: 'stop';
}

/** From a thread. */
export type FromThread =
  | { readonly type: 'progress'; readonly requests: number; readonly errors: number }
  | {
      readonly type: 'result';
      readonly measured: Measured;
      /** When the last viewer had gone. */
      readonly endMs: number;
      /** How much later than due the thread's timers ran in 99 of 100 cases: whether the tool itself was too slow. */
      readonly loopDelayP99Ms: number;
    };
