/** Waiting for somebody who may only lack the time to answer. */
import type { Clock, Disposer } from './clock.ts';

/** How long something is waited for. */
export interface Patience {
  /** Milliseconds in which it could have worked and gave nothing. */
  readonly ms: number;
  /** Milliseconds in all, with those in which it was held up; not less than `ms`. */
  readonly mostMs: number;
}

/** Milliseconds between two looks at what is waited for. */
const LOOK_MS = 100;

/**
 * Calls `onOver` once, when patience is used up, unless disposed before. A look that comes late counts for no more than one in
 * time: this process stood still itself then, and what came meanwhile is read before the next one.
 * @param isHeldUp whether it would go on if only the machine let it; default: nobody can tell
 */
export function outwait(
  clock: Clock,
  patience: Patience,
  onOver: () => void,
  isHeldUp = (): boolean => false,
): Disposer {
  const { ms, mostMs } = patience;
  let silentMs = 0;
  let waitedMs = 0;
  let stop: Disposer = () => {};
  const wait = (): void => {
    const fromMs = clock.monotonicMs();
    const stepMs = Math.min(LOOK_MS, ms - silentMs, mostMs - waitedMs);
    stop = clock.after(stepMs, () => {
      const isLate = clock.monotonicMs() - fromMs >= stepMs + LOOK_MS;
      waitedMs += stepMs;
      if (!isLate && !isHeldUp()) silentMs += stepMs;
      if (silentMs >= ms || waitedMs >= mostMs) onOver();
      else wait();
    });
  };
  wait();
  return () => stop();
}
