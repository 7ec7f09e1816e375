/**
 * What a viewer does with a media playlist: from what it says to the media that are new and to the next request. Pure; times are
 * milliseconds.
 */
import { type MediaPlaylist, PlaylistError, type PlaylistPart, type PlaylistSegment } from './playlist-text.ts';

/** A file to load, in the order in which it is played. */
export interface MediaUnit {
  readonly uri: string;
  readonly durationMs: number;
  /** Wall time of its first picture by PROGRAM-DATE-TIME; undefined when the playlist has none. */
  readonly startMs: number | undefined;
  readonly initUri: string | undefined;
  /** Whether it is new since the last playlist; false for what a newcomer finds. */
  readonly fresh: boolean;
}

/** What a playlist brought. */
export interface FollowStep {
  readonly units: readonly MediaUnit[];
  /** Media that were gone before they could be loaded: the viewer had to jump ahead. */
  readonly jumped: boolean;
  readonly ended: boolean;
}

/** The next request for the playlist. */
export interface Reload {
  /** Delivery directives to add to the playlist's address, in the order of their names. */
  readonly directives: Readonly<Record<string, string>>;
  /** Milliseconds to wait before it, from the moment at which the last one was sent. */
  readonly waitMs: number;
  readonly blocking: boolean;
  readonly skipping: boolean;
}

/** A place in the stream: `part` 0 is the beginning of a segment. */
interface Place {
  readonly number: number;
  readonly part: number;
}

/** Reads on after a playlist that could not be used. */
const RETRY_MS = 500;

/** One media playlist, followed from wherever it is when the viewer comes. */
export class FollowState {
  #known: MediaPlaylist | undefined;
  #next: Place | undefined;
  #broken = false;
  #changed = false;

  /** How far behind the end a player is asked to be; 0 before the first playlist. */
  get holdBackMs(): number {
    return this.#known?.holdBackMs ?? 0;
  }

  /** Wall time at the end of what is listed. */
  get endMs(): number | undefined {
    const last = this.#known?.segments.at(-1);
    return last?.startMs === undefined ? undefined : last.startMs + last.durationMs;
  }

  /** Whether the server holds reloads until there is something new; undefined before the first playlist. */
  get blocking(): boolean | undefined {
    return this.#known?.canBlock;
  }

  /** @throws PlaylistError for an update of what is not known; call `failed` then. */
  accept(update: MediaPlaylist): FollowStep {
    const playlist = merge(this.#known, update);
    const step = this.#advance(playlist);
    this.#known = playlist;
    this.#broken = false;
    return step;
  }

  /** The last reload failed, or could not be used: the next one asks for everything, after a while. */
  failed(): void {
    this.#broken = true;
  }

  reload(): Reload {
    const known = this.#known;
    if (!known || this.#broken) {
      return { directives: {}, waitMs: this.#broken ? RETRY_MS : 0, blocking: false, skipping: false };
    }
    if (!known.canBlock) {
      const full = known.partTargetMs ?? known.targetMs;
      return { directives: {}, waitMs: this.#changed ? full : full / 2, blocking: false, skipping: false };
    }
    const { number, part } = placeAfter(known);
    const directives = {
      _HLS_msn: String(number),
      ...(known.partTargetMs !== undefined && { _HLS_part: String(part) }),
      ...(known.canSkip && { _HLS_skip: 'YES' }),
    };
    return { directives, waitMs: 0, blocking: true, skipping: known.canSkip };
  }

  #advance(playlist: MediaPlaylist): FollowStep {
    const { ended } = playlist;
    const fresh = this.#next !== undefined;
    const first = playlist.segments[0];
    this.#next ??= startOf(playlist);
    if (!first || !this.#next) return { units: [], jumped: false, ended };
    const jumped = this.#next.number < first.number;
    if (jumped) this.#next = startOf(playlist) ?? this.#next;
    const units: MediaUnit[] = [];
    const before = this.#next;
    let lost = false;
    for (const segment of playlist.segments) {
      if (segment.number < before.number) continue;
      const from = segment.number === before.number ? before.part : 0;
      // Its parts are listed no longer, and the first of them have been played.
      lost ||= from > segment.parts.length;
      for (const unit of unitsOf(segment, from)) units.push({ ...unit, fresh });
    }
    this.#next = placeAfter(playlist);
    this.#changed = before.number !== this.#next.number || before.part !== this.#next.part;
    return { units, jumped: jumped || lost, ended };
  }
}

/** Where the newest whole beginning lies that is far enough behind the end. */
function startOf(playlist: MediaPlaylist): Place | undefined {
  let behindMs = 0;
  for (const segment of playlist.segments.toReversed()) {
    behindMs += segment.durationMs;
    if (behindMs >= playlist.holdBackMs || segment === playlist.segments[0]) return { number: segment.number, part: 0 };
  }
  return undefined;
}

/** The place of what is not listed yet. */
function placeAfter({ segments, firstNumber }: MediaPlaylist): Place {
  const last = segments.at(-1);
  if (!last) return { number: firstNumber, part: 0 };
  return last.uri === undefined
    ? { number: last.number, part: last.parts.length }
    : { number: last.number + 1, part: 0 };
}

/** Parts where they are listed, else the whole segment if nothing of it is there yet. */
function unitsOf(segment: PlaylistSegment, from: number): Omit<MediaUnit, 'fresh'>[] {
  const { initUri, startMs, uri } = segment;
  if (segment.parts.length === 0 && uri !== undefined && from === 0) {
    return [{ uri, durationMs: segment.durationMs, startMs, initUri }];
  }
  const units: Omit<MediaUnit, 'fresh'>[] = [];
  let sinceStart = 0;
  for (const [index, part] of segment.parts.entries()) {
    if (index >= from) units.push({ ...timed(part, startMs, sinceStart), initUri });
    sinceStart += part.durationMs;
  }
  return units;
}

function timed({ uri, durationMs }: PlaylistPart, startMs: number | undefined, sinceStart: number) {
  return { uri, durationMs, startMs: startMs === undefined ? undefined : startMs + sinceStart };
}

/** The whole playlist out of an update and what was known before. @throws PlaylistError when they do not fit. */
function merge(known: MediaPlaylist | undefined, update: MediaPlaylist): MediaPlaylist {
  if (update.skipped === 0) return update;
  const boundary = update.firstNumber + update.skipped;
  const kept = known?.segments.filter(({ number }) => number >= update.firstNumber && number < boundary) ?? [];
  if (kept.length !== update.skipped) throw new PlaylistError('an update leaves out segments that were never listed');
  // An update repeats the map only where it changes.
  const initUri = kept.at(-1)?.initUri;
  const inherits = update.segments.findIndex((segment) => segment.initUri !== undefined);
  const rest = update.segments.map((segment, index) =>
    inherits < 0 || index < inherits ? { ...segment, initUri } : segment,
  );
  return { ...update, skipped: 0, segments: [...kept, ...rest] };
}
