/** Twenty people who join within a second: nothing hostile, and as hard for a room as it gets. */
import type { Offence } from '../../tests/e2e/hostile/offence.ts';
import { Offender } from '../../tests/e2e/hostile/offender.ts';
import { systemClock, sleep } from '../../src/util/clock.ts';

const PEOPLE = 20;
const WITHIN_MS = 1000;
const STAY_FRAMES = 150;
const PICTURE = { colour: 'fuchsia', width: 640, height: 360, frames: 60, gopFrames: 60 } as const;

/** All of them with a picture, in a grid. */
export const CROWD: Offence = {
  name: `is one of ${PEOPLE} who join within a second`,
  prepare: (samples) => samples.h264(PICTURE),
  commit: async (_, stage) => {
    await stage.layout({ policy: 'grid' });
    const sample = await stage.samples.h264(PICTURE);
    const people = await Promise.all(
      Array.from({ length: PEOPLE }, async (_each, index) => {
        await sleep(systemClock, (index * WITHIN_MS) / PEOPLE);
        const person = await Offender.join(stage, 'Mallory', { video: true, audio: true });
        await person.publish(sample.config);
        person.loop(sample);
        return person;
      }),
    );
    await stage.frames(STAY_FRAMES);
    for (const person of people) await person.leave();
  },
};
