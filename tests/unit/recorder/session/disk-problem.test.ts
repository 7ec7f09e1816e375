import { describe, expect, it } from 'vitest';
import { diskProblemOf, shownProblem } from '../../../../src/recorder/session/disk-problem.ts';

const failure = (message: string, code?: string): Error => Object.assign(new Error(message), code ? { code } : {});

describe('what is wrong with a disk', () => {
  it.each([
    [failure('ENOSPC: no space left on device, write', 'ENOSPC'), 'disk_full'],
    [failure('EDQUOT: disk quota exceeded', 'EDQUOT'), 'disk_full'],
    [failure('database or disk is full', 'ERR_SQLITE_ERROR'), 'disk_full'],
    [failure('EIO: i/o error, write', 'EIO'), 'disk_failed'],
    [failure('EROFS: read-only file system', 'EROFS'), 'disk_failed'],
    ['nothing that is an error', 'disk_failed'],
  ])('is read from %s', (error, code) => {
    expect(diskProblemOf(error).code).toBe(code);
  });

  it.each(['disk_full', 'disk_slow', 'disk_failed'] as const)('is said as a cause with a remedy: %s', (code) => {
    const { code: shown, message } = shownProblem(code);
    expect(shown).toBe(code);
    expect(message).toMatch(/disk|data folder/);
    expect(message).toMatch(/goes on by itself/);
  });
});
