/** HLS playlists, as far as a viewer needs them: from text to data. Pure. */

/** A part that a playlist lists. */
export interface PlaylistPart {
  readonly uri: string;
  readonly durationMs: number;
}

/** A segment that a playlist lists; the newest one may still be open. */
export interface PlaylistSegment {
  /** Media sequence number. */
  readonly number: number;
  /** Absent while only its first parts are there. */
  readonly uri: string | undefined;
  /** Length of the whole segment, or of its parts so far. */
  readonly durationMs: number;
  /** Wall time of its first picture, milliseconds since 1970; undefined when no playlist has said it. */
  readonly startMs: number | undefined;
  readonly initUri: string | undefined;
  readonly parts: readonly PlaylistPart[];
}

/** A media playlist, or the end of one when `skipped` is above 0. */
export interface MediaPlaylist {
  readonly targetMs: number;
  /** Absent when the stream has no parts. */
  readonly partTargetMs: number | undefined;
  /** How far behind the end players are asked to be. */
  readonly holdBackMs: number;
  /** Whether the server answers a reload when there is something new. */
  readonly canBlock: boolean;
  /** Whether it leaves out what its clients know already. */
  readonly canSkip: boolean;
  /** Segments that were left out at the beginning. */
  readonly skipped: number;
  /** Number of the first segment, skipped or not. */
  readonly firstNumber: number;
  readonly segments: readonly PlaylistSegment[];
  readonly ended: boolean;
}

/** What a multivariant playlist offers first. */
export interface Rendition {
  readonly uri: string;
  /** Sound that is a playlist of its own. */
  readonly soundUri: string | undefined;
}

/** A playlist that cannot be followed. */
export class PlaylistError extends Error {}

/** Segments without a hold-back of the server's own: three target durations (rfc8216bis section 4.4.3.8). */
const HOLD_BACK_TARGETS = 3;
/** More than a day of segments of 2 s; beyond it the text is no playlist of ours. */
const MAX_LINES = 400_000;

/** The rendition of the highest bandwidth. @throws PlaylistError for text that is no multivariant playlist. */
export function parseMultivariant(text: string): Rendition {
  const lines = linesOf(text);
  let best: { uri: string; bandwidth: number; group: string | undefined } | undefined;
  const sounds = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('#EXT-X-MEDIA:')) {
      const { TYPE, 'GROUP-ID': group, URI: uri } = attributes(line);
      if (TYPE === 'AUDIO' && group !== undefined && uri !== undefined && !sounds.has(group)) sounds.set(group, uri);
    }
    if (!line.startsWith('#EXT-X-STREAM-INF:')) continue;
    const { BANDWIDTH, AUDIO } = attributes(line);
    const uri = lines[index + 1];
    if (uri === undefined || uri.startsWith('#')) throw new PlaylistError('a variant of the playlist has no address');
    const bandwidth = Number(BANDWIDTH);
    if (!best || bandwidth > best.bandwidth) best = { uri, bandwidth, group: AUDIO };
  }
  if (!best) throw new PlaylistError('the playlist names no variant; give the address of a multivariant playlist');
  return { uri: best.uri, soundUri: best.group === undefined ? undefined : sounds.get(best.group) };
}

/** @throws PlaylistError for text that is no media playlist. */
export function parseMediaPlaylist(text: string): MediaPlaylist {
  const reader = new MediaReader();
  for (const line of linesOf(text)) reader.line(line);
  return reader.finish();
}

/** Takes a media playlist line by line. */
class MediaReader {
  readonly #segments: PlaylistSegment[] = [];
  #control: Readonly<Record<string, string>> = {};
  #target = 0;
  #partTarget: number | undefined;
  #first = 0;
  #skipped = 0;
  #ended = false;
  #init: string | undefined;
  #start: number | undefined;
  #duration: number | undefined;
  #parts: PlaylistPart[] = [];

  line(line: string): void {
    if (!line.startsWith('#')) {
      this.#close(line);
      return;
    }
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1);
    switch (colon < 0 ? line : line.slice(0, colon)) {
      case '#EXT-X-PART': {
        const { URI, DURATION } = attributes(line);
        this.#parts.push({ uri: named(URI), durationMs: milliseconds(DURATION) });
        break;
      }
      case '#EXTINF':
        this.#duration = milliseconds(value.split(',')[0]);
        break;
      case '#EXT-X-PROGRAM-DATE-TIME':
        this.#start = Date.parse(value);
        break;
      case '#EXT-X-MAP':
        this.#init = named(attributes(line)['URI']);
        break;
      case '#EXT-X-SKIP':
        this.#skipped = whole(attributes(line)['SKIPPED-SEGMENTS']);
        break;
      case '#EXT-X-MEDIA-SEQUENCE':
        this.#first = whole(value);
        break;
      case '#EXT-X-TARGETDURATION':
        this.#target = milliseconds(value);
        break;
      case '#EXT-X-PART-INF':
        this.#partTarget = milliseconds(attributes(line)['PART-TARGET']);
        break;
      case '#EXT-X-SERVER-CONTROL':
        this.#control = attributes(line);
        break;
      case '#EXT-X-ENDLIST':
        this.#ended = true;
        break;
    }
  }

  finish(): MediaPlaylist {
    if (this.#target <= 0) throw new PlaylistError('the media playlist has no target duration');
    if (this.#parts.length > 0) this.#close(undefined);
    const { 'HOLD-BACK': hold, 'PART-HOLD-BACK': partHold } = this.#control;
    const control = this.#partTarget === undefined ? hold : partHold;
    return {
      targetMs: this.#target,
      partTargetMs: this.#partTarget,
      holdBackMs:
        control === undefined ? HOLD_BACK_TARGETS * (this.#partTarget ?? this.#target) : milliseconds(control),
      canBlock: this.#control['CAN-BLOCK-RELOAD'] === 'YES',
      canSkip: this.#control['CAN-SKIP-UNTIL'] !== undefined,
      skipped: this.#skipped,
      firstNumber: this.#first,
      segments: this.#segments,
      ended: this.#ended,
    };
  }

  #close(uri: string | undefined): void {
    const ofParts = this.#parts.reduce((sum, part) => sum + part.durationMs, 0);
    if (uri !== undefined && this.#duration === undefined) throw new PlaylistError('a segment has no duration');
    const durationMs = uri === undefined ? ofParts : (this.#duration ?? 0);
    const startMs = this.#start === undefined || Number.isNaN(this.#start) ? undefined : this.#start;
    const number = this.#first + this.#skipped + this.#segments.length;
    this.#segments.push({ number, uri, durationMs, startMs, initUri: this.#init, parts: this.#parts });
    // A segment without a time of its own begins where the one before it ends.
    this.#start = startMs === undefined ? undefined : startMs + durationMs;
    this.#duration = undefined;
    this.#parts = [];
  }
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/, MAX_LINES).filter((line) => line !== '');
  if (lines[0] !== '#EXTM3U') throw new PlaylistError('the answer is no HLS playlist');
  return lines;
}

function attributes(line: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [, name = '', quoted, plain] of line.matchAll(/([A-Z0-9-]+)=(?:"([^"]*)"|([^",]*))/g)) {
    found[name] = quoted ?? plain ?? '';
  }
  return found;
}

function milliseconds(seconds: string | undefined): number {
  const value = Number(seconds);
  if (seconds === undefined || !Number.isFinite(value) || value < 0) {
    throw new PlaylistError(`the playlist has a duration "${seconds ?? ''}"`);
  }
  return value * 1000;
}

function whole(text: string | undefined): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new PlaylistError(`the playlist has a number "${text ?? ''}"`);
  return value;
}

function named(uri: string | undefined): string {
  if (uri === undefined || uri === '') throw new PlaylistError('the playlist has a tag without an address');
  return uri;
}
