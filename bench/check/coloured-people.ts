/** People of one colour each in a room that is checked: who sends what, in which size, and what is expected of it. */
import type { Participant } from '../../src/room/participant.ts';
import type { Track, TrackSource } from '../../src/room/track.ts';
import type { CodedLoop } from '../room/coded-loop.ts';
import type { CheckRoom } from './check-room.ts';
import { Expectation } from './expectation.ts';
import { MAX_COLOURS, palette } from './palette.ts';
import { type Size, patternLoop } from './pattern.ts';

/** Patterns that were encoded already, by colour and size; serves any number of rooms. */
export class PatternShelf {
  readonly #ffmpeg: string;
  readonly #made = new Map<string, Promise<CodedLoop>>();

  constructor(ffmpeg: string) {
    this.#ffmpeg = ffmpeg;
  }

  /** The pattern of colour number `colour`. */
  take(colour: number, size: Size): Promise<CodedLoop> {
    const key = `${colour} ${size.width}x${size.height}`;
    const found = this.#made.get(key) ?? this.#make(colour, size);
    this.#made.set(key, found);
    return found;
  }

  #make(colour: number, size: Size): Promise<CodedLoop> {
    const [yuv] = palette(colour + 1).slice(colour);
    return yuv ? patternLoop(this.#ffmpeg, yuv, size) : Promise.reject(new RangeError('There is no such colour'));
  }
}

/** No two pictures of a room have the same colour. */
export class ColouredPeople {
  readonly expectation: Expectation;
  readonly #room: CheckRoom;
  readonly #shelf: PatternShelf;
  readonly #colours = palette(MAX_COLOURS);
  readonly #used = new Map<Track, number>();

  constructor(room: CheckRoom, shelf: PatternShelf) {
    this.#room = room;
    this.#shelf = shelf;
    this.expectation = new Expectation(room);
  }

  /** Publishes a pattern of a colour that nobody has. @throws RangeError when all are taken. */
  async show(participant: Participant, number: number, source: TrackSource, size: Size): Promise<Track> {
    const used = new Set(this.#used.values());
    const index = this.#colours.findIndex((_, candidate) => !used.has(candidate));
    const colour = this.#colours[index];
    if (!colour) throw new RangeError('Every colour is taken');
    const loop = await this.#shelf.take(index, size);
    const track = this.#room.send(participant, number, { loop, source });
    this.#used.set(track, index);
    this.expectation.note(track, { colour, size });
    return track;
  }

  /** The track is over. */
  hide(participant: Participant, number: number): void {
    const track = participant.tracks.get(number);
    if (!track) return;
    this.#used.delete(track);
    this.#room.withdraw(participant, number);
  }

  /** They are gone with all they sent. */
  leave(participant: Participant): void {
    for (const track of participant.tracks.values()) this.#used.delete(track);
    this.#room.leave(participant);
  }
}
