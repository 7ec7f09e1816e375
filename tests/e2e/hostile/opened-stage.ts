/** The stage of a file of these tests, on a server in a process of its own. */
import { afterAll, beforeAll } from 'vitest';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { ServerProcess } from './server-process.ts';
import { Stage } from './stage.ts';

/** Opened before the file's tests and closed behind them; what is given brings it while they run. */
export function openedStage(): () => Stage {
  let server: ServerProcess | undefined;
  let stage: Stage | undefined;
  beforeAll(async () => {
    server = await ServerProcess.start();
    stage = await Stage.open(server, (await locateFfmpeg({})).path);
  });
  afterAll(async () => {
    await stage?.close();
    await server?.close();
  });
  return () => {
    if (!stage) throw new Error('The stage is not open');
    return stage;
  };
}
