import { appendFile, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { nullLogger } from '../../../../src/logger.ts';
import { loadSessionIndex } from '../../../../src/recorder/session/session-index.ts';
import { readSessionInfo, type SessionInfo } from '../../../../src/recorder/session/session-info.ts';
import { SessionLog, type SessionLogOptions } from '../../../../src/recorder/session/session-log.ts';
import { repairSession } from '../../../../src/recorder/session/session-repair.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { PART_FRAMES, SEGMENT_PARTS, testInit, testPart } from '../../../helpers/log-parts.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

const FORM = { framerate: 30, width: 1280, height: 720, segmentFrames: 60, partFrames: 15 };
const INFO: SessionInfo = { version: 1, id: 's1', room: 'demo', title: 'Demo', originWallMs: 1.5, ...FORM };

let dir: string;
let folder: string;
beforeEach(async () => {
  dir = await tempDir();
  folder = join(dir, 's1');
});

const openLog = (options: Partial<SessionLogOptions> = {}): Promise<SessionLog> => {
  const common = { fsyncMs: 1000, keepSegments: 100, clock: systemClock, log: nullLogger };
  return SessionLog.open({ dir, sessionId: 's1', ...common, ...options });
};

/** A log with the parts `from` … `to - 1`. */
async function write(log: SessionLog, from: number, to: number, init = testInit()): Promise<void> {
  for (let n = from; n < to; n += 1) log.append(testPart(n, { init }));
  await log.reachedFrame(to * PART_FRAMES);
}

const bytesOf = async (name: string): Promise<number> => (await stat(join(folder, name))).size;

describe('the log of a session whose server died', () => {
  it('says what is needed to go on with the session from the first moment', async () => {
    const log = await openLog({ info: INFO });
    expect(await readSessionInfo(folder)).toEqual(INFO);
    await log.close();
    await writeFile(join(folder, 'session.json'), '{"version":1,"id":"../s1"');
    expect(await readSessionInfo(folder)).toBeUndefined();
    await writeFile(join(folder, 'session.json'), JSON.stringify({ ...INFO, id: '../s1' }));
    expect(await readSessionInfo(folder)).toBeUndefined();
  });

  it('loses its torn ends and nothing else, once', async () => {
    const log = await openLog();
    await write(log, 0, 6);
    await log.close();
    const whole = await readFile(join(folder, 'parts.jsonl'));
    await appendFile(join(folder, 'parts.jsonl'), '{"type":"part","segm');
    await appendFile(join(folder, 'events.jsonl'), '{"type":"left"}\n{"ty');
    await appendFile(join(folder, 'segment-1.m4s'), 'half a part');
    await writeFile(join(folder, 'segment-2.m4s'), 'a part that was not indexed');
    await writeFile(join(folder, 'parts.jsonl.new'), 'a rewrite that was not finished');
    const repaired = await repairSession(folder);
    expect(repaired).toMatchObject({ nextFrame: 6 * PART_FRAMES, nextSegment: 2, nextGeneration: 1 });
    expect(repaired.cutBytes).toBe(20 + 4 + 11 + 27);
    expect(repaired.index.parts).toHaveLength(6);
    expect(await readFile(join(folder, 'parts.jsonl'))).toEqual(whole);
    expect(await readFile(join(folder, 'events.jsonl'), 'utf8')).toBe('{"type":"left"}\n');
    expect((await readdir(folder)).sort()).toEqual([
      'events.jsonl',
      'init-0.mp4',
      'parts.jsonl',
      'segment-0.m4s',
      'segment-1.m4s',
    ]);
    expect((await repairSession(folder)).cutBytes).toBe(0);
  });

  it('is cut wherever the index was torn', async () => {
    const log = await openLog();
    await write(log, 0, 3);
    await log.close();
    const index = await readFile(join(folder, 'parts.jsonl'));
    for (let bytes = index.byteLength - 1; bytes > 0; bytes -= 7) {
      await truncate(join(folder, 'parts.jsonl'), bytes);
      const lines = index.subarray(0, bytes).toString().split('\n').length - 1;
      const { index: kept, nextFrame } = await repairSession(folder);
      expect(kept.parts).toHaveLength(Math.max(0, lines - 1));
      expect(nextFrame).toBe(kept.parts.length * PART_FRAMES);
    }
  });

  it('never gives numbers again that the index knows, though a power cut took their media', async () => {
    const log = await openLog();
    await write(log, 0, 10);
    await log.close();
    await truncate(join(folder, 'segment-2.m4s'), 0);
    const repaired = await repairSession(folder);
    expect(repaired.index.parts).toHaveLength(8);
    expect(repaired).toMatchObject({ nextFrame: 10 * PART_FRAMES, nextSegment: 3 });
    expect(await readdir(folder)).not.toContain('segment-2.m4s');
  });

  it('is an empty one when there is no folder', async () => {
    expect(await repairSession(folder)).toMatchObject({ nextFrame: 0, nextSegment: 0, nextGeneration: 0, cutBytes: 0 });
  });

  it('goes on behind what is there: one log of both', async () => {
    const first = await openLog({ info: INFO });
    await write(first, 0, 6);
    await first.close();
    await appendFile(join(folder, 'parts.jsonl'), '{"torn');
    const existing = await repairSession(folder);
    const log = await openLog({ existing });
    expect(log.endFrame).toBe(6 * PART_FRAMES);
    expect(log.segments.map(({ segment, parts }) => [segment, parts.length])).toEqual([
      [0, 4],
      [1, 2],
    ]);
    expect(String(Buffer.from((await log.readSegment(1)) ?? []))).toBe('[part 4][part 5]');
    const release = log.hold(0, 6 * PART_FRAMES);
    await write(log, 8, 12, testInit(1));
    expect(log.parts(0, 1000).map(({ firstFrame }) => firstFrame / PART_FRAMES)).toEqual([
      0, 1, 2, 3, 4, 5, 8, 9, 10, 11,
    ]);
    expect(log.spans()).toEqual([{ firstFrame: 0, endFrame: 12 * PART_FRAMES }]);
    release();
    await log.close();
    const index = await loadSessionIndex(folder);
    expect([...index.inits.keys()]).toEqual([0, 1]);
    expect(index.parts).toHaveLength(10);
    expect(await readSessionInfo(folder)).toEqual(INFO);
    expect(await bytesOf('init-1.mp4')).toBeGreaterThan(0);
  });

  it('deletes what nobody holds of the part before the crash, too', async () => {
    const first = await openLog();
    await write(first, 0, 4 * SEGMENT_PARTS);
    await first.close();
    const log = await openLog({ existing: await repairSession(folder), keepSegments: 2 });
    log.hold(SEGMENT_PARTS * PART_FRAMES, 2 * SEGMENT_PARTS * PART_FRAMES);
    await write(log, 4 * SEGMENT_PARTS, 5 * SEGMENT_PARTS, testInit(1));
    await log.close();
    const files = (await readdir(folder)).filter((name) => name.startsWith('segment-')).sort();
    expect(files).toEqual(['segment-1.m4s', 'segment-3.m4s', 'segment-4.m4s']);
  });
});
