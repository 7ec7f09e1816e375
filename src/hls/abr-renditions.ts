/**
 * A session's program as players choose from it on lines of their own: the picture, a smaller picture and the sound, each in a
 * playlist of its own with the same segments and discontinuities (rfc8216bis section 6.2.4). Nothing of it goes to disk.
 */
import type { H264Config } from '../media/codec.ts';
import { type FragmentTrack, initSegment } from '../media/fmp4-writer.ts';
import { lowFrameStep } from '../media/low-frame-step.ts';
import type { Packet } from '../media/packet.ts';
import type { InitSegment, Part } from '../media/part.ts';
import { wallTime } from '../media/timestamp.ts';
import { LowCutter } from './low-cutter.ts';
import type { PartTracks } from './packager.ts';
import type { StreamTimes } from './profile.ts';
import { Rendition, type RenditionPart } from './rendition.ts';
import { SAMPLE_RATE, TICKS_PER_FRAME, fragmentOf } from './tracks.ts';

/** Names of the playlists. */
export type AbrName = 'video' | 'low' | 'audio';

/** What is known of the small picture before the first one has come. */
export interface LowPromise {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly kbit: number;
}

/** All of it is in memory, so the window is short: 30 s of 2 s segments, and as long again for what has left it. */
const MAX_WINDOW = 15;

/** Fed with the program's parts in order, and with the small picture as it comes. */
export class AbrRenditions {
  readonly #all: Readonly<Record<AbrName, Rendition>>;
  readonly #inits: Record<AbrName, InitSegment[]> = { video: [], low: [], audio: [] };
  readonly #low: LowCutter;
  readonly #framerate: number;
  readonly #times: StreamTimes;
  readonly #promise: LowPromise;
  #sequence = 0;

  /** @param options `firstSegment`: media sequence number that all begin with, default 0 */
  constructor(options: {
    readonly times: StreamTimes;
    readonly framerate: number;
    readonly low: LowPromise;
    readonly windowSegments: number;
    readonly firstSegment?: number | undefined;
  }) {
    const { times, framerate, firstSegment } = options;
    this.#framerate = framerate;
    this.#promise = options.low;
    const windowSegments = Math.min(options.windowSegments, MAX_WINDOW);
    const memorySegments = 2 * windowSegments + 1;
    const windows = { times, windowSegments, dvrSegments: windowSegments, memorySegments, firstSegment };
    const rendition = (prefix: AbrName): Rendition => new Rendition({ prefix, ...windows });
    this.#all = { video: rendition('video'), low: rendition('low'), audio: rendition('audio') };
    this.#times = times;
    this.#low = new LowCutter({ framerate, onPart: (part, config) => this.#addLow(part, config) });
  }

  get(name: AbrName): Rendition {
    return this.#all[name];
  }

  /** Whether a player could start with the picture and the sound; the small picture may come late, or never. */
  isReady(segments: number): boolean {
    const { video, audio } = this.#all;
    return video.count >= segments && audio.count >= segments;
  }

  /** Whether a player that begins with the small picture would find the newest so many segments of it whole. */
  hasLow(segments: number): boolean {
    return this.#all.low.playable(segments) === segments;
  }

  /** The newest form of the small picture; before there is one, the form that it will have. */
  get low(): Pick<InitSegment, 'codecs' | 'width' | 'height' | 'framerate'> & { readonly kbit: number } {
    const { video, low } = this.#all;
    const { width, height, kbit } = this.#promise;
    const framerate = this.#lowFramerate;
    // Who can decode the full picture can decode the small one.
    const { init = { codecs: video.init?.codecs ?? [], width, height, framerate } } = low;
    return { ...init, kbit };
  }

  init(name: AbrName, generation: number): InitSegment | undefined {
    return this.#inits[name].find((init) => init.generation === generation);
  }

  /** A part of the program and what it was made of. */
  add(part: Part, { video, audio, videoConfig, audioConfig }: PartTracks): void {
    const { segment, index, independent, discontinuity, last, frames } = part;
    const common = { segment, index, discontinuity, last };
    const timescale = this.#framerate * TICKS_PER_FRAME;
    const pictures = initSegment({ video: { config: videoConfig, timescale } });
    this.#all.video.add({
      ...common,
      init: this.#init('video', pictures, [videoConfig.codecString], part.init),
      duration: frames / this.#framerate,
      independent,
      wallTime: part.wallTime,
      data: fragmentOf(this.#number(), video),
    });
    const sound = initSegment({ audio: { config: audioConfig, timescale: SAMPLE_RATE } });
    const heard = this.#soundOf(audio, part);
    const samples = heard.samples.reduce((sum, { duration }) => sum + duration, 0);
    const late = heard.baseDecodeTime / SAMPLE_RATE - part.firstFrame / this.#framerate;
    this.#all.audio.add({
      ...common,
      init: this.#init('audio', sound, [audioConfig.codecString], part.init),
      duration: samples > 0 ? samples / SAMPLE_RATE : frames / this.#framerate,
      independent: true,
      wallTime: samples > 0 ? wallTime(part.wallTime + late * 1000) : part.wallTime,
      data: samples > 0 ? fragmentOf(this.#number(), heard) : new Uint8Array(0),
    });
    this.#low.cut(part);
  }

  /** The next of the small pictures. */
  addLow(packet: Packet<H264Config>): void {
    this.#low.add(packet);
  }

  end(): void {
    this.#low.end();
    for (const rendition of Object.values(this.#all)) rendition.end();
  }

  /** Behind a break a unit may reach in from before, and another into the next part; both would be more than was announced. */
  #soundOf(audio: FragmentTrack, { firstFrame }: Part): FragmentTrack {
    const [first, ...others] = audio.samples;
    const samples = audio.samples.reduce((sum, { duration }) => sum + duration, 0);
    const isLonger = samples / SAMPLE_RATE > this.#times.partTarget;
    if (!first || !isLonger || audio.baseDecodeTime / SAMPLE_RATE >= firstFrame / this.#framerate) return audio;
    return { ...audio, baseDecodeTime: audio.baseDecodeTime + first.duration, samples: others };
  }

  /** Pictures a second, at most. */
  get #lowFramerate(): number {
    return this.#framerate / lowFrameStep(this.#framerate, this.#times.segmentFrames);
  }

  #addLow(part: Omit<RenditionPart, 'init'>, config: H264Config): void {
    const timescale = this.#framerate * TICKS_PER_FRAME;
    const data = initSegment({ video: { config, timescale } });
    const { video, low } = this.#all;
    // It begins later than the others, and players find the same moment in each by the count of discontinuities, too.
    if (low.init === undefined) low.goOnAfter(video.discontinuitiesBefore(part.segment));
    const { width, height } = config;
    const like = { width, height, framerate: this.#lowFramerate };
    low.add({ ...part, init: this.#init('low', data, [config.codecString], like) });
  }

  /** A new one only when the bytes differ. */
  #init(
    name: AbrName,
    data: Uint8Array,
    codecs: readonly string[],
    like: Pick<InitSegment, 'width' | 'height' | 'framerate'>,
  ): InitSegment {
    const inits = this.#inits[name];
    const newest = inits.at(-1);
    if (newest && Buffer.compare(newest.data, data) === 0) return newest;
    const { width, height, framerate } = like;
    const init = { generation: (newest?.generation ?? -1) + 1, data, codecs, width, height, framerate };
    inits.push(init);
    const { oldestInit } = this.#all[name];
    while (inits[0] && inits[0].generation < oldestInit) inits.shift();
    return init;
  }

  #number(): number {
    this.#sequence += 1;
    return this.#sequence;
  }
}
