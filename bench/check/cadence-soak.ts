/** A program that goes on for long, while people come and go: nothing but its evenness is looked at. */
import type { Participant } from '../../src/room/participant.ts';
import { seededRandom } from '../content/random.ts';
import { CheckRoom, type RoomReport } from './check-room.ts';
import type { PatternShelf } from './coloured-people.ts';
import { oneOf, randomSize } from './random-layout.ts';
import { toneLoop } from './tones.ts';

/** How long, and who. */
export interface CadenceSoakOptions {
  readonly ffmpeg: string;
  readonly shelf: PatternShelf;
  readonly seconds: number;
  readonly seed: number;
  /** Told once a minute. */
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}

const FPS = 30;
const MOST_PEOPLE = 5;
/** Frames from one coming or going to the next. */
const PAUSE = { least: 10, spread: 80 };
const COLOURS = 8;

/** Runs it and closes the room; driven by the program's own frames. */
export async function soakCadence(options: CadenceSoakOptions): Promise<RoomReport> {
  const { ffmpeg, shelf, seconds, seed, say, signal } = options;
  const random = seededRandom(seed);
  const room = new CheckRoom(ffmpeg, {}, false);
  try {
    const here: Participant[] = [];
    let joined = 0;
    const join = async (): Promise<void> => {
      const loop = await shelf.take(Math.floor(random() * COLOURS), randomSize(random));
      const voice = toneLoop({ hz: 200 + 50 * Math.floor(random() * 20), beepMs: 400 });
      const participant = room.enter(`p${joined}`);
      joined += 1;
      room.listen(participant);
      room.send(participant, 0, { loop, source: 'camera' });
      room.send(participant, 1, { loop: voice, source: 'mic' });
      here.push(participant);
    };
    await join();
    const goal = seconds * FPS;
    let minutes = 0;
    while (room.report.frames < goal && signal?.aborted !== true) {
      const pause = PAUSE.least + Math.floor(random() * PAUSE.spread);
      await room.frames(Math.min(pause, goal - room.report.frames));
      const leaves = here.length > 1 && random() * MOST_PEOPLE < here.length;
      if (leaves) room.leave(here.splice(here.indexOf(oneOf(random, here)), 1)[0] as Participant);
      else await join();
      const { frames, missingFrames, doubledFrames, soundGaps } = room.report;
      if (Math.floor(frames / FPS / 60) === minutes) continue;
      minutes = Math.floor(frames / FPS / 60);
      say(`${minutes} min: ${frames} frames, ${missingFrames + doubledFrames} wrong, ${soundGaps} gaps in sound`);
    }
    return room.report;
  } finally {
    await room.close();
  }
}
