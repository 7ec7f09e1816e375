/** How long somebody who joins is not seen. */
import { arrange } from '../../src/layout/arrange.ts';
import type { Candidate } from '../../src/layout/layout.ts';
import { sleep, systemClock } from '../../src/util/clock.ts';
import type { Content } from '../content/content.ts';
import { seededRandom } from '../content/random.ts';
import type { LatencyResult } from '../measure/latency-result.ts';
import { PROGRAM } from '../program.ts';
import { BenchRoom } from './bench-room.ts';
import { loadVideo, loadVoice } from './coded-loop.ts';
import { colouredLoops } from './colours.ts';
import { ProgramEye, shows } from './program-eye.ts';

/** What is tried. */
export interface JoinOptions {
  readonly ffmpeg: string;
  readonly content: Content;
  readonly joins: number;
  /** People who are there all the time. */
  readonly residents: number;
  readonly seed: number;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const SETTLE_MS = 4000;
const PATIENCE_MS = 5000;
/** Between tries: not in step with frames, key frames or anything else. */
const PAUSE_MS = { least: 250, spread: 600 };

/** The room has people with cameras; one of one colour comes and goes, in two colours by turns. */
export async function measureJoins(options: JoinOptions): Promise<LatencyResult[]> {
  const { ffmpeg, content, joins, residents, seed, say, signal } = options;
  const random = seededRandom(seed);
  const colours = await colouredLoops(ffmpeg, content, 2);
  const voice = await loadVoice(ffmpeg, await content.voice(0, 1));
  const eye = new ProgramEye(ffmpeg);
  const room = new BenchRoom({ ffmpeg, onVideo: (packet) => eye.push(packet) });
  const times: number[] = [];
  let never = 0;
  try {
    const people: Candidate[] = [];
    for (let index = 0; index < residents; index += 1) {
      const video = await loadVideo(ffmpeg, await content.clip(index));
      const sound = await loadVoice(ffmpeg, await content.voice(index, residents));
      people.push(candidate(room.enter({ video, voice: sound }).id));
    }
    await sleep(systemClock, SETTLE_MS, signal);
    for (let join = 0; join < joins && !signal.aborted && eye.failure === undefined; join += 1) {
      const { loop, colour } = colours[join % colours.length] as (typeof colours)[number];
      // Their first packet is a key frame and is written at once.
      const fromMs = systemClock.monotonicMs();
      const { id } = room.enter({ video: loop, voice, phase: 0 });
      const place = arrange(room.room.layout, { ...PROGRAM, candidates: [...people, candidate(id)] }).regions;
      const own = place.filter(({ key }) => key.startsWith(`${id}/`));
      if (own.length !== 1) throw new Error('The layout has no place for whoever joins');
      const seenMs = await eye.see((picture) => shows(picture, own, () => colour), PATIENCE_MS);
      if (seenMs === undefined) never += 1;
      else times.push(seenMs - fromMs);
      await sleep(systemClock, PAUSE_MS.least + random() * PAUSE_MS.spread, signal);
      room.leave(id);
      await sleep(systemClock, PAUSE_MS.least + random() * PAUSE_MS.spread, signal);
      say(`join ${join + 1}: ${seenMs === undefined ? 'not seen' : `${(seenMs - fromMs).toFixed(0)} ms`}`);
    }
    if (eye.failure !== undefined) throw new Error(`The program cannot be decoded any more: ${eye.failure}`);
    return [{ what: `join to visible, ${residents} others`, times, never, missingFrames: eye.missing }];
  } finally {
    await room.close();
    await eye.close();
  }
}

function candidate(id: string): Candidate {
  return { key: `${id}/0`, participant: id, source: 'camera' };
}
