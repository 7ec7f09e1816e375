import { describe, expect, it } from 'vitest';
import { SegmentTable } from '../../../../src/recorder/session/segment-table.ts';
import { type PartEntry, partEntry } from '../../../../src/recorder/session/session-index.ts';
import { PART_FRAMES, SEGMENT_PARTS, testInit, testPart } from '../../../helpers/log-parts.ts';

const SEGMENT_FRAMES = PART_FRAMES * SEGMENT_PARTS;

/** Adds the parts `from` … `to - 1` of a session, 100 bytes each. */
function fill(table: SegmentTable, from: number, to: number, init = testInit()): void {
  for (let n = from; n < to; n += 1) {
    const part = testPart(n, { init, bytes: 100 });
    table.add(partEntry(part, part.index * 100), part.last);
  }
}

describe('SegmentTable', () => {
  it('lists a segment once its last part is there, with what a playlist needs of it', () => {
    const table = new SegmentTable();
    fill(table, 0, 3);
    expect(table.segments).toEqual([]);
    fill(table, 3, 5, testInit(1));
    expect(table.segments).toEqual([
      {
        segment: 0,
        firstFrame: 0,
        endFrame: SEGMENT_FRAMES,
        init: 0,
        discontinuity: false,
        wallTime: 1_800_000_000_000,
        bytes: 400,
        parts: expect.objectContaining({ length: 4 }),
      },
    ]);
    expect(table.segments[0]?.parts.map((part) => [part.offset, part.bytes, part.independent])).toEqual([
      [0, 100, true],
      [100, 100, false],
      [200, 100, false],
      [300, 100, false],
    ]);
  });

  it('gives the same list until it changes, and then says so', () => {
    const table = new SegmentTable();
    fill(table, 0, 5);
    const [list, revision] = [table.segments, table.revision];
    fill(table, 5, 7);
    expect(table.segments).toBe(list);
    expect(table.revision).toBe(revision);
    fill(table, 7, 8);
    expect(table.segments.map(({ segment }) => segment)).toEqual([0, 1]);
    expect(table.revision).not.toBe(revision);
    const finished = table.revision;
    table.remove(0);
    expect(table.segments.map(({ segment }) => segment)).toEqual([1]);
    expect(table.revision).not.toBe(finished);
    expect(list.map(({ segment }) => segment)).toEqual([0]);
    fill(table, 8, 9);
    const present = table.revision;
    table.remove(2);
    expect(table.revision).toBe(present);
  });

  it('takes a segment whose end was lost for finished when another begins, or nothing will follow', () => {
    const table = new SegmentTable();
    fill(table, 0, 2);
    fill(table, 4, 6);
    expect(table.segments.map(({ segment, endFrame, bytes }) => [segment, endFrame, bytes])).toEqual([
      [0, 2 * PART_FRAMES, 200],
    ]);
    table.finish();
    table.finish();
    expect(table.segments.map(({ segment, endFrame }) => [segment, endFrame])).toEqual([
      [0, 2 * PART_FRAMES],
      [1, 6 * PART_FRAMES],
    ]);
    expect(table.revision).toBe(2);
  });

  it('finds the parts of every segment that a span of frames touches, the unfinished one among them', () => {
    const table = new SegmentTable();
    fill(table, 0, 14);
    table.remove(0);
    const numbers = (parts: readonly PartEntry[]): number[] => parts.map(({ firstFrame }) => firstFrame / PART_FRAMES);
    expect(numbers(table.parts(SEGMENT_FRAMES, SEGMENT_FRAMES + 1))).toEqual([4, 5, 6, 7]);
    expect(numbers(table.parts(0, SEGMENT_FRAMES))).toEqual([]);
    expect(numbers(table.parts(2 * SEGMENT_FRAMES, 3 * SEGMENT_FRAMES))).toEqual([8, 9, 10, 11]);
    expect(numbers(table.parts(2 * SEGMENT_FRAMES - 1, 4 * SEGMENT_FRAMES))).toEqual([
      4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
    ]);
  });

  it('takes numbers that are missing in what lies there for deleted, and no others', () => {
    const table = new SegmentTable();
    const entry = (n: number): PartEntry => {
      const part = testPart(n, { init: testInit(), bytes: 100 });
      return partEntry(part, part.index * 100);
    };
    table.load([0, 1, 2, 3, 4, 5, 12, 13].map(entry));
    const span = (from: number, to: number) => ({ firstFrame: from * PART_FRAMES, endFrame: to * PART_FRAMES });
    expect(table.spans()).toEqual([span(0, 6), span(12, 14)]);
  });

  it('tells the spans that nothing was deleted from, whatever was never made or never written', () => {
    const table = new SegmentTable();
    expect(table.spans()).toEqual([]);
    fill(table, 0, 10);
    // The program was away for a part of segment 3.
    fill(table, 12, 13);
    fill(table, 16, 17);
    // Segments 5 and 6 were never written.
    fill(table, 28, 29);
    const span = (from: number, to: number) => ({ firstFrame: from * PART_FRAMES, endFrame: to * PART_FRAMES });
    expect(table.spans()).toEqual([span(0, 29)]);
    table.remove(1);
    expect(table.spans()).toEqual([span(0, 4), span(8, 29)]);
    table.remove(0);
    expect(table.spans()).toEqual([span(8, 29)]);
    table.remove(4);
    expect(table.spans()).toEqual([span(8, 13), span(28, 29)]);
  });
});
