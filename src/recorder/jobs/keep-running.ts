/** A child process that is started again whenever it ends. */
import { type Clock, sleep } from '../../util/clock.ts';
import { type RetryPolicy, retryDelay } from '../../util/retry.ts';

/** What is kept running, and how. */
export interface KeptRunning {
  readonly clock: Clock;
  /** Whatever it says of attempts, nobody gives up: the last delay repeats. */
  readonly policy: RetryPolicy;
  /** Ends it all: nothing is started any more, and no life that ends then is told of. */
  readonly signal: AbortSignal;
  /** One life; resolves with how it ended. Must not reject. */
  readonly live: () => Promise<string | undefined>;
  /** Told before the next one, with the milliseconds until then. */
  readonly onEnd: (exit: string | undefined, delayMs: number) => void;
}

/** Resolves once the signal has aborted and the last life has ended. */
export async function keepRunning({ clock, policy, signal, live, onEnd }: KeptRunning): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const startedMs = clock.monotonicMs();
    const exit = await live();
    if (signal.aborted) return;
    failures = clock.monotonicMs() - startedMs >= policy.forgetAfterMs ? 1 : failures + 1;
    const delayMs = retryDelay(policy, failures) ?? policy.maxMs;
    onEnd(exit, delayMs);
    await sleep(clock, delayMs, signal);
  }
}
