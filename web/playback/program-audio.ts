/** Program sound without one's own voice: Opus packets in, the speaker out, and the clock the picture follows. */
import type { Frame } from '../../src/protocol/frame.ts';
import type { ConfigMessage } from '../../src/protocol/messages.ts';
import type { PlaybackInput, PlaybackReport } from '../worklets/playback-messages.ts';
import workletUrl from '../worklets/playback-worklet.ts?worker&url';
import { Playhead } from './playhead.ts';

const MOST_DECODING = 50;

/** Runs from `start` until `close`; the context stays its owner's. */
export class ProgramAudio {
  readonly #context: AudioContext;
  readonly #worklet: AudioWorkletNode;
  readonly #gain: GainNode;
  readonly #playhead = new Playhead();
  readonly #failed: (message: string) => void;
  /** Program times of the packets in the decoder: it counts time by itself after the first, and would miss a gap. */
  #times: number[] = [];
  #decoder: AudioDecoder | undefined;
  #config: AudioDecoderConfig | undefined;
  #report: PlaybackReport | undefined;

  /** Loads the worklet. `failed` hears why sound cannot be decoded. */
  static async start(context: AudioContext, failed: (message: string) => void): Promise<ProgramAudio> {
    await context.audioWorklet.addModule(workletUrl);
    return new ProgramAudio(context, failed);
  }

  private constructor(context: AudioContext, failed: (message: string) => void) {
    this.#context = context;
    this.#failed = failed;
    this.#gain = new GainNode(context);
    this.#worklet = new AudioWorkletNode(context, 'gridcast-playback', {
      numberOfInputs: 0,
      numberOfOutputs: 1,
      outputChannelCount: [2],
    });
    this.#worklet.port.onmessage = (event: MessageEvent<PlaybackReport>) => {
      this.#report = event.data;
      this.#playhead.note(event.data);
    };
    this.#worklet.connect(this.#gain).connect(context.destination);
  }

  /** 0 (silent) to 1. */
  set volume(volume: number) {
    this.#gain.gain.setTargetAtTime(volume, this.#context.currentTime, 0.02);
  }

  /** The newest report of the audio thread. */
  get report(): PlaybackReport | undefined {
    return this.#report;
  }

  /** Program time being heard, microseconds; undefined while no sound plays. */
  playheadUs(): number | undefined {
    if (this.#context.state !== 'running') return undefined;
    return this.#playhead.at(this.#context.currentTime, this.#context.outputLatency);
  }

  configure(config: ConfigMessage): void {
    if (config.codec !== 'opus') return;
    this.#config = { codec: 'opus', sampleRate: config.sampleRate, numberOfChannels: config.channels };
    this.#closeDecoder();
  }

  push({ header, payload }: Frame): void {
    if (!this.#config) return;
    const decoder = this.#decoder ?? this.#open(this.#config);
    if (decoder.decodeQueueSize > MOST_DECODING) return;
    this.#times.push(header.captureUs);
    decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: header.captureUs, data: payload }));
  }

  /** The connection was cut. */
  reset(): void {
    this.#closeDecoder();
  }

  close(): void {
    this.#closeDecoder();
    this.#worklet.port.onmessage = null;
    this.#worklet.disconnect();
    this.#gain.disconnect();
  }

  #open(config: AudioDecoderConfig): AudioDecoder {
    const decoder = new AudioDecoder({
      output: (audio) => {
        if (this.#decoder === decoder) this.#play(audio);
        audio.close();
      },
      error: (error) => {
        if (this.#decoder !== decoder) return;
        this.#decoder = undefined;
        this.#times = [];
        if (error.name === 'NotSupportedError') this.#failed(error.message);
      },
    });
    this.#decoder = decoder;
    decoder.configure(config);
    return decoder;
  }

  #play(audio: AudioData): void {
    const startUs = this.#times.shift() ?? audio.timestamp;
    const channels = Array.from({ length: audio.numberOfChannels }, (_, planeIndex) => {
      const samples = new Float32Array(audio.numberOfFrames);
      audio.copyTo(samples, { planeIndex, format: 'f32-planar' });
      return samples;
    });
    const input: PlaybackInput = { startUs, channels };
    this.#worklet.port.postMessage(
      input,
      channels.map((samples) => samples.buffer),
    );
  }

  #closeDecoder(): void {
    if (this.#decoder && this.#decoder.state !== 'closed') this.#decoder.close();
    this.#decoder = undefined;
    this.#times = [];
  }
}
