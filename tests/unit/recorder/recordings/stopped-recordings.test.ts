import { describe, expect, it } from 'vitest';
import { stopChange, StoppedRecordings } from '../../../../src/recorder/recordings/stopped-recordings.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

describe('a recording that could not be ended', () => {
  it('is tried again every five seconds until it can', async () => {
    const clock = new FakeClock();
    const stopped = new StoppedRecordings(clock);
    let tries = 0;
    const done = stopped.retry(async () => {
      tries += 1;
      if (tries < 3) throw new Error('database or disk is full');
    });
    await clock.run(4999);
    expect(tries).toBe(0);
    await clock.run(20_000, 1000);
    await done;
    expect(tries).toBe(3);
    expect(clock.pending).toBe(0);
  });

  it('is left to the next start when the server ends first', async () => {
    const clock = new FakeClock();
    const stopped = new StoppedRecordings(clock);
    let tries = 0;
    const done = stopped.retry(async () => {
      tries += 1;
    });
    stopped.close();
    await done;
    expect([tries, clock.pending]).toEqual([0, 0]);
  });
});

describe('what becomes of a recording that has stopped', () => {
  it('is an archive, or a failure that says why when there is nothing of it', () => {
    const ranges = [{ from: 0, to: 30 }];
    expect(stopChange(ranges, 'Why.')).toEqual({ ranges, state: 'archiving', progress: 0 });
    expect(stopChange([], 'Why.')).toEqual({ ranges: [], state: 'failed', error: 'Why.' });
  });
});
