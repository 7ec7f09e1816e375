/** Looks at the time as often as a program has frames, and does nothing else: prints how late it was each time, milliseconds, a line each. */
import { systemClock } from '../../src/util/clock.ts';

const FRAME_MS = 1000 / 30;
const originMs = systemClock.monotonicMs();

function wait(frame: number): void {
  const dueMs = originMs + frame * FRAME_MS;
  systemClock.after(Math.max(0, dueMs - systemClock.monotonicMs()), () => {
    process.stdout.write(`${systemClock.monotonicMs() - dueMs}\n`);
    wait(frame + 1);
  });
}

wait(1);
// Nobody reads any more.
process.stdout.on('error', () => process.exit(0));
