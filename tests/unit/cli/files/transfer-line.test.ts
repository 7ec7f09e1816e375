import { describe, expect, it } from 'vitest';
import { formatSeconds, formatTransfer, RateMeter, showTransfer } from '../../../../src/cli/files/transfer-line.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

/** Somewhere to write to. */
function target(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

describe('a rate', () => {
  it('is not known before something has come', () => {
    const meter = new RateMeter();
    expect(meter.measure(0, 0)).toBeUndefined();
    expect(meter.measure(500, 0)).toBeUndefined();
    expect(meter.measure(1500, 1000)).toBe(1000);
  });

  it('follows a change within seconds, and not at once', () => {
    const meter = new RateMeter();
    meter.measure(0, 0);
    meter.measure(1000, 1000);
    const first = meter.measure(4000, 2000) ?? 0;
    expect(first).toBeGreaterThan(1400);
    expect(first).toBeLessThan(1800);
    for (let second = 3; second <= 20; second += 1) meter.measure(4000 + (second - 2) * 3000, second * 1000);
    expect(meter.measure(61_000, 21_000)).toBeCloseTo(3000, -1);
  });

  it('takes no notice of bytes that are lost and sent again', () => {
    const meter = new RateMeter();
    meter.measure(0, 0);
    meter.measure(5000, 1000);
    expect(meter.measure(2000, 2000)).toBe(5000);
    expect(meter.measure(7000, 3000)).toBe(5000);
  });
});

describe('the line', () => {
  it.each([
    [{ done: 0, total: 200 }, undefined, '  0 %  0 bytes of 200 bytes'],
    [{ done: 90_300_000, total: 200_000_000 }, 12_100_000, ' 45 %  90.3 MB of 200 MB  12.1 MB/s  10 s left'],
    [{ done: 199_999_999, total: 200_000_000 }, 1, ' 99 %  199.9 MB of 200 MB  1 byte/s  1 s left'],
    [{ done: 200, total: 200 }, 100, '100 %  200 bytes of 200 bytes  100 bytes/s'],
    [{ done: 100, total: 200 }, 0, ' 50 %  100 bytes of 200 bytes  0 bytes/s'],
    [{ done: 0, total: 0 }, undefined, '100 %  0 bytes of 0 bytes'],
  ])('of %o at %s is %j', (progress, rate, line) => {
    expect(formatTransfer(progress, rate)).toBe(line);
  });

  it.each([
    [0.2, '1 s'],
    [59, '59 s'],
    [59.5, '1 min 00 s'],
    [125, '2 min 05 s'],
    [3599, '59 min 59 s'],
    [11_400, '3 h 10 min'],
  ])('says %d seconds as %s', (seconds, words) => {
    expect(formatSeconds(seconds)).toBe(words);
  });
});

describe('showing it', () => {
  it('writes over itself on a terminal, and ends with one last line, however often it is ended', () => {
    const clock = new FakeClock();
    const to = target(true);
    let done = 0;
    const stop = showTransfer(() => ({ done, total: 400 }), to, clock);
    done = 100;
    clock.advance(250);
    expect(to.written).toEqual(['\r 25 %  100 bytes of 400 bytes  400 bytes/s  1 s left\u001b[K']);
    done = 400;
    stop();
    stop();
    clock.advance(1000);
    expect(to.written.slice(1)).toEqual([expect.stringMatching(/^\r100 % /), '\n']);
    expect(clock.pending).toBe(0);
  });

  it('writes a line now and then elsewhere, and none at its end', () => {
    const clock = new FakeClock();
    const to = target(false);
    const stop = showTransfer(() => ({ done: 200, total: 400 }), to, clock);
    clock.advance(9999);
    expect(to.written).toEqual([]);
    clock.advance(1);
    stop();
    expect(to.written).toEqual([' 50 %  200 bytes of 400 bytes  0 bytes/s\n']);
  });
});
