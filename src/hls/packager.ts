/**
 * Program packets to CMAF parts. The packager owns the timeline: media time is the session's own (frame number and sample
 * number), whatever the encoders' containers say. A segment is one group of pictures; a part is a fixed number of frames,
 * or as few fewer as pictures that stand for several frames make necessary.
 */
import type { AacConfig, H264Config } from '../media/codec.ts';
import { AUDIO_TRACK_ID, type FragmentTrack, VIDEO_TRACK_ID, fragment, initSegment } from '../media/fmp4-writer.ts';
import type { Packet } from '../media/packet.ts';
import type { InitSegment, Part } from '../media/part.ts';
import { rescale } from '../media/timestamp.ts';
import { SAMPLE_RATE, TICKS_PER_FRAME, pictureData } from './tracks.ts';

/** The tracks a part was made of, for renditions that need them separately. */
export interface PartTracks {
  readonly video: FragmentTrack;
  readonly audio: FragmentTrack;
  readonly videoConfig: H264Config;
  readonly audioConfig: AacConfig;
}

/** Options of a session's packager. */
export interface PackagerOptions {
  readonly framerate: number;
  /** Frames of a part, at most (unless one picture stands for more); the last part of a segment may be shorter. */
  readonly partFrames: number;
  /** Frames of a segment: the encoder's key frame distance. */
  readonly segmentFrames: number;
  /** For a session that continues after a crash: the first unused segment and init numbers. The first part is then a discontinuity. */
  readonly goesOn?: { readonly segment: number; readonly generation: number };
  readonly onPart: (part: Part, tracks: PartTracks) => void;
}

/** A part waits for its sound until the video is this many frames further; then it goes out without. */
const AUDIO_PATIENCE_FRAMES = 15;
/** AAC units of sound that may wait for pictures: 12 s and more. */
const MAX_WAITING_UNITS = 600;
/** Frames that may wait for the sound's encoder to start: at least two segments, so that whole ones can be dropped. */
const MAX_WAITING_FRAMES = 600;

type Video = Packet<H264Config>;
type Audio = Packet<AacConfig>;

interface OpenPart {
  readonly video: Video[];
  readonly segment: number;
  readonly index: number;
  readonly discontinuity: boolean;
  readonly last: boolean;
}

/** Pure but for its callback: no clock, no files, no sockets. */
export class Packager {
  readonly #options: PackagerOptions;
  #init: InitSegment | undefined;
  #initFor: { video: H264Config; audio: AacConfig } | undefined;
  #audioConfig: AacConfig | undefined;
  #frames: Video[] = [];
  #sound: Audio[] = [];
  /** Complete in pictures, waiting for their sound. */
  #pending: OpenPart[] = [];
  #segment: number;
  #segmentStart = 0;
  #index = 0;
  #previous: Video | undefined;
  #discontinuity: boolean;
  #sequence = 0;

  constructor(options: PackagerOptions) {
    this.#options = options;
    this.#segment = (options.goesOn?.segment ?? 0) - 1;
    this.#discontinuity = options.goesOn !== undefined;
  }

  /** Takes the next picture of the program. */
  video(packet: Video): void {
    const previous = this.#previous;
    if (previous && this.#breaksOff(packet, previous)) {
      this.#cut(true);
      this.#discontinuity = true;
      this.#previous = undefined;
    }
    // Only a key frame can start a segment; after a break everything before it is lost anyway.
    if (!packet.keyframe && this.#previous === undefined) return;
    if (packet.keyframe) this.#startSegment(packet);
    else if (this.#isFull(packet.duration)) this.#cut(false);
    this.#previous = packet;
    this.#frames.push(packet);
    const end = endOf(packet);
    const { segmentFrames } = this.#options;
    const endOfSegment = end - this.#segmentStart >= segmentFrames;
    // After a break the next key frame may come here, where the encoder places them. The part is kept open until it is known whether
    // it ends its segment: if it did not say so, players would wait for a next part.
    const mayEnd = !endOfSegment && end % segmentFrames === 0;
    if (endOfSegment || (!mayEnd && this.#isFull(packet.duration))) this.#cut(endOfSegment);
    this.#publish(end);
  }

  /** Takes the next sound of the program. */
  audio(packet: Audio): void {
    this.#audioConfig = packet.config;
    this.#sound.push(packet);
    // Sound without pictures (the video encoder restarts) is kept for a while.
    if (this.#sound.length > MAX_WAITING_UNITS) this.#sound.shift();
    this.#publish(this.#previous ? endOf(this.#previous) : 0);
  }

  /** The session is over: gives out what is left. */
  end(): void {
    this.#cut(true);
    this.#publish(Number.POSITIVE_INFINITY);
  }

  /** Whether the timeline breaks before `packet`: another encoder, a lost frame, or a segment beyond its length. */
  #breaksOff(packet: Video, previous: Video): boolean {
    if (packet.config !== previous.config || packet.pts !== endOf(previous)) return true;
    return !packet.keyframe && packet.pts - this.#segmentStart >= this.#options.segmentFrames;
  }

  /** Another picture of this duration would make the part too long. */
  #isFull(duration: number): boolean {
    const [first] = this.#frames;
    const last = this.#frames.at(-1);
    return first !== undefined && last !== undefined && endOf(last) - first.pts + duration > this.#options.partFrames;
  }

  #startSegment(packet: Video): void {
    this.#cut(true);
    this.#segment += 1;
    this.#segmentStart = packet.pts;
    this.#index = 0;
  }

  #cut(last: boolean): void {
    if (this.#frames.length === 0) return;
    this.#pending.push({
      video: this.#frames,
      segment: this.#segment,
      index: this.#index,
      discontinuity: this.#discontinuity,
      last,
    });
    this.#frames = [];
    this.#index += 1;
    this.#discontinuity = false;
    this.#forgetOldest();
  }

  /** A segment without its beginning is useless, so segments are dropped whole. */
  #forgetOldest(): void {
    const oldest = this.#pending[0];
    const newest = this.#pending.at(-1);
    if (!oldest || !newest) return;
    const waiting = firstFrameOf(newest) - firstFrameOf(oldest);
    if (waiting < Math.max(MAX_WAITING_FRAMES, 2 * this.#options.segmentFrames)) return;
    this.#pending = this.#pending.filter(({ segment }) => segment !== oldest.segment);
  }

  #publish(frame: number): void {
    for (let open = this.#pending[0]; open; open = this.#pending[0]) {
      const end = endOf(open.video.at(-1) as Video);
      const endSample = rescale(end, this.#options.framerate, SAMPLE_RATE);
      const newest = this.#sound.at(-1);
      const heard = newest !== undefined && newest.pts + newest.duration >= endSample;
      if (!this.#audioConfig && frame !== Number.POSITIVE_INFINITY) return;
      if (!heard && frame - end < AUDIO_PATIENCE_FRAMES) return;
      this.#pending.shift();
      this.#emit(open, endSample);
    }
  }

  #emit(open: OpenPart, endSample: number): void {
    const audioConfig = this.#audioConfig;
    if (!audioConfig) return;
    const first = open.video[0] as Video;
    const { framerate, onPart } = this.#options;
    const startSample = rescale(first.pts, framerate, SAMPLE_RATE);
    const count = this.#sound.findIndex((packet) => packet.pts >= endSample);
    const taken = this.#sound.splice(0, count < 0 ? this.#sound.length : count);
    // After a break, as at the beginning, sound may be older than the first picture; a unit may reach into it, not lie before it.
    const follows = this.#sequence > 0 && !open.discontinuity;
    const sound = taken.filter((packet) => packet.pts + packet.duration > startSample || follows);
    const init = this.#initSegment(first.config, audioConfig);
    const video = {
      trackId: VIDEO_TRACK_ID,
      baseDecodeTime: first.pts * TICKS_PER_FRAME,
      samples: open.video.map((picture) => ({
        data: pictureData(picture),
        keyframe: picture.keyframe,
        duration: picture.duration * TICKS_PER_FRAME,
      })),
    };
    const audio = {
      trackId: AUDIO_TRACK_ID,
      baseDecodeTime: sound[0]?.pts ?? 0,
      samples: sound.map((unit, index) => ({
        data: unit.data,
        duration: durationOf(unit, sound[index + 1]),
        keyframe: true,
      })),
    };
    this.#sequence += 1;
    const part: Part = {
      init,
      segment: open.segment,
      index: open.index,
      firstFrame: first.pts,
      frames: endOf(open.video.at(-1) as Video) - first.pts,
      independent: first.keyframe,
      discontinuity: open.discontinuity,
      last: open.last,
      wallTime: first.wallTime,
      data: fragment(this.#sequence, sound.length > 0 ? [video, audio] : [video]),
    };
    onPart(part, { video, audio, videoConfig: first.config, audioConfig });
  }

  /** A new one only when the bytes differ: a restarted encoder with the same parameters continues with the old one. */
  #initSegment(video: H264Config, audio: AacConfig): InitSegment {
    if (this.#init && this.#initFor?.video === video && this.#initFor.audio === audio) return this.#init;
    this.#initFor = { video, audio };
    const timescale = this.#options.framerate * TICKS_PER_FRAME;
    const data = initSegment({ video: { config: video, timescale }, audio: { config: audio, timescale: SAMPLE_RATE } });
    if (this.#init && Buffer.compare(this.#init.data, data) === 0) return this.#init;
    this.#init = {
      generation: this.#init ? this.#init.generation + 1 : (this.#options.goesOn?.generation ?? 0),
      data,
      codecs: [video.codecString, audio.codecString],
      width: video.width,
      height: video.height,
      framerate: this.#options.framerate,
    };
    return this.#init;
  }
}

/** The first frame after those that a picture covers. */
function endOf(packet: Video): number {
  return packet.pts + packet.duration;
}

function firstFrameOf(part: OpenPart): number {
  return part.video[0]?.pts ?? 0;
}

/** Reaches to the next unit of the part, so that sound after a gap keeps its time. */
function durationOf(unit: Audio, next: Audio | undefined): number {
  return next && next.pts > unit.pts ? next.pts - unit.pts : unit.duration;
}
