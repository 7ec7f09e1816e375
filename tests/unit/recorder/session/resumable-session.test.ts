import { describe, expect, it } from 'vitest';
import { elapsedMs, isRecent, type ResumableSession } from '../../../../src/recorder/session/resumable-session.ts';

const ORIGIN = 1_800_000_000_000;

/** Of 30 frames a second; its newest frame is number 299: ten seconds. */
const SESSION: ResumableSession = {
  info: {
    version: 1,
    id: 's1',
    room: 'demo',
    title: 'Demo',
    originWallMs: ORIGIN,
    framerate: 30,
    width: 1280,
    height: 720,
    segmentFrames: 60,
    partFrames: 15,
  },
  log: { index: { inits: new Map(), parts: [] }, nextFrame: 300, nextSegment: 5, nextGeneration: 1, cutBytes: 0 },
  firstFrame: 300,
};

describe('a session that goes on', () => {
  it('is as old as the wall clock says', () => {
    expect(elapsedMs(SESSION, ORIGIN + 25_000)).toBe(25_000);
  });

  it.each([-3_600_000, 0, 9_999, 10_000])('gives no frame twice when the clock was set to %d ms of it', (ms) => {
    const first = Math.floor((elapsedMs(SESSION, ORIGIN + ms) * 30) / 1000);
    expect(first).toBeGreaterThanOrEqual(300);
    expect(first).toBeLessThanOrEqual(301);
  });

  it('gives no frame twice at any rate of frames', () => {
    for (const framerate of [5, 7, 24, 25, 29, 30, 50, 59, 60]) {
      for (let firstFrame = 0; firstFrame < 2000; firstFrame += 37) {
        const session = { ...SESSION, firstFrame, info: { ...SESSION.info, framerate } };
        const frame = Math.floor((elapsedMs(session, ORIGIN) * framerate) / 1000);
        expect(frame).toBeGreaterThanOrEqual(firstFrame);
      }
    }
  });

  it('is not gone on with when more than an hour has passed', () => {
    const broken = ORIGIN + 10_000 + 1000 / 30;
    expect(isRecent(SESSION, broken + 3_600_000)).toBe(true);
    expect(isRecent(SESSION, broken + 3_600_001)).toBe(false);
    expect(isRecent(SESSION, broken - 86_400_000)).toBe(true);
  });

  it('is, when the clock was set ahead while it ran: its own time did not follow', () => {
    const aheadMs = 2 * 3_600_000;
    const written = { ...SESSION, writtenMs: ORIGIN + 10_000 + aheadMs };
    const back = written.writtenMs + 60_000;
    expect(isRecent(SESSION, back)).toBe(false);
    expect(isRecent(written, back)).toBe(true);
    expect(elapsedMs(written, back)).toBeCloseTo(70_000 + 1000 / 30, 3);
    expect(isRecent(written, written.writtenMs + 3_600_000)).toBe(true);
    expect(isRecent(written, written.writtenMs + 3_600_001)).toBe(false);
    // It was set back meanwhile: by its own account nothing has passed since.
    expect(isRecent(written, ORIGIN + 3_700_000)).toBe(true);
    // A clock that nobody touched says when its files were written, too; it is the finer of the two.
    expect(elapsedMs({ ...SESSION, writtenMs: ORIGIN + 9000 }, ORIGIN + 25_000)).toBe(25_000);
  });
});
