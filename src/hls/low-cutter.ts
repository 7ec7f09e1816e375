/** Cuts the small picture where the program was cut, so that the segments of both are aligned. */
import type { H264Config } from '../media/codec.ts';
import { VIDEO_TRACK_ID } from '../media/fmp4-writer.ts';
import type { Packet } from '../media/packet.ts';
import type { Part } from '../media/part.ts';
import { wallTime } from '../media/timestamp.ts';
import type { RenditionPart } from './rendition.ts';
import { TICKS_PER_FRAME, fragmentOf, pictureData } from './tracks.ts';

/** Options of a cutter. */
export interface LowCutterOptions {
  readonly framerate: number;
  /** A part without bytes when its pictures are missing. */
  readonly onPart: (part: Omit<RenditionPart, 'init'>, config: H264Config) => void;
}

type Low = Packet<H264Config>;
type Cut = Pick<Part, 'segment' | 'index' | 'firstFrame' | 'frames' | 'discontinuity' | 'last' | 'wallTime'>;

/** A part of the program that is so much older than the newest is not waited for any longer: its pictures are missing. */
const PATIENCE_SECONDS = 1;
/** Pictures that wait for the program to be cut; beyond that it has stopped. */
const MAX_WAITING = 300;

/** Parts come out in the order of the program's, beginning with the first whole segment. */
export class LowCutter {
  readonly #options: LowCutterOptions;
  #pictures: Low[] = [];
  #cuts: Cut[] = [];
  #config: H264Config | undefined;
  /** The segment whose pictures can be decoded, because none since its key frame was missing. */
  #decodable: number | undefined;
  #begun = false;
  /** The frame after the last one that was given out: what a part lacks at its end was left for the next. */
  #end = 0;
  /** Frames that the newest pictures stand for. */
  #step = 1;
  #sequence = 0;

  constructor(options: LowCutterOptions) {
    this.#options = options;
  }

  /** The next picture. */
  add(packet: Low): void {
    this.#pictures.push(packet);
    if (this.#pictures.length > MAX_WAITING) this.#pictures.shift();
    this.#flush();
  }

  /** The program was cut here. */
  cut(part: Cut): void {
    this.#cuts.push(part);
    this.#flush();
  }

  /** Gives out what there is. */
  end(): void {
    for (const cut of this.#cuts.splice(0)) this.#emit(cut);
  }

  #flush(): void {
    const newest = this.#cuts.at(-1);
    if (!newest) return;
    const patience = PATIENCE_SECONDS * this.#options.framerate;
    for (let cut = this.#cuts[0]; cut; cut = this.#cuts[0]) {
      const last = this.#pictures.at(-1);
      const complete = last !== undefined && endOf(last) >= cut.firstFrame + cut.frames;
      if (!complete && newest.firstFrame - cut.firstFrame < patience) return;
      this.#cuts.shift();
      this.#emit(cut);
    }
  }

  #emit(cut: Cut): void {
    const pictures = this.#take(cut);
    if (cut.index === 0) this.#decodable = this.#startsWell(cut, pictures[0]) ? cut.segment : undefined;
    if (this.#decodable !== cut.segment || !this.#isWhole(pictures, cut)) this.#decodable = undefined;
    const [first] = pictures;
    const whole = this.#decodable === cut.segment && first !== undefined;
    // What comes before the first segment that can be played is not listed at all: players stop at a gap in the beginning.
    this.#begun ||= whole && cut.index === 0;
    const config = this.#config;
    if (!this.#begun || !config) return;
    const { framerate, onPart } = this.#options;
    const { segment, index, discontinuity, last } = cut;
    const common = { segment, index, discontinuity, last, independent: index === 0 };
    const start = index === 0 ? cut.firstFrame : this.#end;
    // Where the program breaks off in the middle of a picture, that ends there too: what follows begins together in all renditions.
    this.#end = whole
      ? Math.min(endOf(pictures.at(-1) ?? first), cut.firstFrame + cut.frames)
      : this.#endOfGap(cut, start);
    if (whole) this.#step = first.duration;
    const duration = (this.#end - start) / framerate;
    const shown = wallTime(cut.wallTime + ((start - cut.firstFrame) * 1000) / framerate);
    const data = whole ? this.#fragment(pictures, start) : new Uint8Array(0);
    onPart({ ...common, duration, wallTime: shown, data }, config);
  }

  /** Where its pictures would have ended: with the picture that was left for it, a gap would be longer than a part may be. */
  #endOfGap({ firstFrame, frames, last }: Cut, start: number): number {
    const end = firstFrame + frames;
    return last || start >= firstFrame ? end : end - ((end - start) % this.#step);
  }

  /**
   * The pictures of a part; those that are older have come too late. One that reaches into the next part belongs to that, for the end of a
   * segment may be shorter than one picture lasts, and would have none; with the segment pictures end, too.
   */
  #take(cut: Cut): Low[] {
    const from = cut.index === 0 ? cut.firstFrame : Math.min(this.#end, cut.firstFrame);
    const end = cut.firstFrame + cut.frames;
    const count = this.#pictures.findIndex((picture) => picture.pts >= end || (!cut.last && endOf(picture) > end));
    return this.#pictures.splice(0, count < 0 ? this.#pictures.length : count).filter(({ pts }) => pts >= from);
  }

  /** Nothing is missing: each picture begins where the one before it ended, and together with the next they reach the end. */
  #isWhole(pictures: readonly Low[], { index, firstFrame, frames }: Cut): boolean {
    const [first] = pictures;
    const last = pictures.at(-1);
    if (!first || !last) return false;
    if (endOf(last) < firstFrame + frames && this.#pictures[0]?.pts !== endOf(last)) return false;
    // The one before may reach into this part.
    if (index === 0 ? first.pts - firstFrame >= first.duration : first.pts !== this.#end) return false;
    return pictures.every((picture, at) => {
      const before = pictures[at - 1];
      return !before || (picture.pts === endOf(before) && isSame(picture.config, before.config));
    });
  }

  /** Other parameters are taken up where the program breaks off, too: nobody can change in the middle (section 4.4.4.5). */
  #startsWell(cut: Cut, first: Low | undefined): boolean {
    if (!first?.keyframe) return false;
    if (!this.#begun || cut.discontinuity) this.#config = first.config;
    return isSame(this.#config, first.config);
  }

  #fragment(pictures: readonly Low[], start: number): Uint8Array {
    this.#sequence += 1;
    return fragmentOf(this.#sequence, {
      trackId: VIDEO_TRACK_ID,
      baseDecodeTime: start * TICKS_PER_FRAME,
      samples: pictures.map((picture, index) => ({
        data: pictureData(picture),
        // An encoder that was started again begins anywhere; where nothing is missing, that is no place to enter at.
        keyframe: picture.keyframe && index === 0,
        // The first may come a little late behind a break, and the last be cut short by one.
        duration: ((pictures[index + 1]?.pts ?? this.#end) - (index === 0 ? start : picture.pts)) * TICKS_PER_FRAME,
      })),
    });
  }
}

/** The first frame after those that a picture stands for. */
function endOf(picture: Low): number {
  return picture.pts + picture.duration;
}

function isSame(a: H264Config | undefined, b: H264Config): boolean {
  if (a === b) return true;
  return a?.description !== undefined && Buffer.compare(a.description, b.description ?? new Uint8Array(0)) === 0;
}
