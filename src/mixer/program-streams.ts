/** The program as streams of packets, made from what the mixer process sends. They outlive every process. */
import type { AacConfig, H264Config } from '../media/codec.ts';
import { parseAvcC } from '../media/h264.ts';
import { Stream } from '../media/stream.ts';
import { pts, wallTime } from '../media/timestamp.ts';
import { type FromMixer, MIXER_CHANNEL, type ProgramOptions } from './link-messages.ts';
import type { LinkMedia } from './link.ts';
import { AAC_FRAMES } from './program-audio-encoder.ts';

/** Two groups of pictures at any sensible size. */
const REPLAY = { maxItems: 1200, maxBytes: 16 * 1024 * 1024 };

/** A configuration and the program frames that one picture of it stands for. */
interface Rendition {
  readonly config: H264Config;
  readonly frameStep: number;
}

/** Owned by the mixer; `close` ends every stream. */
export class ProgramStreams {
  /** `pts` counts frames of the session, also where a picture stands for several of them. */
  readonly video: Stream<H264Config>;
  /** The same picture, smaller, while anybody wants it. */
  readonly low: Stream<H264Config>;
  /** `pts` counts samples of the session. */
  readonly audio = new Stream<AacConfig>({ label: 'program.audio', timescale: 48000 });
  readonly #program: ProgramOptions;
  #full: Rendition | undefined;
  #small: Rendition | undefined;
  #audioConfig: AacConfig | undefined;

  constructor(program: ProgramOptions) {
    this.#program = program;
    this.video = new Stream<H264Config>({ label: 'program.video', timescale: program.framerate, replay: REPLAY });
    this.low = new Stream<H264Config>({ label: 'program.low', timescale: program.framerate, replay: REPLAY });
  }

  /** An encoder of the program began. */
  configure(message: Extract<FromMixer, { type: 'video-config' | 'audio-config' }>): void {
    const description = Uint8Array.from(Buffer.from(message.description, 'base64'));
    if (message.type === 'audio-config') {
      const codecString = 'mp4a.40.2';
      this.#audioConfig = { codec: 'aac', codecString, description, sampleRate: 48000, channels: 2 };
      return;
    }
    const { width, height, frameStep } = message;
    const { codecString } = parseAvcC(description);
    const framerate = this.#program.framerate / frameStep;
    const rendition: Rendition = {
      config: { codec: 'h264', format: 'avc', codecString, description, width, height, framerate },
      frameStep,
    };
    if (message.rendition === 'low') this.#small = rendition;
    else this.#full = rendition;
  }

  /** Takes a packet of one of the program's own channels. */
  write(media: LinkMedia): void {
    const { framerate, originWallMs } = this.#program;
    const { data, keyframe } = media;
    if (media.channel === MIXER_CHANNEL.audio) {
      const config = this.#audioConfig;
      const wall = wallTime(originWallMs + media.pts / 48);
      if (config)
        this.audio.write({ data, pts: pts(media.pts), duration: AAC_FRAMES, wallTime: wall, keyframe: true, config });
      return;
    }
    const low = media.channel === MIXER_CHANNEL.low;
    const rendition = low ? this.#small : this.#full;
    if (!rendition) return;
    const { config, frameStep } = rendition;
    const wall = wallTime(originWallMs + (media.pts * 1000) / framerate);
    (low ? this.low : this.video).write({
      data,
      pts: pts(media.pts),
      duration: frameStep,
      wallTime: wall,
      keyframe,
      config,
    });
  }

  close(): void {
    this.video.close();
    this.low.close();
    this.audio.close();
  }
}
