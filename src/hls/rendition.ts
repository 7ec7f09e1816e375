/** One rendition of a session: its segments and parts, the newest of them in memory, and its playlists. Sections are those of rfc8216bis. */
import type { InitSegment } from '../media/part.ts';
import type { WallTime } from '../media/timestamp.ts';
import type { RangeChanges } from './date-ranges.ts';
import type { Edge } from './directives.ts';
import { type ListedPart, type ListedSegment, type RenditionReport, renderMediaPlaylist } from './media-playlist.ts';
import type { StreamTimes } from './profile.ts';
import type { SidePlaylist } from './side-playlists.ts';

/** One part of a rendition. */
export interface RenditionPart {
  readonly init: InitSegment;
  readonly segment: number;
  readonly index: number;
  /** Seconds. */
  readonly duration: number;
  readonly independent: boolean;
  readonly discontinuity: boolean;
  readonly last: boolean;
  readonly wallTime: WallTime;
  /** Empty when the media are missing. */
  readonly data: Uint8Array;
  /** Bytes from its beginning to the end of its first key frame; default 0: there is none. */
  readonly keyframeBytes?: number;
}

/** Options of a rendition. */
export interface RenditionOptions {
  /** Name of its playlist, without `.m3u8`, and prefix of its media's names; empty: the program itself. */
  readonly prefix: string;
  readonly times: StreamTimes;
  /** Segments in the live playlist, and in the one that reaches back. */
  readonly windowSegments: number;
  readonly dvrSegments: number;
  /** Newest segments whose bytes stay in memory. */
  readonly memorySegments: number;
  /** Media sequence number that it begins with; default 0. */
  readonly firstSegment?: number | undefined;
}

/** Which playlist: the sliding live one, or the one that reaches back. */
export type Window = 'live' | 'dvr';

interface HeldPart extends ListedPart {
  readonly start: number;
  readonly end: number;
}

interface Held extends ListedSegment {
  readonly parts: readonly HeldPart[];
  readonly init: InitSegment;
  /** Discontinuities of the session before this segment's own. */
  readonly discontinuitiesBefore: number;
  readonly bytes: number;
}

/** The segment that is being made. */
interface Open {
  readonly first: RenditionPart;
  readonly data: Uint8Array[];
  readonly parts: HeldPart[];
  duration: number;
  bytes: number;
}

/** Fed with parts in order; answers with text and bytes. */
export class Rendition {
  readonly #options: RenditionOptions;
  /** Complete ones, oldest first. More than are listed, since players may still be loading what has left a playlist (section 6.2.2). */
  readonly #segments: Held[] = [];
  /** Bytes of the newest complete segments, by number. */
  readonly #memory = new Map<number, Uint8Array>();
  #open: Open | undefined;
  #next: number;
  #discontinuities = 0;
  #ended = false;
  #peakBitrate = 0;

  constructor(options: RenditionOptions) {
    this.#options = options;
    this.#next = options.firstSegment ?? 0;
  }

  /** Number of the segment that is being made or comes next, and how many parts of it exist. */
  get edge(): Edge {
    return { segment: this.#next, parts: this.#open?.parts.length ?? 0 };
  }

  /** Complete segments that are remembered. */
  get count(): number {
    return this.#segments.length;
  }

  /** How many of the `newest` newest complete segments have no gap. */
  playable(newest: number): number {
    return this.#segments.slice(-newest).filter(({ parts }) => parts.every(({ gap }) => !gap)).length;
  }

  /** Discontinuities of the session before this segment's own; the segment is complete, or the newest one. */
  discontinuitiesBefore(segment: number): number {
    return this.#find(segment)?.discontinuitiesBefore ?? this.#discontinuities;
  }

  /** Sets how many discontinuities the session had before this rendition began; to be called before its first part. */
  goOnAfter(discontinuities: number): void {
    this.#discontinuities = discontinuities;
  }

  /** The newest part's init segment. */
  get init(): InitSegment | undefined {
    return this.#open?.first.init ?? this.#segments.at(-1)?.init;
  }

  /** The oldest generation of init segments that may still be requested. */
  get oldestInit(): number {
    return this.#segments[0]?.init.generation ?? this.#open?.first.init.generation ?? 0;
  }

  /** Bits a second: the peak of all segments so far, and the average of those in the live playlist. */
  get bitrates(): { readonly peak: number; readonly average: number } {
    const listed = this.#segments.slice(-this.#options.windowSegments);
    const bytes = listed.reduce((sum, segment) => sum + segment.bytes, 0);
    const seconds = listed.reduce((sum, segment) => sum + segment.duration, 0);
    return { peak: this.#peakBitrate, average: seconds > 0 ? (bytes * 8) / seconds : 0 };
  }

  /** The same for key frames alone, both over the live playlist. */
  get keyframes(): { readonly peak: number; readonly average: number } {
    const listed = this.#segments.slice(-this.#options.windowSegments);
    const rates = listed.map(({ keyframeBytes, duration }) => (keyframeBytes * 8) / duration);
    const sum = rates.reduce((total, rate) => total + rate, 0);
    return { peak: Math.max(0, ...rates), average: sum / Math.max(1, rates.length) };
  }

  /** The rendition report for the other playlists of the stream (section 4.4.5.4). */
  get report(): RenditionReport {
    const { segment, parts } = this.edge;
    const before = this.#segments.at(-1);
    const uri = `${this.#options.prefix || 'live'}.m3u8`;
    if (parts > 0 || !before) return { uri, lastSegment: segment, lastPart: Math.max(0, parts - 1) };
    return { uri, lastSegment: before.number, lastPart: before.parts.length - 1 };
  }

  add(part: RenditionPart): void {
    if (this.#open && this.#open.first.segment !== part.segment) this.#finish();
    const open: Open = (this.#open ??= { first: part, data: [], parts: [], duration: 0, bytes: 0 });
    this.#next = part.segment;
    const { independent, duration, data } = part;
    const uri = this.#partUri(part.segment, open.parts.length);
    const end = open.bytes + data.byteLength;
    open.parts.push({ uri, duration, independent, gap: data.byteLength === 0, start: open.bytes, end });
    open.data.push(data);
    open.duration += duration;
    open.bytes = end;
    if (part.last) this.#finish();
  }

  /** Ends the playlists. @param files whether they may list segments that have left memory */
  end(files = false): void {
    this.#finish();
    this.#ended = true;
    while (!files && this.#segments[0] && !this.#memory.has(this.#segments[0].number)) this.#segments.shift();
  }

  /** Number of parts of a complete segment; Infinity for one that is not remembered. */
  partsOf(segment: number): number {
    return this.#find(segment)?.parts.length ?? Number.POSITIVE_INFINITY;
  }

  playlist(
    window: Window,
    extras: {
      readonly dateRanges: readonly string[];
      readonly rangeChanges?: RangeChanges | undefined;
      readonly reports: readonly RenditionReport[];
      readonly delta: boolean;
    },
  ): string {
    const { segment, parts } = this.edge;
    return renderMediaPlaylist(
      {
        ...this.whole(window),
        open: this.#open && this.#listed(this.#open),
        hint: this.#partUri(segment, parts),
        dateRanges: extras.dateRanges,
        rangeChanges: extras.rangeChanges,
        reports: extras.reports,
      },
      extras.delta,
    );
  }

  /** The complete segments of a playlist. */
  whole(window: Window): SidePlaylist {
    const { times, windowSegments, dvrSegments } = this.#options;
    const segments = this.#segments.slice(-(window === 'live' ? windowSegments : dvrSegments));
    return {
      times,
      segments,
      discontinuitySequence: segments[0]?.discontinuitiesBefore ?? 0,
      ended: this.#ended,
    };
  }

  /** A complete segment that may still be requested. */
  find(number: number): ListedSegment | undefined {
    return this.#find(number);
  }

  /** When the oldest segment of a playlist begins; undefined before the first part. */
  beginning(window: Window): WallTime | undefined {
    return this.whole(window).segments[0]?.wallTime ?? this.#open?.first.wallTime;
  }

  /** The bytes of a part, as long as its segment is in memory. */
  part(segment: number, index: number): Uint8Array | undefined {
    if (this.#open?.first.segment === segment) return nonEmpty(this.#open.data[index]);
    const part = this.#find(segment)?.parts[index];
    return part && nonEmpty(this.#memory.get(segment)?.subarray(part.start, part.end));
  }

  /** A complete segment. `bytes`: how many it has, when it may be requested; `data`: those, while they are in memory. */
  segment(number: number): { readonly bytes: number | undefined; readonly data: Uint8Array | undefined } {
    return { bytes: this.#find(number)?.bytes, data: nonEmpty(this.#memory.get(number)) };
  }

  #find(number: number): Held | undefined {
    // Numbers are consecutive; searching thousands of segments at each request would cost too much.
    const first = this.#segments[0]?.number ?? 0;
    return this.#segments[number - first];
  }

  #finish(): void {
    const open = this.#open;
    if (!open) return;
    this.#open = undefined;
    const { number } = this.#listed(open);
    this.#next = number + 1;
    const held: Held = {
      ...this.#listed(open),
      parts: open.parts,
      init: open.first.init,
      discontinuitiesBefore: this.#discontinuities,
      bytes: open.bytes,
    };
    if (held.discontinuity) this.#discontinuities += 1;
    this.#peakBitrate = Math.max(this.#peakBitrate, (open.bytes * 8) / open.duration);
    this.#segments.push(held);
    this.#memory.set(number, Buffer.concat(open.data));
    this.#forget();
  }

  #forget(): void {
    const { windowSegments, dvrSegments, memorySegments } = this.#options;
    const most = Math.max(windowSegments, dvrSegments);
    // A segment stays available after it left the longest playlist, for as long as that playlist lasts (section 6.2.2).
    if (this.#segments.length > 2 * most + 1) this.#segments.shift();
    const [oldest] = this.#memory.keys();
    if (oldest !== undefined && this.#memory.size > memorySegments) this.#memory.delete(oldest);
  }

  #listed({ first, parts, duration }: Open): Omit<Held, 'discontinuitiesBefore' | 'bytes' | 'init'> {
    const { prefix } = this.#options;
    return {
      number: first.segment,
      duration,
      uri: `${dashed(prefix)}segment-${first.segment}.m4s`,
      initUri: `${dashed(prefix)}init-${first.init.generation}.mp4`,
      discontinuity: first.discontinuity,
      wallTime: first.wallTime,
      parts,
      gap: parts.some((part) => part.gap),
      keyframeBytes: first.keyframeBytes ?? 0,
    };
  }

  #partUri(segment: number, index: number): string {
    return `${dashed(this.#options.prefix)}part-${segment}-${index}.m4s`;
  }
}

function dashed(prefix: string): string {
  return prefix === '' ? '' : `${prefix}-`;
}

function nonEmpty(data: Uint8Array | undefined): Uint8Array | undefined {
  return data && data.byteLength > 0 ? data : undefined;
}
