import { expect, it, vi } from 'vitest';
import { annotationSchema } from '../../../src/layout/annotation.ts';
import { gridLayout } from '../../../src/layout/grid.ts';
import type { Picture } from '../../../src/mixer/picture.ts';
import { tileMetrics } from '../../../src/mixer/tile-metrics.ts';
import { LiveRoom } from './live-room.ts';
import { allGone } from './processes.ts';

const WAIT = { timeout: 20_000, interval: 50 };
/** Of blue in what is amber; grey, white and black have 128. */
const AMBER = 100;

/** For each of so many people: whether there is a hand's colour in the line of their name. */
function hands({ data, width, height }: Picture, people: number): boolean[] {
  return gridLayout(people, width, height).map((cell) => {
    const { labelTop } = tileMetrics(cell.width, cell.height);
    let least = 255;
    for (let y = (cell.y + labelTop) >> 1; y < (cell.y + cell.height) >> 1; y += 1) {
      const row = data.subarray(width * height + y * (width >> 1));
      for (let x = cell.x >> 1; x < (cell.x + cell.width) >> 1; x += 1) least = Math.min(least, row[x] as number);
    }
    return least < AMBER;
  });
}

async function shown(live: LiveRoom, ...wanted: readonly boolean[]): Promise<void> {
  await vi.waitFor(async () => expect(hands(await live.picture(), wanted.length)).toEqual(wanted), WAIT);
}

it('marks raised hands in the program until they are lowered, cut off or gone, also with another mixer process', async () => {
  const live = await LiveRoom.open();
  const { room } = live;
  const [{ participant: ana }, ben] = [live.enter('ana'), live.enter('ben')];
  await live.frames(5);
  await shown(live, false, false);
  room.setHand(ana, true);
  await shown(live, true, false);
  room.setHand(ben.participant, true);
  await shown(live, true, true);
  room.setHand(ana, false);
  await shown(live, false, true);
  // Nobody can call somebody who is not there; their hand is still up when they are back.
  room.change(ben.participant, { detached: true });
  await shown(live, false, false);
  room.change(ben.participant, { detached: false });
  await shown(live, false, true);
  const before = live.process.pid;
  process.kill(before, 'SIGKILL');
  await allGone([before]);
  await vi.waitFor(() => expect(live.restarts).toBe(1), WAIT);
  const first = live.video.length;
  await vi.waitFor(() => expect(live.video.slice(first).some(({ keyframe }) => keyframe)).toBe(true), WAIT);
  await shown(live, false, true);
  room.annotation = annotationSchema.parse({ marks: false });
  await shown(live, false, false);
  room.annotation = annotationSchema.parse({});
  await shown(live, false, true);
  ben.leave();
  await shown(live, false);
});
