/** Where each coded frame of the session lands in the archive's film: pure. All times are ticks of their track's timescale. */
import type { FragmentSample, FragmentTrack } from '../../media/fmp4-writer.ts';
import type { ArchivePiece } from './archive-plan.ts';

/** A sample with the time it is decoded at. */
export interface PlacedSample extends FragmentSample {
  readonly time: number;
}

/**
 * Frames before a piece's first visible one are needed to decode it. In the first piece they keep their times, and an edit list makes
 * the film start after them. Later pieces cannot use an edit list: there these frames last a tick each, too short for any
 * screen, and the frames after them catch up at once.
 */
export class VideoTimeline {
  readonly #ticks: number;
  #next = 0;

  /** @param ticksPerFrame video ticks of one program frame. */
  constructor(ticksPerFrame: number) {
    this.#ticks = ticksPerFrame;
  }

  /** Places the pictures of one part; `lead` is the number of frames before the archive's start. */
  place(track: FragmentTrack, piece: ArchivePiece, lead: number): PlacedSample[] {
    const placed: PlacedSample[] = [];
    const first = piece.outputFrame === 0;
    let frame = Math.round(track.baseDecodeTime / this.#ticks);
    for (const sample of track.samples) {
      if (frame >= piece.to) break;
      // A picture may stand for several frames, of which the piece may want only some.
      const next = frame + Math.max(1, Math.round(sample.duration / this.#ticks));
      // Players do not all show one that begins before the archive's start and reaches into it: it begins there.
      const begin = first && next <= piece.from ? frame : Math.max(frame, piece.from);
      const time = Math.max((lead + piece.outputFrame + begin - piece.from) * this.#ticks, this.#next);
      const shown = Math.min(next, piece.to) - begin;
      const duration = shown > 0 ? shown * this.#ticks : 1;
      placed.push({ ...sample, duration, time });
      this.#next = time + 1;
      frame = next;
    }
    return withDurations(placed);
  }
}

/** A unit of sound is whole only behind the one before it, and the start may lie within one. */
const LEAD_UNITS = 2;

/**
 * Sound comes in units of 1024 samples that cannot be cut. The first piece keeps their exact times, and has none from before the
 * archive's start but what its first moment needs: nobody had been told then that what they say is kept. Each later one starts
 * with the unit that continues the chain best, so that sound is at most half a unit (11 ms) off and errors never add up.
 * Only where the unit over a piece's start lies in a part that is not read (the piece starts with a key frame) does the
 * chain break, for less than two units.
 */
export class AudioTimeline {
  readonly #samplesPerFrame: number;
  #next = 0;
  #piece: ArchivePiece | undefined;
  #shift = 0;

  /** @param samplesPerFrame sound ticks of one program frame; may be fractional. */
  constructor(samplesPerFrame: number) {
    this.#samplesPerFrame = samplesPerFrame;
  }

  /** Places the sound of one part; `lead` as for pictures. */
  place(track: FragmentTrack, piece: ArchivePiece, lead: number): PlacedSample[] {
    const offset = (lead + piece.outputFrame - piece.from) * this.#samplesPerFrame;
    const end = offset + piece.to * this.#samplesPerFrame;
    const placed: PlacedSample[] = [];
    let source = track.baseDecodeTime;
    for (const sample of track.samples) {
      const ideal = source + offset;
      const half = sample.duration / 2;
      source += sample.duration;
      if (this.#piece !== piece && !this.#begin(piece, { ideal, half, lead })) continue;
      const time = Math.max(Math.round(ideal + this.#shift), this.#next);
      if (time + half >= end) break;
      placed.push({ ...sample, time });
      this.#next = time + sample.duration;
    }
    return placed;
  }

  /** Whether the unit that should start at `ideal` is the piece's first. */
  #begin(piece: ArchivePiece, { ideal, half, lead }: Readonly<Record<'ideal' | 'half' | 'lead', number>>): boolean {
    const first = piece.outputFrame === 0;
    const earliest = Math.max(0, lead * this.#samplesPerFrame - LEAD_UNITS * 2 * half);
    if (first ? ideal < earliest : ideal + half < this.#next) return false;
    // Behind a gap there is no chain to continue.
    this.#shift = !first && ideal - this.#next <= half ? this.#next - ideal : 0;
    this.#piece = piece;
    return true;
  }
}

/** Frames before the archive's start: those between the first key frame and the first frame wanted. */
export function leadFrames(pieces: readonly ArchivePiece[]): number {
  const first = pieces[0];
  return first ? Math.max(0, first.from - (first.parts[0]?.firstFrame ?? first.from)) : 0;
}

/** Runs of samples without a hole, each for one fragment. */
export function contiguousRuns(samples: readonly PlacedSample[]): PlacedSample[][] {
  const runs: PlacedSample[][] = [];
  let end = Number.NaN;
  for (const sample of samples) {
    if (sample.time !== end) runs.push([]);
    runs.at(-1)?.push(sample);
    end = sample.time + sample.duration;
  }
  return runs;
}

/** Each sample lasts until the next. */
function withDurations(samples: readonly PlacedSample[]): PlacedSample[] {
  return samples.map((sample, index) => {
    const next = samples[index + 1];
    return next ? { ...sample, duration: next.time - sample.time } : sample;
  });
}
