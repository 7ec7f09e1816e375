import { describe, expect, it } from 'vitest';
import { isPassing } from '../../../../src/cli/files/file-api.ts';
import { STALL_MS, stubbornly } from '../../../../src/cli/files/stubborn.ts';
import { AppError, BadRequestError, UnavailableError } from '../../../../src/errors.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

const LOST = new UnavailableError('unreachable', 'The line is lost.');

/** Something to do, with what moved and arrived of it, in the hands of the test. */
function open() {
  const clock = new FakeClock();
  const state = { moved: 0, arrived: 0, runs: 0, pauses: [] as number[] };
  const interrupt = new AbortController();
  const run = <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    stubbornly(
      (signal) => {
        state.runs += 1;
        return work(signal);
      },
      {
        clock,
        signal: interrupt.signal,
        moved: () => state.moved,
        arrived: () => state.arrived,
        onPause: () => state.pauses.push(clock.monotonicMs()),
      },
    );
  return { clock, state, interrupt, run };
}

/** Never ends by itself. */
function hangs(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(LOST), { once: true });
  });
}

describe('who does not give up', () => {
  it('tries again after longer and longer pauses, until it succeeds', async () => {
    const { clock, state, run } = open();
    const result = run(async () => {
      if (state.runs < 5) throw LOST;
      return 'done';
    });
    await clock.run(5000, 50);
    expect(await result).toBe('done');
    expect(state.pauses.map((at) => at - (state.pauses[0] ?? 0))).toEqual([0, 250, 750, 1750]);
    expect(clock.pending).toBe(0);
  });

  it('does not try again what cannot pass', async () => {
    const { clock, state, run } = open();
    const refused = new BadRequestError('refused', 'No.');
    await expect(run(() => Promise.reject(refused))).rejects.toBe(refused);
    expect([state.runs, state.pauses.length, clock.pending]).toEqual([1, 0, 0]);
  });

  it('gives up after ten minutes in which nothing has arrived, and never while something does', async () => {
    const { clock, state, run } = open();
    const ended = run(async () => {
      if (clock.monotonicMs() < 1_200_000) state.arrived += 1;
      throw LOST;
    }).catch(() => clock.monotonicMs());
    await clock.run(2_400_000, 250);
    const after = (await ended) - 1_200_000;
    expect(after).toBeGreaterThan(550_000);
    expect(after).toBeLessThan(700_000);
    expect(clock.pending).toBe(0);
  });

  it('begins anew when nothing moves any more, and leaves what moves alone', async () => {
    const { clock, state, run } = open();
    const ended = run(async (signal) => {
      if (state.runs > 1) return state.runs;
      return hangs(signal);
    });
    for (let look = 0; look < 10; look += 1) {
      state.moved += 1;
      await clock.run(STALL_MS);
    }
    expect(state.runs).toBe(1);
    await clock.run(2 * STALL_MS + 250, 250);
    expect(await ended).toBe(2);
  });

  it('ends at once when it is told to, in the middle of a try and of a pause', async () => {
    const trying = open();
    const tried = trying.run(hangs);
    trying.interrupt.abort();
    await expect(tried).rejects.toBe(LOST);
    const pausing = open();
    const paused = pausing.run(() => Promise.reject(LOST));
    await pausing.clock.run(1);
    pausing.interrupt.abort();
    await expect(paused).rejects.toBe(LOST);
    expect([trying.state.runs, pausing.state.runs]).toEqual([1, 1]);
    expect([trying.clock.pending, pausing.clock.pending]).toEqual([0, 0]);
  });
});

describe('a refusal', () => {
  const answered = (status: number) => new AppError('No.', { code: 'any', fault: 'client', status });

  it.each([408, 409, 423, 425, 429, 460, 500, 502, 503, 504])('of status %i may pass', (status) => {
    expect(isPassing(answered(status))).toBe(true);
  });

  it.each([400, 401, 403, 404, 410, 413, 507])('of status %i does not', (status) => {
    expect(isPassing(answered(status))).toBe(false);
  });

  it('that is none of ours does not, and a lost line does', () => {
    expect([isPassing(new TypeError('x')), isPassing(LOST)]).toEqual([false, true]);
  });
});
