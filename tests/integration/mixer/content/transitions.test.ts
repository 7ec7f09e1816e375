import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { PatternShelf } from '../../../../bench/check/coloured-people.ts';
import { type PaintedProgram, differenceTo, matches } from '../../../../bench/check/expected-picture.ts';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import type { Layout } from '../../../../src/layout/layout.ts';
import { between } from '../../../../src/layout/transition.ts';
import { type Picture, clonePicture } from '../../../../src/mixer/picture.ts';
import { bareRoom, expectEven, layoutOf } from './open-room.ts';

const WIDE = { width: 160, height: 90 };
/** A transition of 230 ms has seven of them at 30 frames a second; one more for each end. */
const MOST_MOVING = 9;
const STEPS = 46;

let ffmpeg: string;
let shelf: PatternShelf;

beforeAll(async () => {
  ffmpeg = (await locateFfmpeg({})).path;
  shelf = new PatternShelf(ffmpeg);
});

async function roomOfFour() {
  const { room, people } = bareRoom(ffmpeg, shelf);
  onTestFinished(() => room.close());
  for (const id of ['ana', 'ben', 'cleo', 'dan']) await people.show(room.enter(id), 0, 'camera', WIDE);
  await people.expectation.settled();
  /** Every picture from the change to a moment after the program has settled. */
  const change = async (layout: Layout): Promise<readonly Picture[]> => {
    const pictures: Picture[] = [];
    const stop = room.watch.each((picture) => pictures.push(clonePicture(picture)));
    room.room.layout = layout;
    await people.expectation.settled();
    stop();
    return pictures;
  };
  return { room, people, change };
}

function shows(picture: Picture, program: PaintedProgram): boolean {
  return matches(differenceTo(program, picture));
}

describe('a change of layout', () => {
  it('that cuts shows the old places, then the new ones, and nothing else', async () => {
    const { room, people, change } = await roomOfFour();
    for (const layout of [
      layoutOf({ policy: 'grid', order: ['dan', 'cleo'], transition: 'cut' }),
      layoutOf({ policy: 'speaker', transition: 'cut' }),
      layoutOf({ policy: 'speaker', pinned: ['ben'], transition: 'cut' }),
      layoutOf({ policy: 'grid', transition: 'cut' }),
    ]) {
      const before = people.expectation.paint(people.expectation.arrangement);
      const pictures = await change(layout);
      const after = people.expectation.paint(people.expectation.arrangement);
      const seen = pictures.map((picture) => (shows(picture, after) ? 'new' : shows(picture, before) ? 'old' : '?'));
      expect(seen.join(' ')).toMatch(/^(old )*(new ?)+$/);
    }
    expectEven(room);
  });

  it('that is animated moves everybody on a straight line to their new place, never back, within 300 ms', async () => {
    const { room, people, change } = await roomOfFour();
    for (const layout of [
      layoutOf({ policy: 'grid', order: ['dan', 'cleo'] }),
      layoutOf({ policy: 'speaker' }),
      layoutOf({ policy: 'speaker', pinned: ['ben'] }),
    ]) {
      const from = people.expectation.arrangement;
      const pictures = await change(layout);
      const to = people.expectation.arrangement;
      const ways = Array.from({ length: STEPS + 1 }, (_, step) =>
        people.expectation.paint(between(from, to, step / STEPS)),
      );
      // The share of the way that looks most like each picture.
      const shares = pictures.map((picture) => {
        const wrong = ways.map((way) => differenceTo(way, picture)).map(({ wrong, looked }) => wrong / looked);
        const least = Math.min(...wrong);
        expect(least).toBeLessThan(0.02);
        return wrong.indexOf(least) / STEPS;
      });
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      const moving = shares.filter((share) => share > 0 && share < 1);
      expect(moving.length).toBeGreaterThan(0);
      expect(moving.length).toBeLessThanOrEqual(MOST_MOVING);
    }
    expectEven(room);
  });
});
