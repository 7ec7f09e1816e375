/** Rules on media: init segments, parts, and segments beside their parts (rfc8216bis sections 3 and 4.4.4.9). */
import { type Init, type InitTrack, type Run, readFragments, readInit } from './boxes.ts';
import type { Part, Segment } from './playlist.ts';
import { type Problem, of } from './problem.ts';

const BRANDS = new Set(['iso6', 'iso7', 'iso8', 'iso9', 'cmfc', 'cmf2']);
/** Durations are written with five decimals. */
const ROUNDING_S = 0.6e-5;
/** Units of sound end where no picture ends, and encoders that are ended lose the last ones. */
const MOST_APART_S = 0.15;

/** What is wrong with an init segment. @param codecs the CODECS of the multivariant playlist */
export function problemsOfInit(bytes: Uint8Array, codecs: readonly string[]): Problem[] {
  const problem = of('init');
  let init: Init;
  try {
    init = readInit(bytes);
  } catch (error) {
    return [problem(String(error))];
  }
  const found: Problem[] = [];
  if (!init.brands.some((brand) => BRANDS.has(brand))) found.push(problem(`its brands are ${init.brands.join()}`));
  if (!init.types.has('mvex')) found.push(problem('it has no mvex'));
  if (init.types.has('elst')) found.push(problem('it has an edit list, which players honour in different ways'));
  if (init.samples !== 0) found.push(problem('it has samples or durations of its own'));
  if (init.tracks.length === 0) found.push(problem('it has no track'));
  for (const { codec } of init.tracks) {
    if (!codecs.some((one) => one.toLowerCase() === codec.toLowerCase())) {
      found.push(of('codecs')(`the media are ${codec}, and the playlist says ${codecs.join()}`));
    }
  }
  return found;
}

/** Follows the parts of one media playlist in order. */
export class MediaTimeline {
  readonly #ends = new Map<number, number>();
  #tracks: readonly InitTrack[] = [];
  #continues = false;

  /** An init segment that applies from now on. */
  init(bytes: Uint8Array): void {
    try {
      this.#tracks = readInit(bytes).tracks;
    } catch {
      this.#tracks = [];
    }
  }

  /** What follows does not continue what came: a break, or something was not loaded. */
  breakOff(): void {
    this.#continues = false;
  }

  /** What is wrong with the next part. */
  part(bytes: Uint8Array, part: Part): Problem[] {
    const problem = of('part-media');
    try {
      const fragments = readFragments(bytes);
      const runs = fragments.flatMap((fragment) => fragment.runs);
      const sizes = runs.flatMap(({ samples }) => samples).reduce((sum, { size }) => sum + size, 0);
      const media = fragments.reduce((sum, { mediaBytes }) => sum + mediaBytes, 0);
      const found = [
        ...(sizes === media ? [] : [problem(`${part.uri} has ${media} bytes of media for samples of ${sizes}`)]),
        ...this.#length(runs, part),
        ...this.#syncs(runs, part),
        ...runs.flatMap((run) => this.#time(run, part)),
        ...this.#together(part),
      ];
      this.#continues = true;
      return found;
    } catch (error) {
      this.#continues = false;
      return [problem(`${part.uri}: ${String(error)}`)];
    }
  }

  #of(handler: string): InitTrack | undefined {
    return (
      this.#tracks.find((track) => track.handler === handler) ?? (handler === 'vide' ? this.#of('soun') : undefined)
    );
  }

  /** DURATION is that of the pictures, or of the sound where there are none. */
  #length(runs: readonly Run[], part: Part): Problem[] {
    const leading = this.#of('vide');
    if (!leading) return [];
    const own = runs.filter(({ track }) => track === leading.id);
    const seconds = own.reduce((sum, run) => sum + ticksOf(run), 0) / leading.timescale;
    if (Math.abs(seconds - part.duration) <= ROUNDING_S) return [];
    return [of('part-length')(`${part.uri} lasts ${seconds.toFixed(5)} s, and says ${part.duration}`)];
  }

  /** A key frame is the first picture of its part, and the part says so. */
  #syncs(runs: readonly Run[], part: Part): Problem[] {
    const pictures = this.#tracks.find(({ handler }) => handler === 'vide');
    if (!pictures) return [];
    const samples = runs.filter(({ track }) => track === pictures.id).flatMap((run) => run.samples);
    const problem = of('independent');
    const inside = samples.findIndex(({ sync }, index) => sync && index > 0);
    const found = inside > 0 ? [problem(`${part.uri} has a key frame inside, its picture ${inside}`)] : [];
    const begins = samples[0]?.sync === true;
    if (begins === part.independent) return found;
    return [
      ...found,
      problem(`${part.uri} ${begins ? 'begins' : 'does not begin'} with a key frame, and says otherwise`),
    ];
  }

  /** Each run says its time, and follows the one before without a gap. */
  #time(run: Run, part: Part): Problem[] {
    const problem = of('media-time');
    const { track, time } = run;
    const known = this.#tracks.find(({ id }) => id === track);
    if (!known) return [problem(`${part.uri} is of track ${track}, which the init segment does not have`)];
    if (time === undefined) return [problem(`${part.uri} says no time of its track ${track}`)];
    const end = this.#ends.get(track);
    this.#ends.set(track, time + ticksOf(run));
    const found: Problem[] = [];
    if (!run.baseIsMoof) found.push(of('part-media')(`${part.uri} has data offsets that are not those of its moof`));
    if (this.#continues && end !== undefined && end !== time) {
      found.push(problem(`${part.uri} begins ${(time - end) / known.timescale} s off the end of track ${track}`));
    }
    return found;
  }

  /** Sound and pictures of a part end together. */
  #together(part: Part): Problem[] {
    const ends = this.#tracks.flatMap(({ id, timescale }) => {
      const end = this.#ends.get(id);
      return end === undefined ? [] : [end / timescale];
    });
    const apart = Math.max(...ends) - Math.min(...ends);
    if (ends.length < 2 || this.#tracks.length < 2 || apart <= MOST_APART_S) return [];
    return [of('media-time')(`after ${part.uri} sound and pictures end ${apart.toFixed(3)} s apart`)];
  }
}

/** A segment is the concatenation of its parts. */
export function problemsOfSegment(bytes: Uint8Array, segment: Segment, parts: readonly Uint8Array[]): Problem[] {
  const whole = Buffer.concat(parts);
  const found: Problem[] = [];
  if (Buffer.compare(whole, bytes) !== 0) {
    const at = whole.findIndex((byte, index) => byte !== bytes[index]);
    const where = at < 0 ? 'in length' : `from byte ${at}`;
    found.push(of('parts-of-segment')(`${segment.uri} (${bytes.byteLength} bytes) differs from its parts ${where}`));
  }
  return found;
}

function ticksOf({ samples }: Run): number {
  return samples.reduce((sum, { duration }) => sum + duration, 0);
}
