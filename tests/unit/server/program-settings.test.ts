import { describe, expect, it } from 'vitest';
import { changedOrder, orderedProgram, resumedProgram } from '../../../src/server/program-settings.ts';
import { DEFAULT_PROGRAM } from '../../helpers/room-views.ts';

describe('the program of a room', () => {
  it('is what the room orders, and the configuration for the rest', () => {
    expect(orderedProgram(DEFAULT_PROGRAM, {})).toEqual(DEFAULT_PROGRAM);
    expect(orderedProgram(DEFAULT_PROGRAM, { width: 720, height: 1280, preset: 'fast' })).toEqual({
      ...DEFAULT_PROGRAM,
      width: 720,
      height: 1280,
      preset: 'fast',
    });
  });

  it('keeps the form of a session that goes on, whatever was ordered since', () => {
    const info = {
      version: 1,
      id: 's',
      room: 'r',
      title: '',
      originWallMs: 1,
      segmentFrames: 50,
      partFrames: 13,
    } as const;
    const log = {
      index: { inits: new Map(), parts: [] },
      nextFrame: 0,
      nextSegment: 0,
      nextGeneration: 0,
      cutBytes: 0,
    };
    const session = { info: { ...info, framerate: 25, width: 640, height: 360 }, log, firstFrame: 0 };
    const ordered = { ...DEFAULT_PROGRAM, framerate: 60, videoKbit: 777 };
    const kept = { ...ordered, framerate: 25, width: 640, height: 360 };
    expect(resumedProgram(ordered, session)).toEqual(kept);
    expect(resumedProgram(ordered, undefined)).toBe(ordered);
  });

  it("changes by what is named, and is the configuration's again with null", () => {
    const order = changedOrder(DEFAULT_PROGRAM, { width: 640, height: 360 }, { framerate: 25 });
    expect(order).toEqual({ width: 640, height: 360, framerate: 25 });
    expect(changedOrder(DEFAULT_PROGRAM, order, undefined)).toBe(order);
    expect(changedOrder(DEFAULT_PROGRAM, order, {})).toEqual(order);
    expect(changedOrder(DEFAULT_PROGRAM, order, null)).toEqual({});
  });

  it.each([
    { change: { width: 1920, height: 1088 }, possible: true },
    { change: { width: 1088, height: 1920 }, possible: true },
    { change: { width: 1920, height: 1090 }, possible: false },
    { change: { width: 320, height: 180 }, possible: true },
    { change: { width: 318, height: 180 }, possible: false },
    // 1280 pixels of width come from the configuration.
    { change: { height: 1632 }, possible: true },
    { change: { height: 1634 }, possible: false },
  ])('of $change is possible: $possible', ({ change, possible }) => {
    if (possible) expect(changedOrder(DEFAULT_PROGRAM, {}, change)).toEqual(change);
    else {
      expect(() => changedOrder(DEFAULT_PROGRAM, {}, change)).toThrow(
        expect.objectContaining({ status: 400, code: 'invalid_program', message: expect.stringContaining('"height"') }),
      );
    }
  });
});
