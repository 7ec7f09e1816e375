import { expect, it } from 'vitest';
import { sleep, systemClock } from '../../src/util/clock.ts';
import { openedStage } from '../e2e/hostile/opened-stage.ts';

/** Longer than a program that may become cheaper waits for its pictures, and than an encoder may do nothing. */
const STANDSTILL_MS = 6000;

const opened = openedStage();

it('a mixer that stood still for seconds makes up for every picture and all sound', async () => {
  const stage = opened();
  const mark = stage.mark();
  const { pid } = stage.mixer;
  process.kill(pid, 'SIGSTOP');
  try {
    // No event tells of it: the time is what is done to the mixer.
    await sleep(systemClock, STANDSTILL_MS);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await stage.frames((STANDSTILL_MS / 1000) * 30);
  await stage.residentsShown();
  expect(stage.disturbances(mark)).toEqual([]);
  expect(stage.mixer.pid).toBe(pid);
});
