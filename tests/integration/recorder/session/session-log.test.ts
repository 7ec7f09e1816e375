import { mkdtemp, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nullLogger } from '../../../../src/logger.ts';
import { loadSessionIndex } from '../../../../src/recorder/session/session-index.ts';
import { SessionLog, type SessionLogOptions } from '../../../../src/recorder/session/session-log.ts';
import type { OpenFile } from '../../../../src/recorder/session/segment-writer.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { PART_FRAMES, SEGMENT_PARTS, testInit, testPart } from '../../../helpers/log-parts.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gridcast-log-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const openLog = (options: Partial<SessionLogOptions> = {}): Promise<SessionLog> =>
  SessionLog.open({
    dir,
    sessionId: 's1',
    fsyncMs: 1000,
    keepSegments: 100,
    clock: systemClock,
    log: nullLogger,
    ...options,
  });

const segmentFiles = async (): Promise<string[]> =>
  (await readdir(join(dir, 's1'))).filter((name) => name.startsWith('segment-')).sort();

/** A disk on which opening or writing fails while `full` says so. */
function fullDisk(full: (path: string) => boolean): OpenFile {
  return async (path, flags) => {
    const handle = await open(path, flags);
    const write = handle.write.bind(handle);
    handle.write = (async (data: Uint8Array, offset: number, length: number, position: number | null) => {
      if (!full(path)) return write(data, offset, length, position);
      // A full disk takes some of the bytes first.
      await write(data, offset, Math.min(3, length), position);
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    }) as typeof handle.write;
    return handle;
  };
}

describe('SessionLog', () => {
  it('makes each segment the concatenation of its parts and indexes them', async () => {
    const log = await openLog();
    for (let n = 0; n < 6; n += 1) log.append(testPart(n));
    await log.reachedFrame(6 * PART_FRAMES);
    expect(log.endFrame).toBe(6 * PART_FRAMES);
    expect(String(Buffer.from((await log.readSegment(0)) ?? []))).toBe('[part 0][part 1][part 2][part 3]');
    expect(String(Buffer.from((await log.readSegment(1)) ?? []))).toBe('[part 4][part 5]');
    expect(String(Buffer.from((await log.readInit(0)) ?? []))).toBe('init 0');
    expect(await log.readSegment(2)).toBeUndefined();
    expect(await log.readInit(1)).toBeUndefined();
    const index = await loadSessionIndex(log.folder);
    expect(index.parts.map((part) => [part.segment, part.index, part.offset])).toEqual([
      [0, 0, 0],
      [0, 1, 8],
      [0, 2, 16],
      [0, 3, 24],
      [1, 0, 0],
      [1, 1, 8],
    ]);
    await log.close();
  });

  it('can be read by another process after each part, without being closed', async () => {
    const log = await openLog();
    for (let n = 0; n < 5; n += 1) {
      log.append(testPart(n));
      await log.reachedFrame((n + 1) * PART_FRAMES);
      expect((await loadSessionIndex(log.folder)).parts).toHaveLength(n + 1);
    }
    await log.close();
  });

  it('leaves out parts whose bytes did not survive', async () => {
    const log = await openLog();
    for (let n = 0; n < 3; n += 1) log.append(testPart(n));
    await log.close();
    await truncate(join(log.folder, 'segment-0.m4s'), 20);
    expect((await loadSessionIndex(log.folder)).parts.map((part) => part.index)).toEqual([0, 1]);
  });

  it('keeps the newest segments, and what is held until it is released', async () => {
    const log = await openLog({ keepSegments: 2 });
    const frame = (segment: number): number => segment * SEGMENT_PARTS * PART_FRAMES;
    const release = log.hold(frame(1) + 7, frame(3));
    for (let n = 0; n < 8 * SEGMENT_PARTS; n += 1) log.append(testPart(n));
    await log.reachedFrame(frame(8));
    expect(await segmentFiles()).toEqual(['segment-1.m4s', 'segment-2.m4s', 'segment-6.m4s', 'segment-7.m4s']);
    release();
    for (let n = 8 * SEGMENT_PARTS; n < 9 * SEGMENT_PARTS; n += 1) log.append(testPart(n));
    await log.close();
    expect(await segmentFiles()).toEqual(['segment-7.m4s', 'segment-8.m4s']);
    expect(await log.readSegment(1)).toBeUndefined();
  });

  it('lists the finished segments that are on disk, and says when the list has changed', async () => {
    const log = await openLog({ keepSegments: 2 });
    const append = async (from: number, to: number): Promise<number[]> => {
      for (let n = from; n < to; n += 1) log.append(testPart(n));
      await log.reachedFrame(to * PART_FRAMES);
      return log.segments.map(({ segment }) => segment);
    };
    expect(await append(0, 6)).toEqual([0]);
    const revision = log.segmentsRevision;
    expect(await append(6, 7)).toEqual([0]);
    expect(log.segmentsRevision).toBe(revision);
    expect(await append(7, 14)).toEqual([2]);
    expect(log.segmentsRevision).not.toBe(revision);
    expect(log.spans()).toEqual([{ firstFrame: 2 * SEGMENT_PARTS * PART_FRAMES, endFrame: log.endFrame }]);
    expect(log.parts(log.endFrame - 1, log.endFrame).map(({ index }) => index)).toEqual([0, 1]);
    await log.close();
    expect(log.segments.map(({ segment }) => segment)).toEqual([2, 3]);
  });

  it('loses only the rest of the segment when the disk is full, says why, and goes on with the next', async () => {
    let full = false;
    const log = await openLog({ openFile: fullDisk((path) => full && path.includes('segment-')) });
    for (let n = 0; n < 12; n += 1) {
      full = n === 5;
      log.append(testPart(n));
      await log.reachedFrame((n + 1) * PART_FRAMES);
      if (n === 4 || n >= 8) expect(log.failed).toBeUndefined();
      if (n >= 5 && n < 8)
        expect(log.failed).toMatchObject({ code: 'disk_full', reason: expect.stringMatching(/no space left/) });
    }
    await log.close();
    const index = await loadSessionIndex(log.folder);
    expect(index.parts.map((part) => part.firstFrame / PART_FRAMES)).toEqual([0, 1, 2, 3, 4, 8, 9, 10, 11]);
    expect(String(Buffer.from((await log.readSegment(1)) ?? []))).toBe('[part 4]');
  });

  it('survives a full disk under the index: only the torn line is lost', async () => {
    let full = false;
    const log = await openLog({ openFile: fullDisk((path) => full && path.endsWith('.jsonl')) });
    for (let n = 0; n < 8; n += 1) {
      full = n === 1;
      log.append(testPart(n));
      await log.reachedFrame((n + 1) * PART_FRAMES);
    }
    await log.close();
    const index = await loadSessionIndex(log.folder);
    expect(index.parts.map((part) => part.firstFrame / PART_FRAMES)).toEqual([0, 4, 5, 6, 7]);
  });

  it.each(['session.json', 'init-', 'parts.jsonl', 'segment-'])(
    'takes what comes once there is space, whichever file there was none for: %s',
    async (name) => {
      let full = true;
      const form = { framerate: 30, width: 320, height: 180, segmentFrames: 60, partFrames: 15 };
      const info = { version: 1, id: 's1', room: 'demo', title: 'Demo', originWallMs: 1, ...form } as const;
      const log = await openLog({ info, openFile: fullDisk((path) => full && path.includes(name)) });
      const told: (string | undefined)[] = [];
      log.events.on('problem', (problem) => told.push(problem?.code));
      for (let n = 0; n < 12; n += 1) {
        full = n < 6;
        log.append(testPart(n));
        await log.reachedFrame((n + 1) * PART_FRAMES);
      }
      expect(log.failed).toBeUndefined();
      // A folder that could not be made is known before anybody listens.
      expect(told).toEqual(name === 'session.json' ? [undefined] : ['disk_full', undefined]);
      await log.close();
      const index = await loadSessionIndex(log.folder);
      expect(index.parts.map((part) => part.firstFrame / PART_FRAMES)).toEqual([8, 9, 10, 11]);
      expect(await readdir(log.folder)).toEqual(['init-0.mp4', 'parts.jsonl', 'segment-2.m4s', 'session.json']);
    },
  );

  it('begins as soon as its folder can be made', async () => {
    await writeFile(join(dir, 's1'), 'in the way');
    const log = await openLog();
    expect(log.failed).toMatchObject({ code: 'disk_failed' });
    log.append(testPart(0));
    await log.reachedFrame(PART_FRAMES);
    expect(log.failed?.reason).toMatch(/EEXIST|ENOTDIR/);
    await rm(join(dir, 's1'));
    for (let n = 4; n < 8; n += 1) log.append(testPart(n));
    await log.close();
    expect(log.failed).toBeUndefined();
    expect((await loadSessionIndex(log.folder)).parts).toHaveLength(4);
  });

  it('gives a segment up rather than hold more bytes than its limit', async () => {
    let unblock = (): void => {};
    const blocked = new Promise<void>((resolve) => {
      unblock = resolve;
    });
    const openFile: OpenFile = async (path, flags) => {
      await blocked;
      return open(path, flags);
    };
    const log = await openLog({ openFile, maxQueuedBytes: 500 });
    for (let n = 0; n < 8; n += 1) log.append(testPart(n, { bytes: 100 }));
    expect(log.failed).toMatchObject({ code: 'disk_slow', reason: expect.stringMatching(/too slow/) });
    unblock();
    // The first part left the queue before the disk hung; five more waited; the seventh was one too many.
    await log.reachedFrame(6 * PART_FRAMES);
    // What waited before it is no sign that the disk keeps up again.
    expect(log.failed).toMatchObject({ code: 'disk_slow' });
    for (let n = 8; n < 12; n += 1) log.append(testPart(n));
    await log.close();
    expect(log.failed).toBeUndefined();
    const index = await loadSessionIndex(log.folder);
    expect(index.parts.map((part) => part.firstFrame / PART_FRAMES)).toEqual([0, 1, 2, 3, 4, 5, 8, 9, 10, 11]);
  });

  it('writes an init segment once for each generation', async () => {
    const log = await openLog();
    log.append(testPart(0));
    log.append(testPart(4, { init: testInit(1) }));
    await log.close();
    const index = await loadSessionIndex(log.folder);
    expect([...index.inits.keys()]).toEqual([0, 1]);
    expect(index.parts.map((part) => part.init)).toEqual([0, 1]);
    expect(await readFile(join(log.folder, 'init-1.mp4'), 'utf8')).toBe('init 1');
  });

  it('shrinks the index of a session that nobody records', async () => {
    const log = await openLog({ keepSegments: 2, fsyncMs: 60_000, compactParts: 200 });
    const parts = 500;
    const frames = (n: number): number => n * PART_FRAMES;
    // Segments of one part, so that the test writes little.
    const tiny = (n: number) => ({ ...testPart(0), segment: n, firstFrame: frames(n), last: false });
    for (let n = 0; n < parts; n += 1) log.append(tiny(n));
    await log.reachedFrame(frames(parts));
    await log.close();
    const text = await readFile(join(log.folder, 'parts.jsonl'), 'utf8');
    expect(text.split('\n').length).toBeLessThan(220);
    const index = await loadSessionIndex(log.folder);
    expect(index.inits.size).toBe(1);
    expect(index.parts.map((part) => part.segment)).toEqual([parts - 2, parts - 1]);
  });

  it('resolves waiters for frames that never come when it is closed', async () => {
    const log = await openLog();
    log.append(testPart(0));
    const reached = log.reachedFrame(1_000_000);
    await Promise.all([log.close(), log.close(), reached]);
    log.append(testPart(1));
    expect(log.endFrame).toBe(PART_FRAMES);
  });
});
