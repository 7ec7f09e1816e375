/** A room in which things happen by chance, one after the other, each of them looked at until the program shows it. */
import { annotationSchema } from '../../src/layout/annotation.ts';
import type { Participant } from '../../src/room/participant.ts';
import { seededRandom } from '../content/random.ts';
import { CheckRoom, type ProgramChoice, type RoomReport } from './check-room.ts';
import { ColouredPeople, type PatternShelf } from './coloured-people.ts';
import { type Random, oneOf, randomLayout, randomSize, someOf } from './random-layout.ts';
import { toneLoop } from './tones.ts';

/** A series. */
export interface SeriesOptions {
  readonly ffmpeg: string;
  readonly shelf: PatternShelf;
  readonly events: number;
  readonly seed: number;
  readonly program?: ProgramChoice;
  /** Told of each event, when the program shows what came of it. */
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}

const CAMERA = 0;
const SCREEN = 1;
const MIC = 2;
/** Two pictures each, and colours for all. */
const MOST_PEOPLE = 9;
const FIRST_PEOPLE = 3;
/** Frames from one event to the next, beside those until the program shows it. */
const MOST_PAUSE = 20;
const PALE = ['#101217', '#203040', '#402030', '#304020'];

/** What happens to somebody, or to the room; undefined where it does not apply. */
type Happening = (random: Random) => Promise<string | undefined>;

/**
 * Runs it and closes the room.
 * @throws Error that says which event the program did not show as it should.
 */
export async function runSeries(options: SeriesOptions): Promise<RoomReport> {
  const room = new CheckRoom(options.ffmpeg, options.program);
  try {
    const series = new Series(room, options.shelf);
    const random = seededRandom(options.seed);
    await series.begin(random);
    for (let event = 1; event <= options.events && options.signal?.aborted !== true; event += 1) {
      const what = await series.next(random);
      try {
        const frame = await series.settled(random);
        options.say(`${event}. ${what}: as it should be from frame ${frame} on`);
      } catch (error) {
        throw new Error(`Event ${event} of seed ${options.seed}, ${what}: ${String(error)}`, { cause: error });
      }
    }
    return room.report;
  } finally {
    await room.close();
  }
}

class Series {
  readonly #room: CheckRoom;
  readonly #people: ColouredPeople;
  readonly #happenings: readonly Happening[];
  #joined = 0;

  constructor(room: CheckRoom, shelf: PatternShelf) {
    this.#room = room;
    this.#people = new ColouredPeople(room, shelf);
    room.room.annotation = annotationSchema.parse({ names: false, marks: false, speakerBorder: false, clock: false });
    const often: readonly Happening[] = [
      (random) => this.#join(random),
      (random) => this.#camera(random),
      (random) => this.#layout(random),
    ];
    const seldom: readonly Happening[] = [
      (random) => this.#leave(random),
      (random) => this.#screen(random),
      (random) => this.#layout(random),
      (random) => this.#arrange(random),
      (random) => this.#rename(random),
      (random) => this.#mute(random),
      (random) => this.#pause(random),
      (random) => this.#detach(random),
      (random) => this.#annotate(random),
      (random) => this.#talk(random),
    ];
    this.#happenings = [...often, ...often, ...seldom];
  }

  /** A few are there from the beginning. */
  async begin(random: Random): Promise<void> {
    for (let person = 0; person < FIRST_PEOPLE; person += 1) await this.#join(random);
    await this.#people.expectation.settled();
  }

  /** Resolves with the first frame that was as it should be, once it has stayed so for up to two thirds of a second. */
  async settled(random: Random): Promise<number> {
    const frame = await this.#people.expectation.settled();
    await this.#people.expectation.stays(1 + Math.floor(random() * MOST_PAUSE));
    return frame;
  }

  /** Does the next thing that applies, and says what. */
  async next(random: Random): Promise<string> {
    for (;;) {
      const what = await oneOf(random, this.#happenings)(random);
      if (what !== undefined) return what;
    }
  }

  get #everybody(): readonly Participant[] {
    return this.#room.room.participants;
  }

  /** As layouts name them. */
  get #names(): readonly string[] {
    return this.#everybody.flatMap(({ id, tracks }) => [id, ...[...tracks.keys()].map((number) => `${id}/${number}`)]);
  }

  #somebody(random: Random): Participant | undefined {
    return this.#everybody.length > 0 ? oneOf(random, this.#everybody) : undefined;
  }

  async #join(random: Random): Promise<string | undefined> {
    if (this.#everybody.length >= MOST_PEOPLE) return undefined;
    const participant = this.#room.enter(
      `p${this.#joined}`,
      `Person ${this.#joined}`,
      oneOf(random, ['host', 'participant']),
    );
    this.#joined += 1;
    if (random() < 0.5) this.#room.listen(participant);
    if (random() < 0.2) return `${participant.id} joins without a camera`;
    const size = randomSize(random);
    await this.#people.show(participant, CAMERA, 'camera', size);
    return `${participant.id} joins with ${size.width}x${size.height}`;
  }

  async #leave(random: Random): Promise<string | undefined> {
    const participant = this.#somebody(random);
    if (!participant || random() * MOST_PEOPLE > this.#everybody.length) return undefined;
    this.#people.leave(participant);
    return `${participant.id} leaves`;
  }

  #camera(random: Random): Promise<string | undefined> {
    return this.#toggle(random, CAMERA, 'camera');
  }

  #screen(random: Random): Promise<string | undefined> {
    return this.#toggle(random, SCREEN, 'screen');
  }

  async #toggle(random: Random, number: number, source: 'camera' | 'screen'): Promise<string | undefined> {
    const participant = this.#somebody(random);
    if (!participant) return undefined;
    if (participant.tracks.has(number)) {
      this.#people.hide(participant, number);
      return `${participant.id} takes their ${source} away`;
    }
    const size = randomSize(random);
    await this.#people.show(participant, number, source, size);
    return `${participant.id} shows their ${source} in ${size.width}x${size.height}`;
  }

  async #layout(random: Random): Promise<string> {
    const layout = randomLayout(random, this.#names);
    this.#room.room.layout = layout;
    return `layout ${JSON.stringify(layout)}`;
  }

  /** Pins, hides or orders people anew, and leaves the rest of the layout as it is. */
  async #arrange(random: Random): Promise<string> {
    const which = oneOf(random, ['pinned', 'hidden', 'order'] as const);
    const names = someOf(random, this.#names, which === 'order' ? 0.5 : 0.15);
    this.#room.room.layout = { ...this.#room.room.layout, [which]: names };
    return `${which}: ${names.join(' ')}`;
  }

  async #rename(random: Random): Promise<string | undefined> {
    const participant = this.#somebody(random);
    if (!participant) return undefined;
    const name = oneOf(random, ['Ana', 'Дмитрий', 'محمد', '小明', 'A very long name that does not fit anywhere', '🦊']);
    this.#room.room.change(participant, { name });
    return `${participant.id} is called ${name}`;
  }

  async #mute(random: Random): Promise<string | undefined> {
    const participant = this.#somebody(random);
    if (!participant) return undefined;
    const mic = participant.tracks.get(MIC);
    if (mic && random() < 0.5) {
      this.#room.room.setTrackState(participant, mic, mic.state === 'muted' ? 'live' : 'muted');
      return `${participant.id} switches their microphone`;
    }
    this.#room.room.change(participant, { silenced: !participant.silenced, gainDb: Math.round(random() * 20 - 10) });
    return `${participant.id} is silenced, or not any more`;
  }

  async #pause(random: Random): Promise<string | undefined> {
    const participant = this.#somebody(random);
    const track = participant?.tracks.get(CAMERA);
    if (!participant || !track) return undefined;
    this.#room.room.setTrackState(participant, track, track.state === 'paused' ? 'live' : 'paused');
    return `${participant.id} is ${track.state}`;
  }

  async #detach(random: Random): Promise<string | undefined> {
    const participant = this.#everybody.find(({ detached }) => detached) ?? this.#somebody(random);
    if (!participant) return undefined;
    this.#room.room.change(participant, { detached: !participant.detached });
    return `${participant.id} ${participant.detached ? 'loses' : 'has'} their connection`;
  }

  async #annotate(random: Random): Promise<string> {
    const names = random() < 0.5;
    const clock = random() < 0.5;
    const background = oneOf(random, PALE);
    const annotation = annotationSchema.parse({ names, marks: names, speakerBorder: false, clock, background });
    this.#room.room.annotation = annotation;
    return `${names ? 'names' : 'no names'}, ${clock ? 'clock' : 'no clock'}, ${background}`;
  }

  /** Starts or ends a tone: whoever speaks moves layouts. */
  async #talk(random: Random): Promise<string | undefined> {
    const participant = this.#somebody(random);
    if (!participant) return undefined;
    if (participant.tracks.has(MIC)) {
      this.#room.withdraw(participant, MIC);
      return `${participant.id} takes their microphone away`;
    }
    const hz = 300 + 10 * Math.floor(random() * 80);
    this.#room.send(participant, MIC, { loop: toneLoop({ hz, level: 0.1 }), source: 'mic' });
    return `${participant.id} speaks at ${hz} Hz`;
  }
}
