/** One session as HLS: the sliding window of finished segments, and the bytes behind each URL. */
import type { InitSegment, Part } from '../media/part.ts';
import { type ListedSegment, renderMediaPlaylist, renderMultivariantPlaylist } from './media-playlist.ts';

/** Where segments are found that have left memory; the session log provides it. */
export interface SegmentSource {
  readSegment(segment: number): Promise<Uint8Array | undefined>;
}

/** Options of a session's stream. */
export interface LiveStreamOptions {
  /** In every URL: caches must never mix two sessions of a room. */
  readonly sessionId: string;
  readonly targetDuration: number;
  readonly windowSegments: number;
  readonly source: SegmentSource;
}

interface HeldSegment extends ListedSegment {
  readonly bytes: number;
  data: Uint8Array | undefined;
}

/** Segments kept in memory: what live viewers ask for. Older ones come from the log. */
const MEMORY_SEGMENTS = 8;
/** Segments that have left the playlist and may still be loaded (section 6.2.2), and the unfinished one. */
const SEGMENTS_BEHIND = 8;
/** A player given fewer would stall at once. */
const READY_SEGMENTS = 2;

/** Fed with parts in order. */
export class LiveStream {
  readonly #options: LiveStreamOptions;
  #open: Part[] = [];
  #segments: HeldSegment[] = [];
  readonly #inits = new Map<number, InitSegment>();
  #newestInit: InitSegment | undefined;
  #discontinuitySequence = 0;
  #ended = false;
  #peakBitrate = 0;

  constructor(options: LiveStreamOptions) {
    this.#options = options;
  }

  get sessionId(): string {
    return this.#options.sessionId;
  }

  /** Whether a player could start now. */
  get ready(): boolean {
    return this.#segments.length >= READY_SEGMENTS || (this.#ended && this.#segments.length > 0);
  }

  add(part: Part): void {
    if (this.#open.length > 0 && (this.#open[0] as Part).segment !== part.segment) this.#finish();
    this.#remember(part.init);
    this.#open.push(part);
    if (part.last) this.#finish();
  }

  /** The session is over: the playlist ends, and lists only what memory still holds. */
  end(): void {
    this.#finish();
    this.#ended = true;
    while (this.#segments[0] && !this.#segments[0].data) this.#drop();
  }

  multivariant(): string | undefined {
    const init = this.#newestInit;
    if (!init || !this.ready) return undefined;
    const bytes = this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
    const seconds = this.#segments.reduce((sum, segment) => sum + segment.duration, 0);
    return renderMultivariantPlaylist(init, `${this.sessionId}/live.m3u8`, this.#peakBitrate, (bytes * 8) / seconds);
  }

  playlist(): string | undefined {
    if (!this.ready) return undefined;
    return renderMediaPlaylist({
      targetDuration: this.#options.targetDuration,
      segments: this.#segments,
      discontinuitySequence: this.#discontinuitySequence,
      ended: this.#ended,
    });
  }

  init(generation: number): Uint8Array | undefined {
    return this.#inits.get(generation)?.data;
  }

  /** A segment, also for a while after it has left the playlist (section 6.2.2). */
  async segment(number: number): Promise<Uint8Array | undefined> {
    const held = this.#segments.find((segment) => segment.number === number);
    if (held?.data) return held.data;
    if (this.#ended || number > (this.#segments.at(-1)?.number ?? -1)) return undefined;
    return this.#options.source.readSegment(number);
  }

  /** Each segment may have an init of its own. */
  #remember(init: InitSegment): void {
    this.#newestInit = init;
    this.#inits.set(init.generation, init);
    const [oldest] = this.#inits.keys();
    const most = this.#options.windowSegments + SEGMENTS_BEHIND;
    if (oldest !== undefined && this.#inits.size > most) this.#inits.delete(oldest);
  }

  #finish(): void {
    const parts = this.#open.splice(0);
    const first = parts[0];
    if (!first) return;
    const data = Buffer.concat(parts.map((part) => part.data));
    const frames = parts.reduce((sum, part) => sum + part.frames, 0);
    const duration = frames / first.init.framerate;
    this.#peakBitrate = Math.max(this.#peakBitrate, (data.byteLength * 8) / duration);
    this.#segments.push({
      number: first.segment,
      duration,
      uri: `segment-${first.segment}.m4s`,
      initUri: `init-${first.init.generation}.mp4`,
      discontinuity: first.discontinuity,
      wallTime: first.wallTime,
      bytes: data.byteLength,
      data,
    });
    const leaving = this.#segments.at(-1 - MEMORY_SEGMENTS);
    if (leaving) leaving.data = undefined;
    while (this.#segments.length > this.#options.windowSegments) this.#drop();
  }

  #drop(): void {
    if (this.#segments.shift()?.discontinuity) this.#discontinuitySequence += 1;
  }
}
