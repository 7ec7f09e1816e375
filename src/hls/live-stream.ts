/** One session as Low-Latency HLS: what is answered to each request for it. */
import type { H264Config } from '../media/codec.ts';
import type { Packet } from '../media/packet.ts';
import type { InitSegment, Part } from '../media/part.ts';
import type { Clock } from '../util/clock.ts';
import { type AbrName, AbrRenditions, abrTimes } from './abr-renditions.ts';
import { type OriginAnswer, agedAnswer, mediaAnswer, playlistAnswer, refusal } from './answers.ts';
import { isThere, isTooFar, readDirectives } from './directives.ts';
import { type MediaName, readMediaName } from './media-name.ts';
import type { RenditionReport } from './media-playlist.ts';
import { type Multivariant, renderMultivariantPlaylist } from './multivariant-playlist.ts';
import type { PartTracks } from './packager.ts';
import type { StreamTimes } from './profile.ts';
import { Rendition } from './rendition.ts';
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
  /** Whether a smaller picture and the sound alone are offered too. */
  readonly abr?: { readonly framerate: number };
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
  readonly #times: StreamTimes;
  readonly #program: Rendition;
  readonly #abr: AbrRenditions | undefined;
  readonly #inits = new Map<number, InitSegment>();
  readonly #waiting: WaitingRoom;
  /** The newest of each playlist, in full and as a delta. */
  readonly #rendered = new Map<string, Rendered>();
  #revision = 0;
  #ended = false;

  constructor(options: LiveStreamOptions) {
    this.#options = options;
    const { windowSegments, dvrSegments, abr, clock } = options;
    const times = abr ? abrTimes(options.times, abr.framerate) : options.times;
    this.#times = times;
    this.#abr = abr && new AbrRenditions({ times, framerate: abr.framerate, windowSegments });
    const memorySegments = MEMORY_SEGMENTS;
    this.#program = new Rendition({ prefix: '', times, windowSegments, dvrSegments, memorySegments });
    this.#waiting = new WaitingRoom(clock, options.maxWaiting ?? MAX_WAITING);
  }

  get sessionId(): string {
    return this.#options.sessionId;
  }

  /** Whether a player could start now. */
  get ready(): boolean {
    if (this.#ended) return this.#program.count > 0;
    return this.#program.count >= READY_SEGMENTS && (this.#abr?.isReady(READY_SEGMENTS) ?? true);
  }

  /** Requests that wait for what is to come. */
  get waiting(): number {
    return this.#waiting.waiting;
  }

  /** The next part; what it was made of is needed where there is a choice of renditions. */
  add(part: Part, tracks?: PartTracks): void {
    this.#inits.set(part.init.generation, part.init);
    const duration = part.frames / part.init.framerate;
    this.#program.add({ ...part, duration });
    for (const generation of this.#inits.keys()) {
      if (generation < this.#program.oldestInit) this.#inits.delete(generation);
    }
    if (tracks) this.#abr?.add(part, tracks);
    this.#changed();
  }

  /** The next of the small pictures. */
  addLow(packet: Packet<H264Config>): void {
    if (!this.#abr) return;
    const before = this.#abr.get('low').edge;
    this.#abr.addLow(packet);
    const { segment, parts } = this.#abr.get('low').edge;
    if (segment !== before.segment || parts !== before.parts) this.#changed();
  }

  /** The session is over. */
  end(): void {
    this.#program.end();
    this.#abr?.end();
    this.#ended = true;
    this.#changed();
    this.#waiting.close();
  }

  /** The multivariant playlist; `dvr`: of the media that reach back. */
  multivariant(dvr: boolean): OriginAnswer {
    const { init, bitrates } = this.#program;
    if (!init || !this.ready) return tooEarly();
    return this.#answer(`index ${dvr}`, MULTIVARIANT_AGE_SECONDS, () => {
      const choice = dvr ? undefined : this.#choice();
      const peakBitrate = Math.max(bitrates.peak, this.#options.orderedBitrate);
      const uri = this.#uri(dvr ? 'dvr' : 'live');
      return renderMultivariantPlaylist(
        choice ?? { variants: [{ init, uri, peakBitrate, averageBitrate: bitrates.average }] },
      );
    });
  }

  /** The picture and the smaller one, each with the sound. */
  #choice(): Multivariant | undefined {
    const audio = this.#abr?.get('audio');
    if (!this.#abr || !audio?.init) return undefined;
    const sound = audio.bitrates;
    const codecs = audio.init.codecs;
    const variants = [];
    for (const name of ['video', 'low'] as const) {
      const { init, bitrates } = this.#abr.get(name);
      if (!init) continue;
      const ordered = name === 'video' ? this.#options.orderedBitrate : 0;
      variants.push({
        init: { ...init, codecs: [...init.codecs, ...codecs] },
        uri: this.#uri(name),
        peakBitrate: Math.max(ordered, bitrates.peak + sound.peak),
        averageBitrate: bitrates.average + sound.average,
      });
    }
    return { variants, audioUri: this.#uri('audio') };
  }

  #uri(playlist: string): string {
    return `${this.sessionId}/${playlist}.m3u8`;
  }

  /** `file` is what follows the session in the address; `signal` aborts when nobody waits for the answer any more. */
  async get(file: string, query: URLSearchParams, signal?: AbortSignal): Promise<OriginAnswer> {
    const name = readMediaName(file);
    const rendition = name && this.#rendition(name.rendition);
    if (!rendition) return refusal(404, 'There is no such file in this session.');
    switch (name.kind) {
      case 'playlist':
        return this.#playlist(rendition, name, query, signal);
      case 'init':
        return media(this.#init(name.rendition, name.number)?.data);
      case 'segment':
        return this.#segment(rendition, name.number);
      case 'part':
        return this.#part(rendition, name, signal);
    }
  }

  /** That of a name, without one the program's own. */
  #rendition(name: AbrName | undefined): Rendition | undefined {
    return name === undefined ? this.#program : this.#abr?.get(name);
  }

  #init(name: AbrName | undefined, generation: number): InitSegment | undefined {
    return name === undefined ? this.#inits.get(generation) : this.#abr?.init(name, generation);
  }

  async #playlist(
    rendition: Rendition,
    { rendition: name, window }: Extract<MediaName, { kind: 'playlist' }>,
    query: URLSearchParams,
    signal: AbortSignal | undefined,
  ): Promise<OriginAnswer> {
    const directives = readDirectives(query);
    if (!directives) return refusal(400, 'Delivery directives are whole numbers, and _HLS_part needs _HLS_msn.');
    const times = this.#times;
    if (!this.#ended && directives.segment !== undefined) {
      if (isTooFar(directives, rendition.edge, times)) return refusal(400, 'This is too far in the future.');
      const isMet = (): boolean => isThere(directives, rendition.edge, (segment) => rendition.partsOf(segment));
      const refused = await this.#wait(isMet, signal);
      if (refused) return refused;
    }
    if (!this.ready) return tooEarly();
    const delta = directives.skip && !this.#ended;
    const answer = this.#answer(`${name ?? window} ${delta}`, Math.max(1, Math.floor(times.targetDuration / 2)), () =>
      rendition.playlist(window, { dateRanges: [], reports: this.#reports(name), delta }),
    );
    return directives.segment === undefined ? answer : agedAnswer(answer, BLOCKED_AGE_SEGMENTS * times.targetDuration);
  }

  /** Of the playlists beside this one: those that are offered together with it. */
  #reports(name: AbrName | undefined): RenditionReport[] {
    const abr = this.#abr;
    if (!abr || name === undefined) return [];
    return (['video', 'low', 'audio'] as const).filter((other) => other !== name).map((other) => abr.get(other).report);
  }

  /** Undefined once it is there. */
  async #wait(isMet: () => boolean, signal: AbortSignal | undefined): Promise<OriginAnswer | undefined> {
    const patienceMs = HOLD_SEGMENTS * this.#times.targetDuration * 1000;
    switch (await this.#waiting.wait(isMet, patienceMs, signal)) {
      case 'there':
        return undefined;
      case 'full':
        return refusal(503, 'Too many wait already; ask again in a second.');
      default:
        return refusal(503, 'It has not come in time; ask again.');
    }
  }

  async #part(
    rendition: Rendition,
    { number, index }: Extract<MediaName, { kind: 'part' }>,
    signal: AbortSignal | undefined,
  ): Promise<OriginAnswer> {
    const { edge } = rendition;
    // Only the part that the playlist announces may be waited for.
    if (!this.#ended && number === edge.segment && index === edge.parts) {
      const isMade = (): boolean => rendition.edge.segment !== number || rendition.edge.parts > index;
      const refused = await this.#wait(isMade, signal);
      if (refused) return refused;
    }
    return media(rendition.part(number, index));
  }

  /** A segment, also for a while after it has left the playlist (section 6.2.2). */
  async #segment(rendition: Rendition, number: number): Promise<OriginAnswer> {
    const { known, data } = rendition.segment(number);
    if (data) return mediaAnswer(data);
    if (this.#ended || !known || rendition !== this.#program) return media(undefined);
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
