/** One session as Low-Latency HLS: what is answered to each request for it. */
import type { InitSegment, Part } from '../media/part.ts';
import type { Clock } from '../util/clock.ts';
import { type OriginAnswer, agedAnswer, mediaAnswer, playlistAnswer, refusal } from './answers.ts';
import { type Directives, isThere, isTooFar, readDirectives } from './directives.ts';
import { renderMultivariantPlaylist } from './multivariant-playlist.ts';
import type { StreamTimes } from './profile.ts';
import { Rendition, type Window } from './rendition.ts';
import { WaitingRoom } from './waiting-room.ts';

/** Where segments are found that have left memory; the session log provides it. */
export interface SegmentSource {
  readSegment(segment: number): Promise<Uint8Array | undefined>;
}

/** Options of a session's stream. */
export interface LiveStreamOptions {
  /** In every URL: caches must never mix two sessions of a room. */
  readonly sessionId: string;
  readonly times: StreamTimes;
  readonly windowSegments: number;
  /** Of the playlist that reaches back. */
  readonly dvrSegments: number;
  /** Bits a second that the program was ordered to have. */
  readonly orderedBitrate: number;
  readonly source: SegmentSource;
  readonly clock: Clock;
  /** Requests that may wait at the same time; default 5000. */
  readonly maxWaiting?: number;
}

/** Segments kept in memory: what live viewers ask for. Older ones come from the log. */
const MEMORY_SEGMENTS = 8;
/** A player given fewer would stall at once. */
const READY_SEGMENTS = 2;
const MAX_WAITING = 5000;
/** How long a request is held: three target durations (section 6.2.5.2). */
const HOLD_SEGMENTS = 3;
/** How long caches keep what was waited for: nobody asks for it later than that. */
const BLOCKED_AGE_SEGMENTS = 6;
const MULTIVARIANT_AGE_SECONDS = 2;

interface Rendered {
  readonly revision: number;
  readonly answer: OriginAnswer;
}

/** Fed with parts in order; `end` lets everybody go who waits. */
export class LiveStream {
  readonly #options: LiveStreamOptions;
  readonly #program: Rendition;
  readonly #inits = new Map<number, InitSegment>();
  readonly #waiting: WaitingRoom;
  /** The newest of each playlist, in full and as a delta. */
  readonly #rendered = new Map<string, Rendered>();
  #revision = 0;
  #ended = false;

  constructor(options: LiveStreamOptions) {
    this.#options = options;
    const { times, windowSegments, dvrSegments, clock } = options;
    const memorySegments = MEMORY_SEGMENTS;
    this.#program = new Rendition({ prefix: '', times, windowSegments, dvrSegments, memorySegments });
    this.#waiting = new WaitingRoom(clock, options.maxWaiting ?? MAX_WAITING);
  }

  get sessionId(): string {
    return this.#options.sessionId;
  }

  /** Whether a player could start now. */
  get ready(): boolean {
    return this.#program.count >= READY_SEGMENTS || (this.#ended && this.#program.count > 0);
  }

  /** Requests that wait for what is to come. */
  get waiting(): number {
    return this.#waiting.waiting;
  }

  add(part: Part): void {
    this.#inits.set(part.init.generation, part.init);
    const duration = part.frames / part.init.framerate;
    this.#program.add({ ...part, duration });
    for (const generation of this.#inits.keys()) {
      if (generation < this.#program.oldestInit) this.#inits.delete(generation);
    }
    this.#changed();
  }

  /** The session is over. */
  end(): void {
    this.#program.end();
    this.#ended = true;
    this.#changed();
    this.#waiting.close();
  }

  /** The multivariant playlist; `dvr`: of the media that reach back. */
  multivariant(dvr: boolean): OriginAnswer {
    const { init, bitrates } = this.#program;
    if (!init || !this.ready) return tooEarly();
    return this.#answer(`index ${dvr}`, MULTIVARIANT_AGE_SECONDS, () => {
      const peakBitrate = Math.max(bitrates.peak, this.#options.orderedBitrate);
      const uri = `${this.sessionId}/${dvr ? 'dvr' : 'live'}.m3u8`;
      return renderMultivariantPlaylist({
        variants: [{ init, uri, peakBitrate, averageBitrate: bitrates.average }],
      });
    });
  }

  /** `file` is what follows the session in the address; `signal` aborts when nobody waits for the answer any more. */
  async get(file: string, query: URLSearchParams, signal?: AbortSignal): Promise<OriginAnswer> {
    if (file === 'live.m3u8') return this.#playlist('live', query, signal);
    if (file === 'dvr.m3u8') return this.#playlist('dvr', query, signal);
    const part = /^part-(\d{1,9})-(\d{1,4})\.m4s$/.exec(file);
    if (part) return this.#part(Number(part[1]), Number(part[2]), signal);
    const segment = /^segment-(\d{1,9})\.m4s$/.exec(file);
    if (segment) return this.#segment(Number(segment[1]));
    const init = /^init-(\d{1,9})\.mp4$/.exec(file);
    if (init) return media(this.#inits.get(Number(init[1]))?.data);
    return refusal(404, 'There is no such file in this session.');
  }

  async #playlist(window: Window, query: URLSearchParams, signal: AbortSignal | undefined): Promise<OriginAnswer> {
    const directives = readDirectives(query);
    if (!directives) return refusal(400, 'Delivery directives are whole numbers, and _HLS_part needs _HLS_msn.');
    const { times } = this.#options;
    if (!this.#ended && directives.segment !== undefined) {
      if (isTooFar(directives, this.#program.edge, times)) return refusal(400, 'This is too far in the future.');
      const refused = await this.#wait(() => this.#isThere(directives), signal);
      if (refused) return refused;
    }
    if (!this.ready) return tooEarly();
    const delta = directives.skip && !this.#ended;
    const answer = this.#answer(`${window} ${delta}`, Math.max(1, Math.floor(times.targetDuration / 2)), () =>
      this.#program.playlist(window, { dateRanges: [], reports: [], delta }),
    );
    return directives.segment === undefined ? answer : agedAnswer(answer, BLOCKED_AGE_SEGMENTS * times.targetDuration);
  }

  /** Undefined once it is there. */
  async #wait(isMet: () => boolean, signal: AbortSignal | undefined): Promise<OriginAnswer | undefined> {
    const patienceMs = HOLD_SEGMENTS * this.#options.times.targetDuration * 1000;
    switch (await this.#waiting.wait(isMet, patienceMs, signal)) {
      case 'there':
        return undefined;
      case 'full':
        return refusal(503, 'Too many wait already; ask again in a second.');
      default:
        return refusal(503, 'It has not come in time; ask again.');
    }
  }

  #isThere(directives: Directives): boolean {
    return isThere(directives, this.#program.edge, (segment) => this.#program.partsOf(segment));
  }

  async #part(segment: number, index: number, signal: AbortSignal | undefined): Promise<OriginAnswer> {
    const { edge } = this.#program;
    // Only the part that the playlist announces may be waited for.
    if (!this.#ended && segment === edge.segment && index === edge.parts) {
      const isMade = (): boolean => this.#program.edge.segment !== segment || this.#program.edge.parts > index;
      const refused = await this.#wait(isMade, signal);
      if (refused) return refused;
    }
    return media(this.#program.part(segment, index));
  }

  /** A segment, also for a while after it has left the playlist (section 6.2.2). */
  async #segment(number: number): Promise<OriginAnswer> {
    const { known, data } = this.#program.segment(number);
    if (data) return mediaAnswer(data);
    if (this.#ended || !known) return media(undefined);
    return media(await this.#options.source.readSegment(number));
  }

  #answer(key: string, maxAge: number, render: () => string): OriginAnswer {
    const rendered = this.#rendered.get(key);
    if (rendered?.revision === this.#revision) return rendered.answer;
    const answer = playlistAnswer(render(), maxAge);
    this.#rendered.set(key, { revision: this.#revision, answer });
    return answer;
  }

  #changed(): void {
    this.#revision += 1;
    this.#waiting.look();
  }
}

function media(body: Uint8Array | undefined): OriginAnswer {
  return body ? mediaAnswer(body) : refusal(404, 'These media are no longer, or not yet, there.');
}

function tooEarly(): OriginAnswer {
  return refusal(404, 'The session has just begun; ask again in a few seconds.');
}
