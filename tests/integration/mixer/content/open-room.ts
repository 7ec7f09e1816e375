/** Rooms of the content checks, closed when their test or their group of tests has ended. */
import { expect } from 'vitest';
import { CheckRoom, type ProgramChoice } from '../../../../bench/check/check-room.ts';
import { ColouredPeople, type PatternShelf } from '../../../../bench/check/coloured-people.ts';
import { isEven } from '../../../../bench/check/cadence.ts';
import { type Layout, layoutSchema } from '../../../../src/layout/layout.ts';
import { annotationSchema } from '../../../../src/layout/annotation.ts';
import type { z } from 'zod';

/** Nothing is drawn over the tiles. */
export const BARE = annotationSchema.parse({ names: false, marks: false, speakerBorder: false, clock: false });

/** A complete layout; no rule unless given. */
export function layoutOf(layout: z.input<typeof layoutSchema>): Layout {
  return layoutSchema.parse({ rules: [], ...layout });
}

/** A watched room without annotation and its coloured people. */
export function bareRoom(ffmpeg: string, shelf: PatternShelf, choice: ProgramChoice = {}) {
  const room = new CheckRoom(ffmpeg, choice);
  room.room.annotation = BARE;
  return { room, people: new ColouredPeople(room, shelf) };
}

/** No frame and no sound is missing, doubled or at a wrong time, and the mixer process is the first one. */
export function expectEven(room: CheckRoom): void {
  const { report } = room;
  expect(isEven(report), JSON.stringify(report)).toBe(true);
  expect([report.skippedFrames, report.restarts]).toEqual([0, 0]);
}
