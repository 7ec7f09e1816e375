import { describe, expect, it, vi } from 'vitest';
import { sleep, systemClock } from '../../../src/util/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

describe('sleep', () => {
  it('ends after its time and not before', async () => {
    const clock = new FakeClock();
    let awake = false;
    const slept = sleep(clock, 100).then(() => {
      awake = true;
    });
    await clock.run(99);
    expect(awake).toBe(false);
    clock.advance(1);
    await slept;
    expect(awake).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('ends at once when it is aborted, and leaves no timer behind', async () => {
    const clock = new FakeClock();
    const abort = new AbortController();
    const slept = sleep(clock, 100, abort.signal);
    expect(clock.pending).toBe(1);
    abort.abort();
    await slept;
    expect(clock.pending).toBe(0);
  });

  it('does not begin when it was aborted before', async () => {
    const clock = new FakeClock();
    await sleep(clock, 100, AbortSignal.abort());
    expect(clock.pending).toBe(0);
  });

  it('lets go of its signal when its time is over', async () => {
    const clock = new FakeClock();
    const abort = new AbortController();
    const removed = vi.spyOn(abort.signal, 'removeEventListener');
    const slept = sleep(clock, 5, abort.signal);
    clock.advance(5);
    await slept;
    expect(removed).toHaveBeenCalledTimes(1);
  });
});

describe('systemClock', () => {
  it('calls back after the time on its own monotonic scale', async () => {
    const begin = systemClock.monotonicMs();
    await sleep(systemClock, 20);
    // Timers of Node fire up to one millisecond early on this scale.
    expect(systemClock.monotonicMs() - begin).toBeGreaterThanOrEqual(19);
  });

  it('repeats until it is disposed of', async () => {
    let ticks = 0;
    await new Promise<void>((resolve) => {
      const dispose = systemClock.every(1, () => {
        ticks += 1;
        if (ticks < 3) return;
        dispose();
        resolve();
      });
    });
    await sleep(systemClock, 3);
    expect(ticks).toBe(3);
  });

  it('does not call back what was disposed of', async () => {
    let called = false;
    systemClock.after(1, () => {
      called = true;
    })();
    // Timers run in the order of their times, so this one ends after the other would have.
    await sleep(systemClock, 2);
    expect(called).toBe(false);
  });
});
