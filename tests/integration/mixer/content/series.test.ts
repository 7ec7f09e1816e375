import { beforeAll, describe, expect, it } from 'vitest';
import { isEven } from '../../../../bench/check/cadence.ts';
import type { RoomReport } from '../../../../bench/check/check-room.ts';
import { soakCadence } from '../../../../bench/check/cadence-soak.ts';
import { PatternShelf } from '../../../../bench/check/coloured-people.ts';
import { runSeries } from '../../../../bench/check/mixer-series.ts';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';

let ffmpeg: string;
let shelf: PatternShelf;

beforeAll(async () => {
  ffmpeg = (await locateFfmpeg({})).path;
  shelf = new PatternShelf(ffmpeg);
});

/** A machine that is hopelessly busy may halve the rate of pictures, but then it says so. */
function expectUndisturbed({ skippedFrames, restarts, longFrames, step }: RoomReport): void {
  expect([skippedFrames, restarts, step < 2 ? longFrames : 0]).toEqual([0, 0, 0]);
}

// Long forms: npm run soak:mixer and npm run soak:cadence, with seeds of their own.
describe('a room in which anything happens', () => {
  it('shows everybody in their place after each of 15 random events, without a missing frame or sample', async () => {
    const events: string[] = [];
    const say = (line: string): void => void events.push(line);
    const report = await runSeries({ ffmpeg, shelf, events: 15, seed: 20, say });
    expect(events).toHaveLength(15);
    expect(isEven(report), JSON.stringify(report)).toBe(true);
    expectUndisturbed(report);
  });

  it('makes a frame for each thirtieth of ten seconds, at its exact time, while people come and go', async () => {
    const report = await soakCadence({ ffmpeg, shelf, seconds: 10, seed: 20, say: () => {} });
    expect(report.frames).toBeGreaterThanOrEqual(300);
    expect(report.returned).toBeGreaterThan(400);
    expect(isEven(report), JSON.stringify(report)).toBe(true);
    expectUndisturbed(report);
  });
});
