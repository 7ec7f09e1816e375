import { expect, it, vi } from 'vitest';
import { RecordingLookout } from '../../../../web/controllers/recording-lookout.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

/** Lets promises settle that can. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function looking(answers: readonly (boolean | 'away')[]) {
  const clock = new FakeClock();
  const left = [...answers];
  const ask = vi.fn<() => Promise<boolean>>(async () => {
    const answer = left.shift();
    if (answer === 'away') throw new Error('away');
    return answer === true;
  });
  return { clock, ask, lookout: new RecordingLookout({ ask, after: (ms, fn) => clock.after(ms, fn) }) };
}

it('asks at once and every 30 seconds until it knows, also when it is not heard', async () => {
  const { clock, ask, lookout } = looking([false, 'away', true]);
  lookout.start();
  lookout.start();
  expect(ask).toHaveBeenCalledTimes(1);
  await settled();
  clock.advance(30_000);
  await settled();
  clock.advance(30_000);
  expect(ask).toHaveBeenCalledTimes(3);
  await settled();
  lookout.start();
  clock.advance(300_000);
  expect(ask).toHaveBeenCalledTimes(3);
  expect(clock.pending).toBe(0);
});

it('stops when told, and begins anew', async () => {
  const { clock, ask, lookout } = looking([false, true]);
  lookout.start();
  lookout.stop();
  await settled();
  expect(clock.pending).toBe(0);
  lookout.start();
  expect(ask).toHaveBeenCalledTimes(2);
});

it('is not stopped by an answer to a question from before', async () => {
  const { clock, ask, lookout } = looking([true, false, false]);
  lookout.start();
  lookout.stop();
  lookout.start();
  await settled();
  clock.advance(30_000);
  expect(ask).toHaveBeenCalledTimes(3);
});
