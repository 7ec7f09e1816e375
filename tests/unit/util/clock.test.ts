import { describe, expect, it, onTestFinished, vi } from 'vitest';
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

  it.each([2 ** 31 - 1, 2 ** 31, 30 * 86_400_000, 100 * 86_400_000])(
    'waits for %i ms, and can be stopped before',
    (ms) => {
      // Node's own timers fire at once when they are told to wait for 24.9 days, and so do these.
      vi.useFakeTimers();
      onTestFinished(() => {
        vi.useRealTimers();
      });
      const called: string[] = [];
      systemClock.after(ms, () => called.push('over'));
      const stop = systemClock.after(ms, () => called.push('stopped'));
      vi.advanceTimersByTime(ms - 1);
      expect(called).toEqual([]);
      stop();
      vi.advanceTimersByTime(1);
      expect(called).toEqual(['over']);
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it('never calls back after an infinite time', () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const called: string[] = [];
    systemClock.after(Number.POSITIVE_INFINITY, () => called.push('over'));
    vi.advanceTimersByTime(365 * 86_400_000);
    expect(called).toEqual([]);
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
