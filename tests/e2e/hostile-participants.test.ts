import { describe, expect, it } from 'vitest';
import { type Offence, misbehave, prepare } from './hostile/offence.ts';
import { PROCESSES, SOCKETS } from './hostile/peer-offences.ts';
import { GARBAGE, SIZES, UNDECODABLES } from './hostile/picture-offences.ts';
import { BURDENS, FLAPPING, PERSISTENT, REPEATED, SOUNDS, TIMES } from './hostile/stream-offences.ts';
import { openedStage } from './hostile/opened-stage.ts';

const opened = openedStage();

describe('Ana, Bo and Cy do not notice', () => {
  it.each<[string, readonly Offence[]]>([
    ['pictures of sizes that nobody has', SIZES],
    ['what is not what it says it is', [...GARBAGE, ...SOUNDS, REPEATED]],
    // Not more at the same time than two cores carry while something else of the machine wants them too.
    ['capture times of any kind, peers that stand still, and whose decoder dies', [...TIMES, ...SOCKETS, ...PROCESSES]],
    ['what does not stop, and what nobody can make a picture of', [...PERSISTENT, ...UNDECODABLES]],
    ['what is allowed and costs most', BURDENS],
    ['tracks that come and go all the time', FLAPPING],
  ])('%s', async (_, offences) => {
    const stage = opened();
    await prepare(stage, offences);
    const mark = stage.mark();
    const wrong = await misbehave(stage, offences);
    await stage.residentsShown();
    await stage.settled();
    expect([...wrong, ...stage.disturbances(mark)]).toEqual([]);
  });
});
