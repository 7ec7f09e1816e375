import { expect, it } from 'vitest';
import { keepRunning } from '../../../../src/recorder/jobs/keep-running.ts';
import { sleep } from '../../../../src/util/clock.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

const POLICY = { firstMs: 100, maxMs: 400, attempts: 2, forgetAfterMs: 10_000 };

/** Something whose lives last so long, and when each of them began. */
function start(...livesMs: readonly number[]) {
  const clock = new FakeClock();
  const stop = new AbortController();
  const [began, ended]: [number[], (readonly [string | undefined, number])[]] = [[], []];
  const over = keepRunning({
    clock,
    policy: POLICY,
    signal: stop.signal,
    live: async () => {
      began.push(clock.monotonicMs());
      await sleep(clock, livesMs[began.length - 1] ?? Number.MAX_SAFE_INTEGER, stop.signal);
      return `life ${began.length}`;
    },
    onEnd: (exit, delayMs) => ended.push([exit, delayMs]),
  });
  return { clock, stop, began, ended, over };
}

it('what ends begins again, later each time, and never for the last time', async () => {
  const { clock, began, ended } = start(0, 0, 0, 0);
  await clock.run(1200, 1);
  expect(began).toHaveLength(5);
  expect(ended.map(([, delayMs]) => delayMs)).toEqual([100, 200, 400, 400]);
  expect(ended[0]).toEqual(['life 1', 100]);
});

it('a life that lasted is no failure in a row', async () => {
  const { clock, ended } = start(0, 9999, 10_000, 0);
  await clock.run(30_000, 1);
  expect(ended.map(([, delayMs]) => delayMs)).toEqual([100, 200, 100, 200]);
});

it('what is stopped does not begin again, in a life or between two', async () => {
  for (const livesMs of [[], [0]]) {
    const { clock, stop, began, ended, over } = start(...livesMs);
    await clock.run(50);
    stop.abort();
    await over;
    expect([began.length, ended.length, clock.pending]).toEqual([1, livesMs.length, 0]);
  }
});
