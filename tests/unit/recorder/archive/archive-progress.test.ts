import { describe, expect, it } from 'vitest';
import { ARCHIVE_JOBS, jobId, overallProgress, readJobId } from '../../../../src/recorder/archive/archive-progress.ts';

describe('jobId', () => {
  it('is the recording for the last job and tells the step for the others, both ways', () => {
    expect(jobId('r1_-x', 'finish')).toBe('r1_-x');
    for (const name of ARCHIVE_JOBS) expect(readJobId(jobId('r1_-x', name))).toEqual({ recording: 'r1_-x', name });
    expect(readJobId('r1.other')).toBeUndefined();
    expect(readJobId('.film')).toBeUndefined();
  });
});

describe('overallProgress', () => {
  const all = (state: 'waiting' | 'done' | 'failed') => ARCHIVE_JOBS.map((name) => ({ name, state, progress: 0 }));

  it('is the sum of all jobs', () => {
    expect(overallProgress([])).toBe(0);
    expect(overallProgress(all('waiting'))).toBe(0);
    expect(overallProgress(all('done'))).toBe(1);
    const film = (progress: number) => [{ name: 'film', state: 'active', progress } as const];
    expect(overallProgress(film(0.5))).toBe(0.25);
    expect(overallProgress(film(7))).toBe(0.5);
  });

  it('counts a step that was given up as over', () => {
    const steps = all('done').map((step) => (step.name === 'tracks' ? { ...step, state: 'failed' as const } : step));
    expect(overallProgress(steps)).toBe(1);
  });
});
