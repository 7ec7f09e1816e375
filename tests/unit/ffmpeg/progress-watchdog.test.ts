import { describe, expect, it } from 'vitest';
import { ProgressWatchdog } from '../../../src/ffmpeg/progress-watchdog.ts';
import type { Clock } from '../../../src/util/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const TIMEOUT_MS = 4000;

function watch(isHeldUp?: (ms: number) => boolean) {
  const clock = new FakeClock();
  const hangs: number[] = [];
  const onHung = (): void => void hangs.push(clock.monotonicMs());
  const watchdog = new ProgressWatchdog({
    clock,
    timeoutMs: TIMEOUT_MS,
    onHung,
    ...(isHeldUp && { isHeldUp: () => isHeldUp(clock.monotonicMs()) }),
  });
  const say = (text: string): void => watchdog.push(new TextEncoder().encode(text));
  return { clock, hangs, watchdog, say };
}

describe('ProgressWatchdog', () => {
  it('notices once that nothing ever came, and leaves no timer behind', () => {
    const { clock, hangs } = watch();
    clock.advance(TIMEOUT_MS - 1);
    expect(hangs).toEqual([]);
    clock.advance(10 * TIMEOUT_MS);
    expect(hangs).toEqual([TIMEOUT_MS]);
    expect(clock.pending).toBe(0);
  });

  it('notices once, whatever comes after that', () => {
    const { clock, hangs, say } = watch();
    clock.advance(TIMEOUT_MS);
    say('frame=1\n');
    expect(clock.pending).toBe(0);
    clock.advance(10 * TIMEOUT_MS);
    expect(hangs).toEqual([TIMEOUT_MS]);
  });

  it.each([
    ['frames', (step: number) => `frame=${step}\nout_time_us=N/A\nprogress=continue\n`],
    ['output time', (step: number) => `frame=0\nout_time_us=${step * 1000}\nprogress=continue\n`],
  ])('leaves alone whose %s grow', (_, report) => {
    const { clock, hangs, say } = watch();
    for (let step = 1; step <= 100; step += 1) {
      clock.advance(TIMEOUT_MS / 2);
      say(report(step));
    }
    expect(hangs).toEqual([]);
  });

  it('notices within a quarter more that reports come but say the same', () => {
    const { clock, hangs, say } = watch();
    clock.advance(2500);
    say('frame=7\nout_time_us=1000\n');
    for (let step = 0; step < 50; step += 1) {
      clock.advance(100);
      say('frame=7\nfps=3.5\nout_time_us=1000\ntotal_size=99\ndup_frames=5\nspeed=1x\nprogress=continue\n');
    }
    expect(hangs).toHaveLength(1);
    expect(hangs[0]).toBeGreaterThanOrEqual(2500 + TIMEOUT_MS);
    expect(hangs[0]).toBeLessThanOrEqual(2500 + TIMEOUT_MS * 1.25);
  });

  it('does not take numbers that go back and forth for growth', () => {
    const { clock, hangs, say } = watch();
    say('frame=7\n');
    for (let step = 0; step < 100; step += 1) {
      clock.advance(100);
      say(`frame=${step % 2 === 0 ? 6 : 7}\nout_time_us=-${step}\nframe=\nframe=N/A\n`);
    }
    expect(hangs).toHaveLength(1);
  });

  it('understands a report that comes in pieces', () => {
    const { clock, hangs, say } = watch();
    for (let step = 1; step <= 20; step += 1) {
      say('fra');
      clock.advance(TIMEOUT_MS / 2);
      say(`me=${step}\n`);
    }
    expect(hangs).toEqual([]);
  });

  it('does not count the time in which it could not look itself, and goes on watching', () => {
    const clock = new FakeClock();
    const paused = { ms: 0 };
    const hangs: number[] = [];
    // What has been running on another clock is looked at later than it should be.
    const late: Clock = {
      monotonicMs: () => clock.monotonicMs() + paused.ms,
      wallMs: () => clock.wallMs() + paused.ms,
      after: (ms, fn) => clock.after(ms, fn),
      every: (ms, fn) => clock.every(ms, fn),
    };
    const onHung = (): void => void hangs.push(clock.monotonicMs());
    const watchdog = new ProgressWatchdog({ clock: late, timeoutMs: TIMEOUT_MS, onHung });
    clock.advance(TIMEOUT_MS / 2);
    paused.ms = 10 * TIMEOUT_MS;
    clock.advance(TIMEOUT_MS / 2 - 1);
    expect(hangs).toEqual([]);
    clock.advance(TIMEOUT_MS / 4);
    expect(hangs).toHaveLength(1);
    watchdog.close();
  });

  it('does not count the time in which the process is held up', () => {
    const { clock, hangs } = watch((ms) => ms > 1000 && ms <= 6000);
    clock.advance(5000 + TIMEOUT_MS - 1);
    expect(hangs).toEqual([]);
    clock.advance(1);
    expect(hangs).toHaveLength(1);
  });

  it('is over in the end for one that is held up for ever, and begins anew with each progress', () => {
    const { clock, hangs, say } = watch(() => true);
    clock.advance(3 * TIMEOUT_MS - 1);
    say('frame=1\n');
    clock.advance(3 * TIMEOUT_MS - 1);
    expect(hangs).toEqual([]);
    clock.advance(1);
    expect(hangs).toEqual([6 * TIMEOUT_MS - 1]);
  });

  it('asks nothing about one that has told of progress in the second before', () => {
    let asked = 0;
    const { clock, say } = watch(() => {
      asked += 1;
      return false;
    });
    for (let step = 1; step <= 100; step += 1) {
      say(`frame=${step}\n`);
      clock.advance(600);
    }
    expect(asked).toBe(0);
  });

  it('says nothing after it was closed', () => {
    const { clock, hangs, watchdog } = watch();
    watchdog.close();
    watchdog.close();
    clock.advance(10 * TIMEOUT_MS);
    expect(hangs).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
