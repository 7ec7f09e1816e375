import { expect, it, vi } from 'vitest';
import { ViewerBeat } from '../../../../web/controllers/viewer-beat.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

function beating(answer: () => Promise<number>) {
  const clock = new FakeClock();
  const say = vi.fn<() => Promise<number>>(answer);
  const changed = vi.fn<() => void>();
  return { clock, say, changed, beat: new ViewerBeat({ say, changed, after: (ms, fn) => clock.after(ms, fn) }) };
}

it('says so at once and every 10 seconds, until it stops', async () => {
  const { clock, say, changed, beat } = beating(async () => 7);
  beat.start();
  beat.start();
  expect(say).toHaveBeenCalledTimes(1);
  await vi.waitFor(() => expect(beat.viewers).toBe(7), WAIT);
  expect(changed).toHaveBeenCalledTimes(1);
  clock.advance(9999);
  expect(say).toHaveBeenCalledTimes(1);
  clock.advance(1);
  expect(say).toHaveBeenCalledTimes(2);
  beat.stop();
  expect([beat.viewers, clock.pending]).toEqual([undefined, 0]);
  beat.start();
  expect(say).toHaveBeenCalledTimes(3);
});

it('goes on when it is not heard, and ignores answers that come too late', async () => {
  const answers: Array<(viewers: number) => void> = [];
  let refused = true;
  const { clock, say, beat } = beating(() => {
    if (refused) return Promise.reject(new Error('away'));
    return new Promise((resolve) => answers.push(resolve));
  });
  beat.start();
  refused = false;
  clock.advance(10_000);
  expect(say).toHaveBeenCalledTimes(2);
  beat.stop();
  answers[0]?.(3);
  await Promise.resolve();
  expect(beat.viewers).toBeUndefined();
});
