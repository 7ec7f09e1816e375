/** One line that says how far a move is. */
import type { MoveProgress } from '../../database/move/move-to-postgres.ts';
import type { Clock, Disposer } from '../../util/clock.ts';
import { everyProgress, type ProgressTarget, writeProgress } from '../progress-target.ts';

const TTY_MS = 250;
/** What is over sooner needs no line. */
const PATIENCE_MS = 1000;

/** `Copying   45 %  1350 of 3000 rows` */
export function formatMove({ phase, done, total }: MoveProgress): string {
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
  const word = phase === 'copying' ? 'Copying ' : 'Checking';
  return `${word} ${String(percent).padStart(3)} %  ${done} of ${total} rows`;
}

/** Writes the line again and again, once it has taken a second: in place on a terminal, as lines elsewhere. */
export function showMove(read: () => MoveProgress, target: ProgressTarget, clock: Clock): Disposer {
  const begunMs = clock.monotonicMs();
  let shown = false;
  const show = (): void => {
    writeProgress(target, formatMove(read()));
    shown = true;
  };
  const stop = everyProgress(target, TTY_MS, clock, () => {
    if (clock.monotonicMs() - begunMs >= PATIENCE_MS) show();
  });
  return () => {
    stop();
    if (!shown || !target.isTTY) return;
    show();
    shown = false;
    target.write('\n');
  };
}
