import { describe, expect, it } from 'vitest';
import { nullLogger } from '../../../../src/logger.ts';
import { JobLog } from '../../../../src/recorder/jobs/job-log.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

describe('JobLog', () => {
  it('keeps each line with its time, its job and what belongs to it, in order', async () => {
    const lines: string[] = [];
    const log = new JobLog('film', nullLogger, new FakeClock(), async (line) => lines.push(line));
    log.logger.info('started', { attempt: 1 });
    log.logger.child({ room: 'hall' }).warn('ffmpeg failed', { stderr: ['one', 'two'] });
    log.logger.debug('not this');
    await log.settled();
    expect(lines.map((line) => line.slice(line.indexOf('Z ') + 2))).toEqual([
      'film: started (attempt 1)',
      'film: warn: ffmpeg failed (stderr one / two)',
    ]);
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z /);
  });

  it('drops lines when too many wait, cuts long ones, and survives a store that fails', async () => {
    const lines: string[] = [];
    const log = new JobLog('film', nullLogger, new FakeClock(), async (line) => {
      lines.push(line);
      throw new Error('gone');
    });
    log.logger.info('x'.repeat(5000));
    for (let count = 1; count < 101; count += 1) log.logger.info(`line ${count}`);
    await log.settled();
    expect(lines).toHaveLength(100);
    expect(lines[0]).toHaveLength(1000);
    log.logger.info('again');
    await log.settled();
    expect(lines).toHaveLength(101);
  });
});
