/** What the program of a room should show at the moment: from the room's own state and from what people send. */
import { arrange } from '../../src/layout/arrange.ts';
import type { Arrangement, Candidate, Cell, Region } from '../../src/layout/layout.ts';
import { ClockOverlay, clockFontSize } from '../../src/mixer/clock-overlay.ts';
import { type Picture, type YuvColor, yuvOf } from '../../src/mixer/picture.ts';
import type { Participant } from '../../src/room/participant.ts';
import type { Track } from '../../src/room/track.ts';
import { systemClock } from '../../src/util/clock.ts';
import type { CheckRoom } from './check-room.ts';
import {
  type Difference,
  type ExpectedProgram,
  type ExpectedTile,
  type PaintedProgram,
  describe,
  differenceTo,
  matches,
  paintProgram,
} from './expected-picture.ts';
import type { Size } from './pattern.ts';

/** A pattern that somebody sends. */
export interface Sent {
  readonly colour: YuvColor;
  readonly size: Size;
}

/** From the upper right corner of the program to its clock, pixels. */
const CLOCK_MARGIN = 8;
const PATIENCE_MS = 20_000;
/** After ten seconds without a connection an avatar stands for the last picture. */
const KNOWN_DETACHED_MS = 8000;
/** So many in a row are no accident. */
const STEADY_FRAMES = 3;

/** Whoever sends anything is noted in it; everybody else is expected as an avatar. */
export class Expectation {
  readonly #room: CheckRoom;
  readonly #sent = new Map<Track, Sent>();
  readonly #clock: Cell;
  /** Who has lost their connection, and when. */
  readonly #detached = new Map<string, number>();
  #painted: { readonly key: string; readonly program: PaintedProgram } | undefined;
  #last: Difference | undefined;

  constructor(room: CheckRoom) {
    this.#room = room;
    const { width, height } = room.program;
    const { picture } = new ClockOverlay(clockFontSize(width, height), () => 0);
    const left = width - picture.width - CLOCK_MARGIN;
    room.room.events.on('participantChanged', ({ participant: { id, detached } }) => {
      if (!detached) this.#detached.delete(id);
      else if (!this.#detached.has(id)) this.#detached.set(id, systemClock.monotonicMs());
    });
    this.#clock = { x: left, y: CLOCK_MARGIN, width: picture.width, height: picture.height };
  }

  /** The track is a pattern of this colour. */
  note(track: Track, sent: Sent): void {
    this.#sent.set(track, sent);
  }

  /** Who stands where, by the room's layout and by who speaks. */
  get arrangement(): Arrangement {
    const { room, mixer, program } = this.#room;
    const candidates = this.#tracks().map(([candidate]) => candidate);
    const { width, height } = program;
    return arrange(room.layout, { candidates, speaker: mixer.speaking.speaker, width, height });
  }

  /** Whether a decoded picture of the program is as it should be. */
  holds(picture: Picture): boolean {
    this.#last = differenceTo(this.#current(), picture);
    return matches(this.#last);
  }

  /** Share of the program's samples that are looked at, and how the last picture differed. */
  get last(): { readonly share: number; readonly text: string } {
    const { width, height } = this.#room.program;
    const { looked = 0 } = this.#last ?? {};
    return { share: (4 * looked) / (width * height), text: this.#last ? describe(this.#last) : 'No picture came' };
  }

  /**
   * Resolves with the number of the first frame that is as it should be, when the next two are so as well.
   * @throws Error with the difference when there are none in time.
   */
  async settled(timeoutMs = PATIENCE_MS): Promise<number> {
    const complaint = (): string => `${this.#scene()}: ${this.last.text}`;
    let steady = 0;
    const look = (picture: Picture): boolean => {
      steady = this.holds(picture) ? steady + 1 : 0;
      return steady === STEADY_FRAMES;
    };
    return (await this.#room.watch.until(look, timeoutMs, complaint)) - STEADY_FRAMES + 1;
  }

  /**
   * Resolves once so many more pictures have been as they should be. Who speaks may change meanwhile: then it has to settle.
   * @throws Error with the difference.
   */
  async stays(frames: number, timeoutMs = PATIENCE_MS): Promise<void> {
    const { mixer, watch } = this.#room;
    const { speaker } = mixer.speaking;
    let [left, wrong] = [frames, ''];
    const look = (picture: Picture): boolean => {
      if (!this.holds(picture)) wrong ||= this.last.text;
      left -= 1;
      return left <= 0 || wrong !== '';
    };
    const frame = await watch.until(look, timeoutMs, () => 'No more pictures came');
    if (wrong === '') return;
    if (mixer.speaking.speaker === speaker) throw new Error(`${this.#scene()} in frame ${frame} no longer: ${wrong}`);
    await this.settled(timeoutMs);
  }

  /** What the program looks like while everybody stands as this says. */
  paint(arrangement: Arrangement): PaintedProgram {
    return paintProgram(this.#expected(arrangement));
  }

  #current(): PaintedProgram {
    const expected = this.#expected(this.arrangement);
    const key = JSON.stringify(expected);
    if (this.#painted?.key !== key) this.#painted = { key, program: paintProgram(expected) };
    return this.#painted.program;
  }

  #expected({ regions, more }: Arrangement): ExpectedProgram {
    const { width, height } = this.#room.program;
    const { annotation } = this.#room.room;
    const owners = new Map(this.#tracks().map(([{ key }, participant, track]) => [key, { participant, track }]));
    const value = Number.parseInt(annotation.background.slice(1), 16);
    return {
      width,
      height,
      background: yuvOf(value >> 16, (value >> 8) & 0xff, value & 0xff),
      tiles: regions.map((region) => this.#tile(region, owners.get(region.key))),
      labels: annotation.names || annotation.marks,
      covered: [...(more ? [more.cell] : []), ...(annotation.clock ? [this.#clock] : [])],
    };
  }

  #tile(
    region: Region,
    owner?: { readonly participant: Participant; readonly track: Track | undefined },
  ): ExpectedTile {
    const { participant, track } = owner ?? {};
    const paused = track?.state === 'paused';
    const sinceMs = participant && this.#detached.get(participant.id);
    const detached = sinceMs !== undefined;
    return {
      region,
      unknown: detached && systemClock.monotonicMs() - sinceMs > KNOWN_DETACHED_MS,
      sent: track && this.#sent.get(track),
      dimmed: paused && !detached,
      state: paused || detached,
    };
  }

  /** Everybody's pictures in the mixer's order, and those without one. */
  #tracks(): readonly (readonly [Candidate, Participant, Track | undefined])[] {
    const rows: Array<readonly [Candidate, Participant, Track | undefined]> = [];
    for (const participant of this.#room.room.participants) {
      const { id } = participant;
      const videos = [...participant.tracks.values()].filter(({ kind }) => kind === 'video');
      for (const track of videos) {
        const source = track.source === 'mic' ? 'camera' : track.source;
        // Whoever publishes notes it, in order.
        const since = [...this.#sent.keys()].indexOf(track);
        rows.push([{ key: `${id}/${track.number}`, participant: id, source, since }, participant, track]);
      }
      if (videos.length === 0) rows.push([{ key: id, participant: id, source: 'none' }, participant, undefined]);
    }
    return rows;
  }

  #scene(): string {
    const { policy, regions } = this.arrangement;
    return `${policy} with ${regions.map(({ key }) => key).join(' ')}`;
  }
}
