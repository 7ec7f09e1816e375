import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateFfmpeg } from '../../src/ffmpeg/locate.ts';
import { type Offence, misbehave, prepare } from './hostile/offence.ts';
import { PROCESSES, SOCKETS } from './hostile/peer-offences.ts';
import { GARBAGE, SIZES, UNDECODABLES } from './hostile/picture-offences.ts';
import { ServerProcess } from './hostile/server-process.ts';
import { Stage } from './hostile/stage.ts';
import { BURDENS, FLAPPING, PERSISTENT, SOUNDS, TIMES } from './hostile/stream-offences.ts';

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

describe('Ana, Bo and Cy do not notice', () => {
  it.each<[string, readonly Offence[]]>([
    ['pictures of sizes that nobody has', SIZES],
    ['what is not what it says it is', [...GARBAGE, ...SOUNDS]],
    [
      'capture times of any kind, peers that stand still or never stop, and whose decoder dies',
      [...TIMES, ...SOCKETS, ...PERSISTENT, ...UNDECODABLES, ...PROCESSES],
    ],
    ['what is allowed and costs most', BURDENS],
    ['tracks that come and go all the time', FLAPPING],
  ])('%s', async (_, offences) => {
    await prepare(stage, offences);
    const mark = stage.mark();
    const wrong = await misbehave(stage, offences);
    await stage.residentsShown();
    await stage.settled();
    expect([...wrong, ...stage.disturbances(mark)]).toEqual([]);
  });
});
