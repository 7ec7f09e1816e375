/** Microphone sound to Opus packets of 20 ms on an outgoing track. */
import type { OutgoingTrack, TrackWishes } from '../transport/outgoing-track.ts';
import { nowUs } from '../util/monotonic.ts';
import type { Problem } from '../util/problem.ts';
import type { FramedAudio } from '../worklets/framer.ts';
import workletUrl from '../worklets/microphone-worklet.ts?worker&url';
import { CaptureClock } from './capture-clock.ts';

const SAMPLE_RATE = 48000;
const FRAME_US = 20_000;
const BITRATE = 32_000;
const RAMP_S = 0.02;
const MOST_QUEUED = 25;
const SILENCE = 127;

/** What it needs. */
export interface MicrophoneCaptureOptions {
  /** Running at 48 kHz. */
  readonly context: AudioContext;
  readonly track: MediaStreamTrack;
  readonly muted: boolean;
  publish(wishes: TrackWishes): OutgoingTrack;
  /** Level of each 20 ms, -dBov 0–127, whether muted or not. */
  level(level: number): void;
  failed(problem: Problem): void;
}

/** What of a packet has to wait for the encoder. */
interface Pending {
  readonly captureUs: number;
  readonly level: number;
  readonly muted: boolean;
}

/** Runs from its making, after `prepare`, until `stop`. While muted it goes on sending silence: the timeline stays whole, and unmuting is instant. */
export class MicrophoneCapture {
  readonly outgoing: OutgoingTrack;
  readonly #options: MicrophoneCaptureOptions;
  readonly #source: MediaStreamAudioSourceNode;
  readonly #gain: GainNode;
  readonly #worklet: AudioWorkletNode;
  readonly #encoder: AudioEncoder;
  readonly #clock = new CaptureClock();
  readonly #pending: Pending[] = [];
  #muted: boolean;
  #stopped = false;

  /** Loads what runs on the audio thread, once for each context. Rejects when the browser cannot. */
  static prepare(context: AudioContext): Promise<void> {
    return context.audioWorklet.addModule(workletUrl);
  }

  constructor(options: MicrophoneCaptureOptions) {
    this.#options = options;
    this.#muted = options.muted;
    const { context } = options;
    this.#source = context.createMediaStreamSource(new MediaStream([options.track]));
    this.#gain = new GainNode(context, { gain: options.muted ? 0 : 1 });
    this.#worklet = new AudioWorkletNode(context, 'gridcast-microphone', {
      numberOfInputs: 1,
      numberOfOutputs: 1,
      channelCount: 1,
      // Some microphones claim two channels and fill one.
      channelCountMode: 'explicit',
    });
    this.#worklet.port.onmessage = (event: MessageEvent<FramedAudio>) => this.#take(event.data);
    // Its output is silence; being connected keeps the browser rendering it.
    this.#source.connect(this.#gain).connect(this.#worklet).connect(context.destination);
    this.outgoing = options.publish({
      keyframe: () => undefined,
      target: () => undefined,
      refused: (message) => this.#fail(message),
    });
    this.outgoing.state = options.muted ? 'muted' : 'live';
    this.outgoing.configure({ codec: 'opus', sampleRate: SAMPLE_RATE, channels: 1 });
    this.#encoder = new AudioEncoder({
      output: (chunk) => this.#send(chunk),
      error: (error) => this.#fail(error.message),
    });
    this.#encoder.configure({ codec: 'opus', sampleRate: SAMPLE_RATE, numberOfChannels: 1, bitrate: BITRATE });
  }

  set muted(muted: boolean) {
    if (muted === this.#muted) return;
    this.#muted = muted;
    this.outgoing.state = muted ? 'muted' : 'live';
    const { gain } = this.#gain;
    const now = this.#options.context.currentTime;
    gain.setValueAtTime(gain.value, now);
    gain.linearRampToValueAtTime(muted ? 0 : 1, now + RAMP_S);
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#worklet.port.onmessage = null;
    for (const node of [this.#source, this.#gain, this.#worklet]) node.disconnect();
    if (this.#encoder.state !== 'closed') this.#encoder.close();
  }

  #take(frame: FramedAudio): void {
    if (this.#stopped) return;
    const deviceUs = Math.round((frame.firstSample * 1e6) / SAMPLE_RATE);
    // The page hears of a frame when it is full: its first sample is 20 ms older.
    const captureUs = this.#clock.map(deviceUs, nowUs() - FRAME_US);
    this.#options.level(frame.level);
    if (this.#encoder.encodeQueueSize > MOST_QUEUED) return;
    this.#pending.push({ captureUs, level: this.#muted ? SILENCE : frame.level, muted: this.#muted });
    const audio = new AudioData({
      format: 'f32-planar',
      sampleRate: SAMPLE_RATE,
      numberOfFrames: frame.samples.length,
      numberOfChannels: 1,
      timestamp: captureUs,
      data: frame.samples,
    });
    this.#encoder.encode(audio);
    audio.close();
  }

  /** One packet for one frame, in order: encoders count time by themselves, so the times noted going in are kept. */
  #send(chunk: EncodedAudioChunk): void {
    const pending = this.#pending.shift();
    if (!pending || this.#stopped) return;
    const payload = new Uint8Array(chunk.byteLength);
    chunk.copyTo(payload);
    this.outgoing.send({ ...pending, keyframe: true, durationUs: FRAME_US, payload });
  }

  #fail(reason: string): void {
    if (this.#stopped) return;
    this.stop();
    this.#options.failed({
      title: 'Your microphone is not being sent',
      detail: `${reason} Leave the room and join again.`,
      retry: true,
    });
  }
}
