import { afterAll, beforeAll, expect, it } from 'vitest';
import { locateFfmpeg } from '../../src/ffmpeg/locate.ts';
import { sleep, systemClock } from '../../src/util/clock.ts';
import { ServerProcess } from '../e2e/hostile/server-process.ts';
import { Stage } from '../e2e/hostile/stage.ts';

/** Longer than a program that may become cheaper waits for its pictures, and than an encoder may do nothing. */
const STANDSTILL_MS = 6000;

let server: ServerProcess;
let stage: Stage;

beforeAll(async () => {
  server = await ServerProcess.start();
  stage = await Stage.open(server, (await locateFfmpeg({})).path);
});

afterAll(async () => {
  await stage?.close();
  await server?.close();
});

it('a mixer that stood still for seconds makes up for every picture and all sound', async () => {
  const mark = stage.mark();
  const { pid } = stage.mixer;
  process.kill(pid, 'SIGSTOP');
  try {
    await sleep(systemClock, STANDSTILL_MS);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await stage.frames((STANDSTILL_MS / 1000) * 30);
  await stage.residentsShown();
  expect(stage.disturbances(mark)).toEqual([]);
  expect(stage.mixer.pid).toBe(pid);
});
