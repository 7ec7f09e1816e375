/** Program sound without one's own voice: Opus packets in, samples to the playback worklet, and the clock the picture follows. */
import type { Frame } from '../../src/protocol/frame.ts';
import type { ConfigMessage } from '../../src/protocol/messages.ts';
import { nowUs } from '../util/monotonic.ts';
import type { PlaybackInput, PlaybackReport } from '../worklets/playback-messages.ts';
import { Playhead } from './playhead.ts';

const MOST_DECODING = 50;

/** Runs from its making until `close`; `port` is the playback worklet's other end. */
export class ProgramAudio {
  readonly #port: MessagePort;
  readonly #playhead = new Playhead();
  readonly #failed: (message: string) => void;
  /** Program times of the packets in the decoder: it counts time by itself after the first, and would miss a gap. */
  #times: number[] = [];
  #decoder: AudioDecoder | undefined;
  #config: AudioDecoderConfig | undefined;
  #report: PlaybackReport | undefined;
  #outputLatencyS = 0;

  /** `failed` hears why sound cannot be decoded. */
  constructor(port: MessagePort, failed: (message: string) => void) {
    this.#port = port;
    this.#failed = failed;
    port.onmessage = ({ data }: MessageEvent<PlaybackReport>) => {
      this.#report = data;
      this.#playhead.note(data, nowUs());
    };
  }

  /** From the worklet to the ear, seconds; only the page knows. */
  set outputLatencyS(seconds: number) {
    this.#outputLatencyS = seconds;
  }

  /** The newest report of the audio thread. */
  get report(): PlaybackReport | undefined {
    return this.#report;
  }

  /** Program time being heard, microseconds; undefined while no sound plays. */
  playheadUs(): number | undefined {
    return this.#playhead.at(nowUs(), this.#outputLatencyS);
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
    this.#port.close();
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
    this.#port.postMessage(
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
