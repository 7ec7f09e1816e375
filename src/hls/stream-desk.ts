/** Answers the requests for one session, at once or when the requested media exist. */
import type { Clock } from '../util/clock.ts';
import { type OriginAnswer, agedAnswer, mediaAnswer, playlistAnswer, refusal, textAnswer } from './answers.ts';
import { isThere, isTooFar, readDirectives, type Skip } from './directives.ts';
import { type MediaName, readMediaName } from './media-name.ts';
import type { InitSegment } from '../media/part.ts';
import type { WallTime } from '../media/timestamp.ts';
import type { AbrName } from './abr-renditions.ts';
import type { Captions } from './captions.ts';
import { type Multivariant, renderMultivariantPlaylist } from './multivariant-playlist.ts';
import type { StreamTimes } from './profile.ts';
import type { IndexWishes } from './offer.ts';
import type { Rendition, Window } from './rendition.ts';
import { renderCaptions, renderIframes } from './side-playlists.ts';
import { WaitingRoom } from './waiting-room.ts';

/** How long a request is held: three target durations (section 6.2.5.2). */
const HOLD_SEGMENTS = 3;
/** How long caches keep what was waited for: nobody asks for it later than that. */
const BLOCKED_AGE_SEGMENTS = 6;
const MULTIVARIANT_AGE_SECONDS = 2;
const CAPTIONS_TYPE = 'text/vtt; charset=utf-8';
/** A file of captions may still grow: something is said that reaches back into it. */
const CAPTIONS_AGE_SECONDS = 10;

/** What there is of a session; see `LiveStream`. */
export interface ServedStream {
  readonly times: StreamTimes;
  readonly program: Rendition;
  readonly captions: Captions | undefined;
  readonly ended: boolean;
  /** Whether a playlist of the rendition can be given. */
  isListed(rendition: Rendition): boolean;
  offer(wishes: IndexWishes): Multivariant | undefined;
  rendition(name: AbrName | undefined): Rendition | undefined;
  init(name: AbrName | undefined, generation: number): InitSegment | undefined;
  segment(rendition: Rendition, number: number, signal?: AbortSignal): Promise<Uint8Array | 'full' | undefined>;
  playlist(name: AbrName | undefined, rendition: Rendition, window: Window, skip: Skip): string;
  mediaTime(wallTime: WallTime): number;
}

interface Rendered {
  readonly revision: number;
  readonly answer: OriginAnswer;
}

/** One for a stream. */
export class StreamDesk {
  readonly #stream: ServedStream;
  readonly #waiting: WaitingRoom;
  /** The newest of each playlist, in full and as delta updates. */
  readonly #rendered = new Map<string, Rendered>();
  #revision = 0;

  /** @param maxWaiting requests that may wait at the same time */
  constructor(stream: ServedStream, clock: Clock, maxWaiting: number) {
    this.#stream = stream;
    this.#waiting = new WaitingRoom(clock, maxWaiting);
  }

  get waiting(): number {
    return this.#waiting.waiting;
  }

  /** The stream has changed. */
  look(): void {
    this.#revision += 1;
    this.#waiting.look();
  }

  /** The stream will not change any more. */
  close(): void {
    this.#revision += 1;
    this.#waiting.close();
  }

  multivariant(wishes: IndexWishes): OriginAnswer {
    const offer = this.#stream.offer(wishes);
    if (!offer) return tooEarly();
    return this.#answer(`index ${wishes.dvr ?? false} ${wishes.promised ?? false}`, MULTIVARIANT_AGE_SECONDS, () =>
      renderMultivariantPlaylist(offer),
    );
  }

  async get(file: string, query: URLSearchParams, signal: AbortSignal | undefined): Promise<OriginAnswer> {
    const name = readMediaName(file);
    switch (name?.kind) {
      case 'playlist':
        return this.#playlist(name, query, signal);
      case 'init':
        return media(this.#stream.init(name.rendition, name.number)?.data);
      case 'segment':
        return this.#segment(name, signal);
      case 'part':
        return this.#part(name, signal);
      case 'iframes':
        return this.#side('iframes', query, signal, (delta) => renderIframes(this.#stream.program.whole('dvr'), delta));
      case 'captions':
        if (!this.#stream.captions) return unknown();
        return this.#side(name.window, query, signal, (delta) =>
          renderCaptions(this.#stream.program.whole(name.window), delta),
        );
      case 'cues':
        return this.#cues(name.number);
      default:
        return unknown();
    }
  }

  async #playlist(
    name: Extract<MediaName, { kind: 'playlist' }>,
    query: URLSearchParams,
    signal: AbortSignal | undefined,
  ): Promise<OriginAnswer> {
    const rendition = this.#stream.rendition(name.rendition);
    if (!rendition) return unknown();
    const skip = this.#skip(query);
    return this.#held(rendition, `${name.rendition ?? name.window} ${skip}`, query, signal, () =>
      this.#stream.playlist(name.rendition, rendition, name.window, skip),
    );
  }

  /** A playlist without parts, of the program's segments. */
  #side(
    key: string,
    query: URLSearchParams,
    signal: AbortSignal | undefined,
    render: (delta: boolean) => string,
  ): Promise<OriginAnswer> {
    const delta = this.#skip(query) !== 'none';
    return this.#held(this.#stream.program, `side ${key} ${delta}`, query, signal, () => render(delta));
  }

  /** What the player has already; once a stream has ended, everything is told. */
  #skip(query: URLSearchParams): Skip {
    return (!this.#stream.ended && readDirectives(query)?.skip) || 'none';
  }

  /** A playlist, when it has what is asked for. */
  async #held(
    rendition: Rendition,
    key: string,
    query: URLSearchParams,
    signal: AbortSignal | undefined,
    render: () => string,
  ): Promise<OriginAnswer> {
    const directives = readDirectives(query);
    if (!directives) return refusal(400, 'Delivery directives are whole numbers, and _HLS_part needs _HLS_msn.');
    const { times } = this.#stream;
    if (!this.#stream.ended && directives.segment !== undefined) {
      if (isTooFar(directives, rendition.edge, times)) return refusal(400, 'This is too far in the future.');
      const isMet = (): boolean => isThere(directives, rendition.edge, (segment) => rendition.partsOf(segment));
      const refused = await this.#wait(isMet, signal);
      if (refused) return refused;
    }
    if (!this.#stream.isListed(rendition)) return tooEarly();
    const answer = this.#answer(key, Math.max(1, Math.floor(times.targetDuration / 2)), render);
    return directives.segment === undefined ? answer : agedAnswer(answer, BLOCKED_AGE_SEGMENTS * times.targetDuration);
  }

  /** Undefined once it is there. */
  async #wait(isMet: () => boolean, signal: AbortSignal | undefined): Promise<OriginAnswer | undefined> {
    const patienceMs = HOLD_SEGMENTS * this.#stream.times.targetDuration * 1000;
    switch (await this.#waiting.wait(isMet, patienceMs, signal)) {
      case 'there':
        return undefined;
      case 'full':
        return refusal(503, 'Too many wait already; ask again in a second.');
      default:
        return refusal(503, 'It has not come in time; ask again.');
    }
  }

  async #part(name: Extract<MediaName, { kind: 'part' }>, signal: AbortSignal | undefined): Promise<OriginAnswer> {
    const { number, index } = name;
    const rendition = this.#stream.rendition(name.rendition);
    if (!rendition) return unknown();
    const { edge } = rendition;
    // Only the part that the playlist announces may be waited for.
    if (!this.#stream.ended && number === edge.segment && index === edge.parts) {
      const isMade = (): boolean => rendition.edge.segment !== number || rendition.edge.parts > index;
      const refused = await this.#wait(isMade, signal);
      if (refused) return refused;
    }
    return media(rendition.part(number, index));
  }

  /** A segment, also for a while after it has left the playlist (section 6.2.2). */
  async #segment(
    { rendition: name, number }: Extract<MediaName, { kind: 'init' | 'segment' }>,
    signal: AbortSignal | undefined,
  ): Promise<OriginAnswer> {
    const rendition = this.#stream.rendition(name);
    if (!rendition) return unknown();
    const body = await this.#stream.segment(rendition, number, signal);
    return body === 'full' ? refusal(503, 'Too many others are being sent; ask again in a second.') : media(body);
  }

  #cues(number: number): OriginAnswer {
    const { captions, program } = this.#stream;
    if (!captions) return unknown();
    const segment = program.find(number);
    if (!segment) return media(undefined);
    const start = this.#stream.mediaTime(segment.wallTime);
    return textAnswer(CAPTIONS_TYPE, captions.file(start, start + segment.duration), CAPTIONS_AGE_SECONDS);
  }

  #answer(key: string, maxAge: number, render: () => string): OriginAnswer {
    const rendered = this.#rendered.get(key);
    if (rendered?.revision === this.#revision) return rendered.answer;
    const answer = playlistAnswer(render(), maxAge);
    this.#rendered.set(key, { revision: this.#revision, answer });
    return answer;
  }
}

function media(body: Uint8Array | undefined): OriginAnswer {
  return body ? mediaAnswer(body) : refusal(404, 'These media are no longer, or not yet, there.');
}

function unknown(): OriginAnswer {
  return refusal(404, 'There is no such file in this session.');
}

function tooEarly(): OriginAnswer {
  return refusal(404, 'The session has just begun; ask again in a few seconds.');
}
