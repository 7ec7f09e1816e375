/** One session as Low-Latency HLS: its renditions, captions and date ranges. */
import type { H264Config } from '../media/codec.ts';
import type { Packet } from '../media/packet.ts';
import type { InitSegment, Part } from '../media/part.ts';
import type { WallTime } from '../media/timestamp.ts';
import type { Clock } from '../util/clock.ts';
import { type AbrName, AbrRenditions, type LowPromise } from './abr-renditions.ts';
import { abrTimes } from './abr-times.ts';
import type { OriginAnswer } from './answers.ts';
import { Captions } from './captions.ts';
import { DateRanges, type Note, type RangeChanges } from './date-ranges.ts';
import type { Skip } from './directives.ts';
import { HeldSegments } from './held-segments.ts';
import type { Multivariant } from './multivariant-playlist.ts';
import { type IndexWishes, offerOf } from './offer.ts';
import type { PartTracks } from './packager.ts';
import type { StreamTimes } from './profile.ts';
import { Rendition, type Window } from './rendition.ts';
import { type ServedStream, StreamDesk } from './stream-desk.ts';

/** Provides segments that have left memory; the session log does. */
export interface SegmentSource {
  readSegment(segment: number): Promise<Uint8Array | undefined>;
}

/** Options of a session's stream. */
export interface LiveStreamOptions {
  /** Part of every URL: caches must never mix two sessions of a room, nor a session with its continuation after a crash. */
  readonly sessionId: string;
  /** Media sequence number that it begins with; default 0. */
  readonly firstSegment?: number;
  /** When frame 0 of the program was due, milliseconds since 1970. */
  readonly originWallMs: number;
  readonly times: StreamTimes;
  readonly windowSegments: number;
  /** Segments in the playlist that reaches back. */
  readonly dvrSegments: number;
  /** Bits a second that the program was ordered to have. */
  readonly orderedBitrate: number;
  /** Whether a smaller picture and the sound alone are offered too. */
  readonly abr?: { readonly framerate: number; readonly low: LowPromise };
  /** Whether a captions playlist is offered; players look for one only at the beginning. */
  readonly captions: boolean;
  readonly source: SegmentSource;
  readonly clock: Clock;
  /** Requests that may wait at the same time; default 5000. */
  readonly maxWaiting?: number;
  /** Bytes of different segments from the log that may be on their way to viewers at the same time; default 128 MiB. */
  readonly maxHeldBytes?: number;
}

/** Segments kept in memory, for live viewers. Older ones come from the log. */
const MEMORY_SEGMENTS = 8;
/** A player given fewer would stall at once. */
const READY_SEGMENTS = 2;
const MAX_WAITING = 5000;
/** Two hundred segments at 2.5 Mbit/s: more than a thousand viewers who have gone back load at the same time, on lines of 20 Mbit/s. */
const MAX_HELD_BYTES = 128 * 1024 * 1024;

/** Fed with parts in order; `end` answers all requests that wait. */
export class LiveStream implements ServedStream {
  readonly times: StreamTimes;
  /** Video and audio together, as in the log. */
  readonly program: Rendition;
  readonly captions: Captions | undefined;
  readonly #options: LiveStreamOptions;
  readonly #abr: AbrRenditions | undefined;
  readonly #inits = new Map<number, InitSegment>();
  readonly #notes = new DateRanges();
  readonly #desk: StreamDesk;
  readonly #held: HeldSegments;
  #ended = false;
  /** Whether the log can be read: true while the session runs. */
  #files = true;

  constructor(options: LiveStreamOptions) {
    this.#options = options;
    const { windowSegments, dvrSegments, abr, clock, firstSegment } = options;
    this.times = abr ? abrTimes(options.times, abr.framerate) : options.times;
    const { times } = this;
    this.#abr = abr && new AbrRenditions({ ...abr, times, windowSegments, firstSegment });
    const memorySegments = MEMORY_SEGMENTS;
    this.program = new Rendition({ prefix: '', times, windowSegments, dvrSegments, memorySegments, firstSegment });
    this.captions = options.captions ? new Captions() : undefined;
    this.#desk = new StreamDesk(this, clock, options.maxWaiting ?? MAX_WAITING);
    this.#held = new HeldSegments(
      (segment) => options.source.readSegment(segment),
      options.maxHeldBytes ?? MAX_HELD_BYTES,
    );
  }

  get sessionId(): string {
    return this.#options.sessionId;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Whether a player could start now, with the program and with each of the separate renditions where they are offered. */
  get ready(): boolean {
    if (this.#ended) return this.program.count > 0;
    return this.program.count >= READY_SEGMENTS && (this.#abr?.isReady(READY_SEGMENTS) ?? true);
  }

  /** Whether a playlist of this rendition can be given: the small picture may begin later than the rest. */
  isListed(rendition: Rendition): boolean {
    return this.ready && rendition.count >= (this.#ended ? 1 : READY_SEGMENTS);
  }

  /** Requests that wait for a part or playlist to come. */
  get waiting(): number {
    return this.#desk.waiting;
  }

  /** The next part; what it was made of is needed for all but the program as a whole. */
  add(part: Part, tracks?: PartTracks): void {
    this.#inits.set(part.init.generation, part.init);
    const duration = part.frames / part.init.framerate;
    this.program.add({ ...part, duration, ...(tracks && { keyframeBytes: keyframeBytes(part, tracks) }) });
    for (const generation of this.#inits.keys()) {
      if (generation < this.program.oldestInit) this.#inits.delete(generation);
    }
    if (tracks) this.#abr?.add(part, tracks);
    this.#desk.look();
  }

  /** The next of the small pictures. */
  addLow(packet: Packet<H264Config>): void {
    if (!this.#abr) return;
    const before = this.#abr.get('low').edge;
    this.#abr.addLow(packet);
    const { segment, parts } = this.#abr.get('low').edge;
    if (segment !== before.segment || parts !== before.parts) this.#desk.look();
  }

  /** Something happens in the program; `wallTime` by its clock. */
  note(note: Note, wallTime: WallTime): void {
    this.#notes.add(note, wallTime, this.#options.clock.monotonicMs());
    this.#desk.look();
  }

  /** Adds a caption from `wallTime` on, by the program's clock, for so many seconds. */
  caption(text: string, wallTime: WallTime, seconds: number): void {
    const start = this.mediaTime(wallTime);
    this.captions?.add({ start, end: start + seconds, text });
  }

  /** The session is over. @param files whether segments that have left memory can still be read from the log */
  end(files = false): void {
    if (this.#ended) return;
    this.program.end(files);
    this.#abr?.end();
    this.#ended = true;
    this.#files = files;
    this.#desk.close();
  }

  /** The multivariant playlist. */
  multivariant(wishes: IndexWishes): OriginAnswer {
    return this.#desk.multivariant(wishes);
  }

  /** `file` is the rest of the path after the session; `signal` aborts when the client is gone. */
  get(file: string, query: URLSearchParams, signal?: AbortSignal): Promise<OriginAnswer> {
    return this.#desk.get(file, query, signal);
  }

  /** Seconds of the session's media at a moment of the program. */
  mediaTime(wallTime: WallTime): number {
    return Math.max(0, (wallTime - this.#options.originWallMs) / 1000);
  }

  /**
   * What the multivariant playlist offers; undefined before a player could start. It includes the small rendition while a player
   * could start with it. Most players read it once, so at the beginning of a session the answer waits a moment for that rendition.
   */
  offer(wishes: IndexWishes): Multivariant | undefined {
    const { sessionId, orderedBitrate } = this.#options;
    const { program } = this;
    const low = this.#hasLow;
    const waits = this.#abr && !wishes.dvr && !wishes.promised && !low && this.#isEarly;
    if (!this.ready || waits) return undefined;
    const captions = this.captions !== undefined;
    return offerOf({ sessionId, program, abr: this.#abr, low, orderedBitrate, captions, wishes });
  }

  get #hasLow(): boolean {
    return this.#abr?.hasLow(this.#ended ? 1 : READY_SEGMENTS) ?? false;
  }

  /** Whether the session is at most one segment and a part longer than a start needs: the small rendition may still come. */
  get #isEarly(): boolean {
    const { count, edge } = this.program;
    return !this.#ended && count < READY_SEGMENTS + 1 + (edge.parts > 0 ? 0 : 1);
  }

  /** The rendition of this name; the program itself for undefined. */
  rendition(name: AbrName | undefined): Rendition | undefined {
    return name === undefined ? this.program : this.#abr?.get(name);
  }

  init(name: AbrName | undefined, generation: number): InitSegment | undefined {
    return name === undefined ? this.#inits.get(generation) : this.#abr?.init(name, generation);
  }

  /** The bytes of a complete segment, from memory or from the log, until `signal` aborts; `full` when too many are being read already. */
  async segment(rendition: Rendition, number: number, signal?: AbortSignal): Promise<Uint8Array | 'full' | undefined> {
    const { bytes, data } = rendition.segment(number);
    if (data || !this.#files || bytes === undefined || rendition !== this.program) return data;
    return this.#held.take({ number, bytes }, signal);
  }

  /** A playlist's text; `skip`: what the player knows already, and may be left out. */
  playlist(name: AbrName | undefined, rendition: Rendition, window: Window, skip: Skip): string {
    const since = name === 'audio' ? undefined : rendition.beginning(window);
    const dateRanges = since === undefined ? [] : this.#notes.lines(since);
    const rangeChanges = skip === 'ranges' ? this.#rangeChanges(since) : undefined;
    return rendition.playlist(window, {
      dateRanges,
      rangeChanges,
      reports: this.#reports(name),
      delta: skip !== 'none',
    });
  }

  #rangeChanges(since: WallTime | undefined): RangeChanges {
    if (since === undefined) return { lines: [], removed: [] };
    return this.#notes.changes(since, this.#options.clock.monotonicMs() - this.times.canSkipUntil * 1000);
  }

  /** Rendition reports of the playlists that are offered beside this one, by which players see the small rendition come and go. */
  #reports(name: AbrName | undefined) {
    const abr = this.#abr;
    if (!abr || name === undefined) return [];
    const others = (['video', 'low', 'audio'] as const)
      .filter((other) => other !== name && (other !== 'low' || this.#hasLow))
      .map((other) => abr.get(other));
    return others.filter((other) => this.isListed(other)).map(({ report }) => report);
  }
}

/** Bytes of the part's headers and of its first sample, which comes first in the media data; 0 when that is no key frame. */
function keyframeBytes(part: Part, { video, audio }: PartTracks): number {
  const [first] = video.samples;
  if (!first?.keyframe) return 0;
  const payload = [...video.samples, ...audio.samples].reduce((sum, { data }) => sum + data.byteLength, 0);
  return part.data.byteLength - payload + first.data.byteLength;
}
