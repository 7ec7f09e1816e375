import { open } from 'node:fs/promises';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Part } from '../../../../src/media/part.ts';
import { RunningRecording } from '../../../../src/recorder/recordings/running-recording.ts';
import { StoppedRecordings } from '../../../../src/recorder/recordings/stopped-recordings.ts';
import type { OpenFile } from '../../../../src/recorder/session/segment-writer.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { numberedProgram } from '../../../helpers/numbered-program.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';
import { TestSession } from '../../../helpers/test-session.ts';

const PATIENCE_MS = 10_000;

let parts: Part[];
let clock: FakeClock;
let session: TestSession;
let stopped: StoppedRecordings;

beforeAll(async () => {
  parts = await numberedProgram({ seconds: 6 });
});
beforeEach(async () => {
  clock = new FakeClock();
  stopped = new StoppedRecordings(clock);
  // The mixer starts late: the first picture that is made is frame 120.
  session = await TestSession.open(await tempDir(), 'late', parts.slice(8));
  return async () => {
    stopped.close();
    await session.log.close();
  };
});

/** What is found out about a recording of these frames; `answer` is undefined until it is known. */
function judged(from: number, to: number) {
  const known: { answer: string | undefined; over: boolean } = { answer: undefined, over: false };
  const done = stopped.written(new RunningRecording('r1', session), [{ from, to }]).then((answer) => {
    Object.assign(known, { answer, over: true });
  });
  return { known, done };
}

it('a recording of which nothing is there is waited for until it is certain that nothing will be', async () => {
  const { known, done } = judged(10, 70);
  await clock.run(10 * PATIENCE_MS, PATIENCE_MS);
  expect(known.over).toBe(false);
  session.feed(180);
  await done;
  expect(known.answer).toBe('nothing');
});

it('a recording of which nothing is there has nothing when its session ends', async () => {
  const { known, done } = judged(10, 70);
  await session.log.close();
  await done;
  expect(known.answer).toBe('nothing');
});

it('a recording of which something is there is waited for no longer than its last parts need', async () => {
  session.feed(150);
  await session.log.reachedFrame(150);
  const { known, done } = judged(10, 300);
  await clock.run(PATIENCE_MS - 1);
  expect(known.over).toBe(false);
  await clock.run(1);
  await done;
  expect(known.answer).toBe('something');
});

it('what was made of a recording is waited for, however slow the disk is', async () => {
  const gate = Promise.withResolvers<void>();
  const openFile: OpenFile = async (path, flags) => {
    const file = await open(path, flags);
    if (path.endsWith('segment-1.m4s')) file.datasync = () => gate.promise;
    return file;
  };
  const slow = await TestSession.open(await tempDir(), 'slow', parts, 1000, openFile);
  slow.feed(180);
  await slow.log.reachedFrame(60);
  const known: { answer?: string | undefined } = {};
  const done = stopped.written(new RunningRecording('r1', slow), [{ from: 10, to: 180 }]).then((answer) => {
    known.answer = answer;
  });
  await clock.run(10 * PATIENCE_MS, PATIENCE_MS);
  expect(known).toEqual({});
  gate.resolve();
  await done;
  expect([known.answer, slow.log.endFrame]).toEqual(['something', 180]);
  await slow.log.close();
});

it('the tracks of people are waited for, however slow the disk is', async () => {
  const gate = Promise.withResolvers<void>();
  session.recordsWritten = () => gate.promise;
  session.feed(180);
  await session.log.reachedFrame(180);
  const { known, done } = judged(10, 180);
  await clock.run(10 * PATIENCE_MS, PATIENCE_MS);
  expect(known.over).toBe(false);
  gate.resolve();
  await done;
  expect(known.answer).toBe('something');
});

it('a recording is left to the next start when the server ends first', async () => {
  const { known, done } = judged(10, 70);
  stopped.close();
  await done;
  expect(known).toEqual({ answer: undefined, over: true });
});
