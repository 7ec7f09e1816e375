import { beforeAll, describe, expect, it } from 'vitest';
import { isEven } from '../../bench/check/cadence.ts';
import type { RoomReport } from '../../bench/check/check-room.ts';
import { type SyncResult, WAYS, apartOf, measureSync } from '../../bench/check/sync.ts';
import { locateFfmpeg } from '../../src/ffmpeg/locate.ts';

/** Milliseconds: what a viewer begins to notice. */
const LIMIT = 40;
const EVENTS = 36;

describe('somebody who flashes and beeps at the same moment', () => {
  let measured: { readonly results: readonly SyncResult[]; readonly report: RoomReport };

  beforeAll(async () => {
    const { path: ffmpeg } = await locateFfmpeg({});
    measured = await measureSync({ ffmpeg, ways: WAYS, peopleEach: 4, flashes: 10, seed: 4 });
  });

  it.each(WAYS.map(({ name }, index) => [name, index] as const))(
    'does so within 40 ms in the program and in what others hear: %s',
    (_, index) => {
      const { inProgram, inReturn, alone } = measured.results[index] as SyncResult;
      expect(alone).toBe(0);
      expect(Math.min(inProgram.length, inReturn.length)).toBeGreaterThanOrEqual(EVENTS);
      const text = JSON.stringify({ inProgram, inReturn, report: measured.report });
      expect(apartOf(inProgram), text).toBeLessThanOrEqual(LIMIT);
      expect(apartOf(inReturn), text).toBeLessThanOrEqual(LIMIT);
    },
  );

  it('costs no frame and no sample', () => {
    expect(isEven(measured.report), JSON.stringify(measured.report)).toBe(true);
  });
});
