/** One sound source on an outgoing track: frames of 20 ms in, Opus packets out. */
import type { OutgoingTrack, TrackWishes } from '../transport/outgoing-track.ts';
import { nowUs } from '../util/monotonic.ts';
import type { Problem } from '../util/problem.ts';
import { type Span, SpanMeter } from '../util/span-meter.ts';
import type { FramedAudio } from '../worklets/framer.ts';
import { CaptureClock } from './capture-clock.ts';
import type { SourceContent } from './picture-settings.ts';
import { opusConfig, SOUND_FRAME_US, SOUND_RATE } from './sound-codec.ts';

const MOST_QUEUED = 25;
const SILENCE = 127;
const LEAST_APART_US = 1000;

/** What it needs. */
export interface SoundSenderOptions {
  /** Heading of what a person reads when it fails. */
  readonly failure: string;
  publish(wishes: TrackWishes): OutgoingTrack;
  failed(problem: Problem): void;
}

/** What of a packet has to wait for the encoder. */
interface Pending {
  readonly captureUs: number;
  readonly level: number;
  readonly muted: boolean;
}

/** Sends from `open` until `stop`; opened again, it goes on with another sound on the same track. */
export class SoundSender {
  readonly kind = 'audio';
  readonly outgoing: OutgoingTrack;
  readonly #options: SoundSenderOptions;
  readonly #toSent = new SpanMeter();
  #clock = new CaptureClock();
  #port: MessagePort | undefined;
  #encoder: AudioEncoder | undefined;
  #pending: Pending[] = [];
  #muted = false;
  #lastUs = 0;
  #stopped = false;

  constructor(options: SoundSenderOptions) {
    this.#options = options;
    this.outgoing = options.publish({
      keyframe: () => undefined,
      target: () => undefined,
      refused: (message) => this.#fail(message),
    });
  }

  /** Told with every packet; the silence itself is made where the sound comes from. */
  set muted(muted: boolean) {
    this.#muted = muted;
  }

  /** From capture until a packet was handed to the socket, since the last call. */
  takeToSent(): Span | undefined {
    return this.#toSent.take();
  }

  /** Takes `port` over. Fails, and says so, when this browser has no such encoder. */
  open(port: MessagePort, channels: 1 | 2, content: SourceContent): void {
    this.#release();
    this.#clock = new CaptureClock();
    const encoder = new AudioEncoder({
      output: (chunk) => {
        if (this.#encoder === encoder) this.#send(chunk);
      },
      error: (error) => {
        if (this.#encoder === encoder) this.#fail(error.message);
      },
    });
    this.#encoder = encoder;
    encoder.configure(opusConfig(channels, content));
    this.outgoing.configure({ codec: 'opus', sampleRate: SOUND_RATE, channels });
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<FramedAudio>) => this.#take(data, channels);
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#release();
  }

  #take(frame: FramedAudio, channels: 1 | 2): void {
    const encoder = this.#encoder;
    if (!encoder || this.#stopped) return;
    const deviceUs = Math.round((frame.firstSample * 1e6) / SOUND_RATE);
    // A frame is heard of when it is full: its first sample is 20 ms older.
    const mapped = this.#clock.map(deviceUs, nowUs() - SOUND_FRAME_US);
    const captureUs = Math.max(this.#lastUs + LEAST_APART_US, mapped);
    this.#lastUs = captureUs;
    if (encoder.encodeQueueSize > MOST_QUEUED) return;
    this.#pending.push({ captureUs, level: this.#muted ? SILENCE : frame.level, muted: this.#muted });
    const audio = new AudioData({
      format: 'f32-planar',
      sampleRate: SOUND_RATE,
      numberOfFrames: frame.samples.length / channels,
      numberOfChannels: channels,
      timestamp: captureUs,
      data: frame.samples,
    });
    encoder.encode(audio);
    audio.close();
  }

  /** One packet for one frame, in order: encoders count time by themselves, so the times noted going in are kept. */
  #send(chunk: EncodedAudioChunk): void {
    const pending = this.#pending.shift();
    if (!pending) return;
    const payload = new Uint8Array(chunk.byteLength);
    chunk.copyTo(payload);
    const sent = this.outgoing.send({ ...pending, keyframe: true, durationUs: SOUND_FRAME_US, payload });
    if (sent) this.#toSent.note((nowUs() - pending.captureUs) / 1000);
  }

  #release(): void {
    this.#port?.close();
    this.#port = undefined;
    if (this.#encoder && this.#encoder.state !== 'closed') this.#encoder.close();
    this.#encoder = undefined;
    this.#pending = [];
  }

  #fail(reason: string): void {
    if (this.#stopped) return;
    this.stop();
    const detail = `${reason} Leave the room and join again.`;
    this.#options.failed({ title: this.#options.failure, detail, retry: true });
  }
}
