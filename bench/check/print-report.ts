/** A room's report as a table on standard output. */
import { table } from '../measure/table.ts';
import type { RoomReport } from './check-room.ts';

/** Prints it under a title. */
export function printReport(title: string, report: RoomReport): void {
  const rows: ReadonlyArray<readonly [string, number]> = [
    ['program frames', report.frames],
    ['missing', report.missingFrames],
    ['doubled', report.doubledFrames],
    ['skipped by the mixer', report.skippedFrames],
    ['packets for more than one frame', report.longFrames],
    ['packets of program sound', report.units],
    ['packets of return sound', report.returned],
    ['gaps in sound', report.soundGaps],
    ['wrong wall-clock times', report.wrongTimes],
    ['a frame begun after it was due, ms, p99', report.p99LateMs],
    ['a frame begun after it was due, ms, most', report.maxLateMs],
    ['highest step of the degrade ladder', report.step],
    ['restarts of the mixer process', report.restarts],
  ];
  const text = rows.map(([what, value]) => [what, String(value)]);
  process.stdout.write(`\n${table([[title, ''], ...text])}\n`);
}
