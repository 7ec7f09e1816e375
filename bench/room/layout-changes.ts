/** How long a new layout takes to be seen. */
import { isDeepStrictEqual } from 'node:util';
import { arrange } from '../../src/layout/arrange.ts';
import { type Candidate, type Layout, type Region, layoutSchema } from '../../src/layout/layout.ts';
import { sleep, systemClock } from '../../src/util/clock.ts';
import type { Content } from '../content/content.ts';
import { seededRandom } from '../content/random.ts';
import type { LatencyResult } from '../measure/latency-result.ts';
import { PROGRAM } from '../program.ts';
import { BenchRoom } from './bench-room.ts';
import { type ColouredLoop, colouredLoops } from './colours.ts';
import { ProgramEye, shows } from './program-eye.ts';

/** What is tried. */
export interface ChangeOptions {
  readonly ffmpeg: string;
  readonly content: Content;
  /** Changes of each kind. */
  readonly changes: number;
  readonly seed: number;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const PEOPLE = 6;
const SETTLE_MS = 4000;
const PATIENCE_MS = 4000;
const PAUSE_MS = { least: 500, spread: 500 };
const POLICIES = ['grid', 'speaker', 'single', 'side-by-side', 'picture-in-picture', 'presentation'] as const;

/** Longer than a mixer goes on decoding those who are hidden. */
const REST_MS = 11_000;
/** From a rest of that length to the next change, so few of them. */
const CHANGES_PER_REST = 5;

/** Six people of one colour each are arranged anew again and again: first at once, then moving, then after a long rest. */
export async function measureChanges(options: ChangeOptions): Promise<LatencyResult[]> {
  const { ffmpeg, content, signal } = options;
  const loops = await colouredLoops(ffmpeg, content, PEOPLE);
  const eye = new ProgramEye(ffmpeg);
  const room = new BenchRoom({ ffmpeg, onVideo: (packet) => eye.push(packet) });
  try {
    const people = loops.map(({ loop, colour }) => ({ id: room.enter({ video: loop }).id, colour }));
    await sleep(systemClock, SETTLE_MS, signal);
    const results: LatencyResult[] = [];
    for (const transition of ['cut', 'animate'] as const) {
      results.push(...(await changeAgainAndAgain(options, { room, eye, people, transition })));
    }
    results.push(await changeAfterRest(options, { room, eye, people, transition: 'cut' }));
    return results;
  } finally {
    await room.close();
    await eye.close();
  }
}

interface Scene {
  readonly room: BenchRoom;
  readonly eye: ProgramEye;
  readonly people: readonly { readonly id: string; readonly colour: ColouredLoop['colour'] }[];
  readonly transition: Layout['transition'];
}

async function changeAgainAndAgain(options: ChangeOptions, scene: Scene): Promise<LatencyResult[]> {
  const { changes, seed, say, signal } = options;
  const { room, eye, people, transition } = scene;
  const random = seededRandom(seed + transition.length);
  const { regionsOf, colourOf } = placesOf(people);
  const missingBefore = eye.missing;
  const begun: number[] = [];
  const complete: number[] = [];
  let never = 0;
  for (let change = 0; change < changes && !signal.aborted && eye.failure === undefined; change += 1) {
    const before = regionsOf(room.room.layout);
    const layout = nextLayout(
      transition,
      random,
      people.map(({ id }) => id),
      (one) => isDeepStrictEqual(regionsOf(one), before),
    );
    const regions = regionsOf(layout);
    const fromMs = systemClock.monotonicMs();
    room.room.layout = layout;
    const [begunMs, completeMs] = await Promise.all([
      eye.see((picture) => !shows(picture, before, colourOf) || shows(picture, regions, colourOf), PATIENCE_MS),
      eye.see((picture) => shows(picture, regions, colourOf), PATIENCE_MS),
    ]);
    if (begunMs === undefined || completeMs === undefined) never += 1;
    else {
      begun.push(begunMs - fromMs);
      complete.push(completeMs - fromMs);
    }
    const time = completeMs === undefined ? 'not seen' : `${(completeMs - fromMs).toFixed(0)} ms`;
    say(`${transition} ${change + 1} to ${layout.policy} (${layout.pinned.join()}): ${time}`);
    await sleep(systemClock, PAUSE_MS.least + random() * PAUSE_MS.spread, signal);
  }
  const missingFrames = eye.missing - missingBefore;
  return [
    { what: `layout change (${transition}), begins`, times: begun, never, missingFrames },
    { what: `layout change (${transition}), complete`, times: complete, never, missingFrames },
  ];
}

/** One of six has been shown alone for so long that nobody decodes the others any more; then all are. */
async function changeAfterRest(options: ChangeOptions, scene: Scene): Promise<LatencyResult> {
  const { changes, say, signal } = options;
  const { room, eye, people, transition } = scene;
  const { regionsOf, colourOf } = placesOf(people);
  const missingBefore = eye.missing;
  const times: number[] = [];
  let never = 0;
  for (let rest = 0; rest < changes / CHANGES_PER_REST && !signal.aborted && eye.failure === undefined; rest += 1) {
    const pinned = people[rest % people.length]?.id ?? '';
    room.room.layout = layoutSchema.parse({ policy: 'single', pinned: [pinned], transition, rules: [] });
    await sleep(systemClock, REST_MS + rest * 7, signal);
    const layout = layoutSchema.parse({ policy: 'grid', transition, rules: [] });
    const fromMs = systemClock.monotonicMs();
    room.room.layout = layout;
    const seenMs = await eye.see((picture) => shows(picture, regionsOf(layout), colourOf), PATIENCE_MS);
    if (seenMs === undefined) never += 1;
    else times.push(seenMs - fromMs);
    say(
      `all after one alone, ${rest + 1}: ${seenMs === undefined ? 'not seen' : `${(seenMs - fromMs).toFixed(0)} ms`}`,
    );
  }
  return { what: 'five more after a long rest, complete', times, never, missingFrames: eye.missing - missingBefore };
}

/** Where a layout puts them, and in which colour. */
function placesOf(people: Scene['people']): {
  readonly regionsOf: (layout: Layout) => readonly Region[];
  readonly colourOf: (region: Region) => ColouredLoop['colour'] | undefined;
} {
  const candidates = people.map(({ id }): Candidate => ({ key: `${id}/0`, participant: id, source: 'camera' }));
  return {
    regionsOf: (layout) => arrange(layout, { ...PROGRAM, candidates }).regions,
    colourOf: ({ key }) => people.find(({ id }) => key === `${id}/0`)?.colour,
  };
}

/** A random one that arranges people differently from the present one. @throws Error when there is none. */
function nextLayout(
  transition: Layout['transition'],
  random: () => number,
  ids: readonly string[],
  isSame: (layout: Layout) => boolean,
): Layout {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const policy = POLICIES[Math.floor(random() * POLICIES.length)] as (typeof POLICIES)[number];
    const pinned = [...ids].sort(() => random() - 0.5).slice(0, 2);
    const layout = layoutSchema.parse({ policy, pinned, transition, rules: [] });
    if (!isSame(layout)) return layout;
  }
  throw new Error('Every layout arranges people in the same way');
}
