/** Loads what a media playlist lists, as a player does, hinted parts before they exist; and judges the media. */
import { quoted } from './attributes.ts';
import { problemsOfHeaders } from './headers.ts';
import type { Findings } from './findings.ts';
import type { Answer, Ask } from './http-client.ts';
import { problemsOfDecoding, problemsOfFfprobe, problemsOfMp4box } from './media-oracles.ts';
import { MediaTimeline, problemsOfInit, problemsOfSegment } from './media-rules.ts';
import { type Part, type Playlist, type Segment, allSegments } from './playlist.ts';
import { of } from './problem.ts';

/** How a loader is told what to do. */
export interface LoaderOptions {
  /** Address of the playlist. */
  readonly url: string;
  readonly ask: Ask;
  readonly findings: Findings;
  /** CODECS of the variants that the playlist belongs to. */
  readonly codecs: readonly string[];
  /** Bits a second, of the variant; 0 when the playlist is only a part of one. */
  readonly bandwidth: number;
  /** Every so many segments are given to programs that decode them; each first one after a break is. */
  readonly decodeEvery: number;
}

/** A part that is hinted may be asked for again when the answer says that it takes too long. */
const HINT_ATTEMPTS = 3;
/** A rate that is measured may exceed the one that is told by this much. */
const RATE_SHARE = 1.25;
/** Parts of segments whose end never came. */
const MOST_SEGMENTS = 10;

/** Takes revisions in order; the work is done one thing after another, behind the caller's back, until `done`. */
export class MediaLoader {
  readonly #options: LoaderOptions;
  readonly #timeline = new MediaTimeline();
  readonly #hinted = new Map<string, Promise<Answer | undefined>>();
  /** Asked for as soon as it was listed: judging it may take longer than it is there. */
  readonly #listed = new Map<string, Promise<Answer>>();
  /** Bytes of the parts of segments that are not finished, by sequence number. */
  readonly #parts = new Map<number, Uint8Array[]>();
  readonly #inits = new Map<string, Uint8Array>();
  #next: { msn: number; part: number } | undefined;
  /** Segments before this one were asked for. */
  #asked = 0;
  #decoded = 0;
  #work: Promise<void> = Promise.resolve();

  constructor(options: LoaderOptions) {
    this.#options = options;
  }

  /** Resolves when everything that was taken has been judged. */
  get done(): Promise<void> {
    return this.#work;
  }

  /** Loads what is new in a revision, and begins to wait for what it hints. */
  take(playlist: Playlist, where: string): void {
    const uri = quoted(playlist.hints.find((hint) => hint.get('TYPE') === 'PART') ?? new Map(), 'URI');
    if (uri !== undefined) this.#hint(uri);
    this.#request(playlist);
    this.#work = this.#work.then(() =>
      this.#load(playlist, where).catch((error: unknown) => {
        // What follows does not continue what was not seen.
        this.#timeline.breakOff();
        this.#options.findings.add(where, [of('loading')(String(error))]);
      }),
    );
  }

  #request(playlist: Playlist): void {
    const segments = allSegments(playlist);
    this.#next ??= { msn: (segments.at(-1)?.msn ?? 0) + 1, part: 0 };
    this.#asked = Math.max(this.#asked, this.#next.msn);
    for (const { msn, uri, parts } of segments) {
      if (msn < this.#asked) continue;
      const wanted = parts.filter((part) => !part.gap && !this.#hinted.has(part.uri)).map((part) => part.uri);
      for (const one of uri === undefined ? wanted : [...wanted, uri]) {
        if (this.#listed.has(one)) continue;
        const answer = this.#ask(one);
        // Told to whoever awaits it.
        answer.catch(() => undefined);
        this.#listed.set(one, answer);
      }
      if (uri !== undefined) this.#asked = msn + 1;
    }
  }

  #hint(uri: string): void {
    if (this.#hinted.has(uri)) return;
    this.#hinted.set(uri, this.#held(uri));
    const [oldest] = this.#hinted.keys();
    if (oldest !== undefined && this.#hinted.size > 2 * MOST_SEGMENTS) this.#hinted.delete(oldest);
  }

  async #held(uri: string): Promise<Answer | undefined> {
    for (let attempt = 0; attempt < HINT_ATTEMPTS; attempt += 1) {
      const answer = await this.#ask(uri).catch(() => undefined);
      if (answer?.status !== 503) return answer;
    }
    return undefined;
  }

  async #load(playlist: Playlist, where: string): Promise<void> {
    const segments = allSegments(playlist);
    const next = this.#next ?? { msn: 0, part: 0 };
    for (const segment of segments.filter(({ msn }) => msn >= next.msn)) {
      if (segment.map !== undefined) await this.#init(segment.map, where, playlist);
      if (segment.msn > next.msn || (segment.discontinuity && next.part === 0)) this.#timeline.breakOff();
      if (segment.msn > next.msn) Object.assign(next, { msn: segment.msn, part: 0 });
      for (const part of segment.parts.slice(next.part)) {
        next.part += 1;
        await this.#part(segment.msn, part, where, playlist);
      }
      if (segment.uri === undefined) return;
      await this.#segment(segment, where, playlist);
      next.msn = segment.msn + 1;
      next.part = 0;
    }
  }

  async #init(uri: string, where: string, playlist: Playlist): Promise<void> {
    const known = this.#inits.get(uri);
    if (known) {
      this.#timeline.init(known);
      return;
    }
    const bytes = await this.#media(uri, where, playlist);
    this.#inits.set(uri, bytes);
    this.#options.findings.add(where, problemsOfInit(bytes, this.#options.codecs));
    this.#timeline.init(bytes);
  }

  async #part(msn: number, part: Part, where: string, playlist: Playlist): Promise<void> {
    const { findings } = this.#options;
    if (part.gap) {
      this.#timeline.breakOff();
      return;
    }
    const early = await this.#hinted.get(part.uri);
    this.#hinted.delete(part.uri);
    if (early && early.status !== 200) {
      findings.add(where, [of('hinted')(`${part.uri} was hinted and is answered with ${early.status}`)]);
    }
    const bytes = early?.status === 200 ? early.body : await this.#media(part.uri, where, playlist);
    if (early?.status === 200) this.#judgeHinted(early, part, where, playlist);
    findings.tally.parts += 1;
    findings.add(where, this.#timeline.part(bytes, part));
    this.#parts.set(msn, [...(this.#parts.get(msn) ?? []), bytes]);
    const [oldest] = this.#parts.keys();
    if (oldest !== undefined && this.#parts.size > MOST_SEGMENTS) this.#parts.delete(oldest);
  }

  /** It comes in one go once it is there (section 6.2.6). */
  #judgeHinted(answer: Answer, { uri, duration }: Part, where: string, { targetDuration }: Playlist): void {
    const { findings } = this.#options;
    const trickleMs = answer.endedMs - answer.firstByteMs;
    findings.tally.trickleMs.push(trickleMs);
    findings.add(where, problemsOfHeaders('media', 'a hinted part', answer, targetDuration));
    if (trickleMs > (duration * 1000) / 2) {
      findings.add(where, [of('timing')(`the bytes of ${uri} came over ${trickleMs.toFixed(0)} ms`)]);
    }
  }

  async #segment(segment: Segment, where: string, playlist: Playlist): Promise<void> {
    const { findings, bandwidth, decodeEvery } = this.#options;
    const parts = this.#parts.get(segment.msn) ?? [];
    this.#parts.delete(segment.msn);
    const { uri = '', duration = 1 } = segment;
    if (segment.gap) return;
    const bytes = await this.#media(uri, where, playlist);
    findings.tally.segments += 1;
    if (segment.discontinuity) findings.tally.breaks += 1;
    // All parts of some were seen, and only the end of others.
    const isComplete = parts.length > 0 && segment.parts.length === parts.length;
    if (isComplete) findings.add(where, problemsOfSegment(bytes, segment, parts));
    const rate = (bytes.byteLength * 8) / duration;
    // The peak is that of stretches of at least half a target duration (section 4.4.6.2).
    const counts = bandwidth > 0 && duration >= playlist.targetDuration / 2;
    if (counts && rate > RATE_SHARE * bandwidth) {
      findings.add(where, [
        of('bandwidth')(`${uri} takes ${rate.toFixed(0)} bits a second, BANDWIDTH is ${bandwidth}`),
      ]);
    }
    const init = segment.map === undefined ? undefined : this.#inits.get(segment.map);
    if (!init) return;
    findings.heard('mp4box', where, problemsOfMp4box(init, bytes));
    this.#decoded += 1;
    if (this.#decoded % decodeEvery !== 0 && !segment.discontinuity) return;
    findings.heard('ffprobe', where, await problemsOfFfprobe(init, bytes));
    findings.heard('ffmpeg', where, await problemsOfDecoding(init, bytes));
  }

  async #media(uri: string, where: string, { targetDuration }: Playlist): Promise<Uint8Array> {
    const answer = await (this.#listed.get(uri) ?? this.#ask(uri));
    this.#listed.delete(uri);
    if (answer.status !== 200) throw new Error(`${uri} is listed and answered with ${answer.status}`);
    const kind = uri.replaceAll(/\d+/g, 'N').replace(/^.*\//, '');
    this.#options.findings.add(where, problemsOfHeaders('media', kind, answer, targetDuration));
    return answer.body;
  }

  #ask(uri: string): Promise<Answer> {
    return this.#options.ask(new URL(uri, this.#options.url).href);
  }
}
