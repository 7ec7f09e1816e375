/** One line that says how a publisher is doing. */
import type { Clock, Disposer } from '../../util/clock.ts';
import { everyProgress, type ProgressTarget, writeProgress } from '../progress-target.ts';
import type { PublishProgress } from './publisher.ts';

const TTY_MS = 500;

/** `00:01:23  30.0 fps  812 kbit/s  0 dropped` */
export function formatProgress(now: PublishProgress, before: PublishProgress, elapsedMs: number): string {
  const total = Math.floor(now.seconds);
  const time = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  const fps = ((now.videoFrames - before.videoFrames) * 1000) / elapsedMs;
  const kbit = ((now.bytes - before.bytes) * 8) / elapsedMs;
  return `${time}  ${fps.toFixed(1)} fps  ${Math.round(kbit)} kbit/s  ${now.dropped} dropped`;
}

/** Writes the line again and again: in place on a terminal, as lines elsewhere. */
export function showProgress(read: () => PublishProgress, target: ProgressTarget, clock: Clock): Disposer {
  let before = read();
  let beforeMs = clock.monotonicMs();
  const stop = everyProgress(target, TTY_MS, clock, () => {
    const now = read();
    const line = formatProgress(now, before, clock.monotonicMs() - beforeMs);
    before = now;
    beforeMs = clock.monotonicMs();
    writeProgress(target, line);
  });
  return () => {
    stop();
    if (target.isTTY) target.write('\n');
  };
}
