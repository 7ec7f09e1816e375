import { describe, expect, it } from 'vitest';
import { formatProgress, showProgress } from '../../../../src/cli/publish/progress-line.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

const NOTHING = { seconds: 0, videoFrames: 0, bytes: 0, dropped: 0 };

/** Somewhere to write to. */
function target(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

describe('formatProgress', () => {
  it.each([
    [
      { ...NOTHING, seconds: 83.9, videoFrames: 15, bytes: 50_750, dropped: 2 },
      500,
      '00:01:23  30.0 fps  812 kbit/s  2 dropped',
    ],
    [{ ...NOTHING, seconds: 36_000, videoFrames: 299, bytes: 0 }, 10_000, '10:00:00  29.9 fps  0 kbit/s  0 dropped'],
    [{ ...NOTHING, seconds: 3599.999 }, 500, '00:59:59  0.0 fps  0 kbit/s  0 dropped'],
  ])('says how it goes: %o in %i ms', (now, elapsedMs, line) => {
    expect(formatProgress(now, NOTHING, elapsedMs)).toBe(line);
  });

  it('measures since the last line', () => {
    const before = { ...NOTHING, videoFrames: 1000, bytes: 1_000_000 };
    const now = { seconds: 40, videoFrames: 1015, bytes: 1_012_500, dropped: 0 };
    expect(formatProgress(now, before, 500)).toBe('00:00:40  30.0 fps  200 kbit/s  0 dropped');
  });
});

describe('showProgress', () => {
  it('writes one line over the other on a terminal, and ends it', () => {
    const clock = new FakeClock();
    const to = target(true);
    const stop = showProgress(() => ({ ...NOTHING, seconds: clock.monotonicMs() / 1000 }), to, clock);
    clock.advance(1000);
    stop();
    clock.advance(1000);
    expect(to.written).toEqual([
      '\r00:00:00  0.0 fps  0 kbit/s  0 dropped\x1b[K',
      '\r00:00:01  0.0 fps  0 kbit/s  0 dropped\x1b[K',
      '\n',
    ]);
    expect(clock.pending).toBe(0);
  });

  it('writes a line every ten seconds elsewhere', () => {
    const clock = new FakeClock();
    const to = target(false);
    const stop = showProgress(() => NOTHING, to, clock);
    clock.advance(20_000);
    stop();
    expect(to.written).toEqual(Array.from({ length: 2 }, () => '00:00:00  0.0 fps  0 kbit/s  0 dropped\n'));
  });
});
