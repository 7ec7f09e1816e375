import { describe, expect, it } from 'vitest';
import {
  ARCHIVE_FAILURE_CODES,
  archiveFailureOf,
  lacksSpace,
  MADE_ELSEWHERE,
  NOTHING_BEGUN,
  NOTHING_FOUND,
  NOTHING_KEPT,
} from '../../../../src/recorder/archive/archive-failure.ts';

const REASONS = [
  [NOTHING_KEPT, 'nothing_kept'],
  [NOTHING_BEGUN, 'nothing_kept'],
  [NOTHING_FOUND, 'nothing_kept'],
  [MADE_ELSEWHERE, 'disk_failed'],
  ["ENOSPC: no space left on device, write '/srv/data/x'", 'disk_full'],
  ['FFmpeg failed: file:/srv/data/x.mp4: No space left on device', 'disk_full'],
  ["EACCES: permission denied, open '/srv/data/x'", 'disk_failed'],
  ['FFmpeg failed: file:/srv/data/x.mp4: Input/output error', 'disk_failed'],
  ['job stalled more than allowable limit', 'worker_lost'],
  ['FFmpeg was ended by SIGKILL: frame= 12', 'worker_lost'],
  ['FFmpeg failed: -vf /srv/data/x: Invalid argument on host-7', 'archive_failed'],
  ['', 'archive_failed'],
] as const;

describe('why an archive failed', () => {
  it.each(REASONS)('“%s” is told as %s', (reason, code) => {
    expect(archiveFailureOf(reason).code).toBe(code);
  });

  it('is a lack of space when the disk is full, whoever says so, and nothing else is', () => {
    const thrown = REASONS.filter(([reason]) => lacksSpace(new Error(reason))).map(([, code]) => code);
    const told = REASONS.filter(([reason]) => lacksSpace(reason)).map(([, code]) => code);
    expect([thrown, told]).toEqual([
      ['disk_full', 'disk_full'],
      ['disk_full', 'disk_full'],
    ]);
  });

  it('is told with a cause and a remedy, and with nothing of the machine', () => {
    expect(new Set(REASONS.map(([, code]) => code))).toEqual(new Set(ARCHIVE_FAILURE_CODES));
    for (const [reason] of REASONS) {
      expect(archiveFailureOf(reason).message).toMatch(/^[A-Z][^/]+[;,] [^/]+\.$/);
      expect(archiveFailureOf(reason).message).not.toMatch(/ffmpeg|srv|host-7/i);
    }
  });
});
