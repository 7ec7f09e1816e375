import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { z } from 'zod';
import type { CheckRoom } from '../../../../bench/check/check-room.ts';
import { type ColouredPeople, PatternShelf } from '../../../../bench/check/coloured-people.ts';
import { toneLoop } from '../../../../bench/check/tones.ts';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import type { layoutSchema } from '../../../../src/layout/layout.ts';
import type { Participant } from '../../../../src/room/room.ts';
import { bareRoom, expectEven, layoutOf } from './open-room.ts';

type LayoutInput = z.input<typeof layoutSchema>;

const WIDE = { width: 160, height: 90 };
/** What people send: most as cameras are, one as old ones, one as a telephone held upright. */
const CAMERAS = { ana: WIDE, ben: { width: 160, height: 120 }, cleo: { width: 90, height: 160 }, dan: WIDE, eve: WIDE };
const SCREEN = { width: 200, height: 150 };
/** At least so much of the program is compared; the rest lies at edges and under discs. */
const LEAST_SHARE = 0.5;

let ffmpeg: string;
let shelf: PatternShelf;

beforeAll(async () => {
  ffmpeg = (await locateFfmpeg({})).path;
  shelf = new PatternShelf(ffmpeg);
});

/** Titles for what follows from the layout. */
function titled(layouts: readonly LayoutInput[]): Array<readonly [string, LayoutInput]> {
  const short = ({ regions, ...layout }: LayoutInput): object =>
    regions ? { ...layout, regions: regions.length } : layout;
  return layouts.map((layout) => [JSON.stringify(short(layout)).replaceAll('"', ''), layout]);
}

const OVERLAPPING: LayoutInput = {
  policy: 'custom',
  regions: [
    { x: 0, y: 0, width: 0.7, height: 0.8, show: 'cleo', fit: 'cover' },
    { x: 0.3, y: 0.2, width: 0.5, height: 0.5, show: 'ben', z: 3 },
    { x: 0.5, y: 0.4, width: 0.4, height: 0.6, z: 2 },
    { x: 0.82, y: 0.02, width: 0.16, height: 0.3, show: 'nobody' },
    { x: 0.05, y: 0.55, width: 0.3, height: 0.4, show: '@screen', z: 1 },
    { x: 0.6, y: 0.1, width: 0.38, height: 0.28, show: '@speaker', z: 1 },
  ],
};

/** Five cameras, somebody without one and, from the second part on, a screen. */
const WITHOUT_SCREEN: readonly LayoutInput[] = [
  { policy: 'grid' },
  { policy: 'grid', fit: 'cover', transition: 'cut' },
  { policy: 'grid', order: ['eve', 'cleo'], hidden: ['ana'], transition: 'cut' },
  { policy: 'grid', maxTiles: 3, pinned: ['dan'] },
  { policy: 'grid', maxTiles: 2, more: false, transition: 'cut' },
  { policy: 'speaker' },
  { policy: 'speaker', pinned: ['cleo'], fit: 'cover', transition: 'cut' },
  { policy: 'speaker', maxTiles: 3, pinned: ['ben/0', 'fay'], transition: 'cut' },
  { policy: 'presentation', hidden: ['ben'] },
  { policy: 'single', pinned: ['cleo'], transition: 'cut' },
  { policy: 'single', fit: 'cover', pinned: ['cleo'] },
  { policy: 'single', pinned: ['fay'], transition: 'cut' },
  { policy: 'side-by-side', pinned: ['eve'] },
  { policy: 'side-by-side', fit: 'cover', order: ['ben', 'cleo'], transition: 'cut' },
  { policy: 'picture-in-picture', pinned: ['dan', 'ana'] },
  { policy: 'picture-in-picture', maxTiles: 2, fit: 'cover', order: ['cleo'], transition: 'cut' },
  { policy: 'portrait' },
  { policy: 'portrait', fit: 'cover', transition: 'cut' },
  OVERLAPPING,
  { ...OVERLAPPING, pinned: ['eve'], hidden: ['cleo'], maxTiles: 4, transition: 'cut' },
];
const WITH_SCREEN: readonly LayoutInput[] = [
  {},
  { policy: 'presentation', pinned: ['eve'], fit: 'cover', transition: 'cut' },
  { policy: 'presentation', maxTiles: 4, hidden: ['ana/0'] },
  { policy: 'grid', transition: 'cut' },
  { policy: 'single', transition: 'cut' },
  { policy: 'side-by-side' },
  { policy: 'picture-in-picture', transition: 'cut' },
  { policy: 'portrait' },
  { policy: 'portrait', fit: 'cover', transition: 'cut' },
  OVERLAPPING,
  {
    rules: [
      { minTiles: 8, policy: 'single' },
      { screen: true, policy: 'side-by-side' },
    ],
    transition: 'cut',
  },
];
const UPRIGHT: readonly LayoutInput[] = [
  { policy: 'grid' },
  { policy: 'speaker', pinned: ['ben'], transition: 'cut' },
  {},
  { policy: 'single', fit: 'cover', pinned: ['ana/0'], transition: 'cut' },
  { policy: 'side-by-side', fit: 'cover' },
  { policy: 'picture-in-picture', pinned: ['cleo'], transition: 'cut' },
  { policy: 'portrait', hidden: ['ana/1'] },
  { policy: 'portrait', fit: 'cover', transition: 'cut' },
  OVERLAPPING,
];

/** One room for a group of tests. */
function liveRoom(choice: { readonly width: number; readonly height: number }) {
  const live: { room: CheckRoom; people: ColouredPeople; all: Map<string, Participant> } = Object.create(null);
  beforeAll(async () => {
    Object.assign(live, bareRoom(ffmpeg, shelf, choice), { all: new Map() });
    for (const [id, size] of Object.entries(CAMERAS)) {
      const participant = live.room.enter(id);
      live.all.set(id, participant);
      await live.people.show(participant, 0, 'camera', size);
    }
    live.room.enter('fay');
  });
  afterAll(() => live.room.close());
  return live;
}

async function expectSettled({ people }: { readonly people: ColouredPeople }): Promise<void> {
  await people.expectation.settled();
  expect(people.expectation.last.share).toBeGreaterThan(LEAST_SHARE);
}

describe('the cells of a program of 320x180', () => {
  const live = liveRoom({ width: 320, height: 180 });

  it.each(titled(WITHOUT_SCREEN))('show the right people and nothing else with %s', async (_, layout) => {
    live.room.room.layout = layoutOf(layout);
    await expectSettled(live);
  });

  it.each(titled(WITH_SCREEN))('show the right people and a screen with %s', async (_, layout) => {
    const ana = live.all.get('ana') as Participant;
    if (!ana.tracks.has(1)) await live.people.show(ana, 1, 'screen', SCREEN);
    live.room.room.layout = layoutOf(layout.rules || layout.policy ? layout : { rules: undefined });
    await expectSettled(live);
  });

  it('show the newest screen of several, whoever joined first', async () => {
    const [ana, ben] = [live.all.get('ana'), live.all.get('ben')] as [Participant, Participant];
    live.room.room.layout = layoutOf({ policy: 'presentation', transition: 'cut' });
    await live.people.show(ben, 1, 'screen', SCREEN);
    await expectSettled(live);
    live.people.hide(ana, 1);
    await live.people.show(ana, 1, 'screen', SCREEN);
    await expectSettled(live);
    expect(live.people.expectation.arrangement.main).toEqual(['ana/1']);
    live.people.hide(ben, 1);
    await expectSettled(live);
  });

  it('follow whoever speaks', async () => {
    const [dan, ben] = [live.all.get('dan'), live.all.get('ben')] as [Participant, Participant];
    live.room.room.layout = layoutOf({ policy: 'speaker', hidden: ['ana/1'] });
    for (const [speaker, hz] of [
      [dan, 400],
      [ben, 600],
    ] as const) {
      live.room.send(speaker, 5, { loop: toneLoop({ hz }), source: 'mic' });
      await live.room.watch.until(
        () => live.room.mixer.speaking.speaker === speaker.id,
        15_000,
        () => `${speaker.id} is not heard`,
      );
      await expectSettled(live);
      expect(live.people.expectation.arrangement.main).toEqual([`${speaker.id}/0`]);
      live.room.withdraw(speaker, 5);
    }
  });

  it('have never cost a frame or a sample', () => {
    expectEven(live.room);
  });
});

describe('the cells of a program of 180x320', () => {
  const live = liveRoom({ width: 180, height: 320 });

  it.each(titled(UPRIGHT))('show the right people and nothing else with %s', async (_, layout) => {
    const ana = live.all.get('ana') as Participant;
    if (!ana.tracks.has(1)) await live.people.show(ana, 1, 'screen', SCREEN);
    live.room.room.layout = layoutOf(layout.policy ? layout : { rules: undefined });
    await expectSettled(live);
  });

  it('have never cost a frame or a sample', () => {
    expectEven(live.room);
  });
});

describe('a grid', () => {
  it('has the right person in each of its cells, from 25 people down to one', async () => {
    const { room, people } = bareRoom(ffmpeg, shelf, { width: 320, height: 180 });
    onTestFinished(() => room.close());
    const everybody: Participant[] = [];
    for (let index = 0; index < 25; index += 1) {
      const participant = room.enter(`p${index}`);
      everybody.push(participant);
      await people.show(participant, 0, 'camera', { width: 64, height: 36 });
    }
    await people.expectation.settled();
    // Not the last one each time: the others must close ranks.
    for (let step = 0; everybody.length > 1; step += 1) {
      const [gone] = everybody.splice((step * 7) % everybody.length, 1);
      people.leave(gone as Participant);
      await people.expectation.settled();
      expect(people.expectation.arrangement.regions).toHaveLength(everybody.length);
    }
    expectEven(room);
  });
});
