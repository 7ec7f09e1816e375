import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { z } from 'zod';
import type { CheckRoom, ProgramChoice } from '../../../../bench/check/check-room.ts';
import { type ColouredPeople, PatternShelf } from '../../../../bench/check/coloured-people.ts';
import { toneLoop } from '../../../../bench/check/tones.ts';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import { layoutSchema } from '../../../../src/layout/layout.ts';
import type { Participant } from '../../../../src/room/participant.ts';
import { bareRoom, expectEven, layoutOf } from './open-room.ts';

type LayoutInput = z.input<typeof layoutSchema>;

const WIDE = { width: 160, height: 90 };
/** What people send: most as cameras are, one as old ones, one as a telephone held upright. */
const CAMERAS = { ana: WIDE, ben: { width: 160, height: 120 }, cleo: { width: 90, height: 160 }, dan: WIDE, eve: WIDE };
const SCREEN = { width: 200, height: 150 };
const WIDE_PROGRAM = { width: 320, height: 180 };
/** Of one room. */
const MOST_CHANGES = 5;
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

/** Five cameras, somebody without one, and a screen when it is asked for. */
class Stage {
  readonly room: CheckRoom;
  readonly people: ColouredPeople;
  readonly #everybody = new Map<string, Participant>();
  changes = 0;

  constructor(choice: ProgramChoice) {
    const { room, people } = bareRoom(ffmpeg, shelf, choice);
    this.room = room;
    this.people = people;
  }

  async furnish(screen: boolean): Promise<void> {
    // All come at once: a mixer that changes its tiles again and again takes its time, which nobody has here.
    await Promise.all(Object.values(CAMERAS).map((size, colour) => shelf.take(colour, size)));
    await shelf.take(Object.keys(CAMERAS).length, SCREEN);
    for (const [id, size] of Object.entries(CAMERAS)) {
      this.#everybody.set(id, this.room.enter(id));
      await this.people.show(this.find(id), 0, 'camera', size);
    }
    this.room.enter('fay');
    if (screen) await this.people.show(this.find('ana'), 1, 'screen', SCREEN);
  }

  find(id: string): Participant {
    return this.#everybody.get(id) as Participant;
  }

  /** @param layout a default layout, with its rule, when there is nothing in it. */
  async arrange(layout: LayoutInput): Promise<void> {
    this.changes += 1;
    this.room.room.layout = layout.policy || layout.rules ? layoutOf(layout) : layoutSchema.parse(layout);
    await this.people.expectation.settled();
    const { share } = this.people.expectation.last;
    if (share < LEAST_SHARE) throw new Error(`Only ${share} of the program is looked at`);
  }
}

/** Rooms that follow one another after some layouts each. */
function stages(choice: ProgramChoice, screen: boolean): () => Promise<Stage> {
  let stage: Stage | undefined;
  const end = async (): Promise<void> => {
    const ended = stage;
    stage = undefined;
    if (!ended) return;
    try {
      expectEven(ended.room);
    } finally {
      await ended.room.close();
    }
  };
  afterAll(end);
  return async () => {
    if (stage && stage.changes >= MOST_CHANGES) await end();
    if (!stage) {
      stage = new Stage(choice);
      await stage.furnish(screen);
    }
    return stage;
  };
}

describe('the cells of a program of 320x180', () => {
  const onStage = stages(WIDE_PROGRAM, false);
  const withScreen = stages(WIDE_PROGRAM, true);

  it.each(titled(WITHOUT_SCREEN))('show the right people and nothing else with %s', async (_, layout) => {
    await (await onStage()).arrange(layout);
  });

  it.each(titled(WITH_SCREEN))('show the right people and a screen with %s', async (_, layout) => {
    await (await withScreen()).arrange(layout);
  });

  it('show the newest screen of several, whoever joined first', async () => {
    const stage = new Stage(WIDE_PROGRAM);
    onTestFinished(() => stage.room.close());
    await stage.furnish(true);
    await stage.people.show(stage.find('ben'), 1, 'screen', SCREEN);
    await stage.arrange({ policy: 'presentation', transition: 'cut' });
    expect(stage.people.expectation.arrangement.main).toEqual(['ben/1']);
    stage.people.hide(stage.find('ana'), 1);
    await stage.people.show(stage.find('ana'), 1, 'screen', SCREEN);
    await stage.people.expectation.settled();
    expect(stage.people.expectation.arrangement.main).toEqual(['ana/1']);
    expectEven(stage.room);
  });

  it('follow whoever speaks', async () => {
    const stage = new Stage(WIDE_PROGRAM);
    onTestFinished(() => stage.room.close());
    const { room, people } = stage;
    await stage.furnish(false);
    await stage.arrange({ policy: 'speaker' });
    for (const [id, hz] of [
      ['dan', 400],
      ['ben', 600],
    ] as const) {
      room.send(stage.find(id), 5, { loop: toneLoop({ hz }), source: 'mic' });
      await room.watch.until(
        () => room.mixer.speaking.speaker === id,
        15_000,
        () => `${id} is not heard`,
      );
      await people.expectation.settled();
      expect(people.expectation.arrangement.main).toEqual([`${id}/0`]);
      room.withdraw(stage.find(id), 5);
    }
    expectEven(room);
  });
});

describe('the cells of a program of 180x320', () => {
  const onStage = stages({ width: 180, height: 320 }, true);

  it.each(titled(UPRIGHT))('show the right people and nothing else with %s', async (_, layout) => {
    await (await onStage()).arrange(layout);
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
