import { describe, expect, it } from 'vitest';
import { movingPicture } from '../helpers/moving-picture.ts';
import { type CheckedPerson, checkRender } from '../helpers/render-check.ts';
import { TestParticipant, toneAndBeep } from '../helpers/test-participant.ts';

/** Repeats two seconds, which are longer than is looked for the best match. */
async function person(name: string, source: string, hz: number): Promise<CheckedPerson> {
  const media = { picture: await movingPicture(source, 2), sound: toneAndBeep(hz, 3 * hz) };
  return {
    name,
    enter: ({ url, token }, room) => TestParticipant.join({ url, room, token, name }, media),
  };
}

describe('what people sent, made again as a grid', () => {
  it('is what the live program showed, cell by cell and at the same time', async () => {
    const people = await Promise.all([
      person('Ana', 'testsrc2=s=320x180:r=30', 400),
      person('Борис', 'testsrc=s=320x180:r=30:decimals=3,rotate=t/2', 600),
      person('小林', 'mandelbrot=s=320x180:r=30:maxiter=60:start_scale=2.2', 850),
    ]);
    const cells = await checkRender({ people, program: { width: 640, height: 360, videoKbit: 2000 }, seconds: 4 });
    expect(cells.map(({ name }) => name)).toEqual(['Ana', 'Борис', '小林']);
    for (const { name, upper, offsetMs } of cells) {
      expect(upper, name).toBeGreaterThanOrEqual(0.9);
      expect(Math.abs(offsetMs), name).toBeLessThanOrEqual(40);
    }
  });
});
