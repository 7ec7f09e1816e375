/** A microphone's newest samples, some times a second, whatever else is done with it. */
import { type SoundReading, readSound } from './sound-signals.ts';

/** 0.68 s at 48 kHz: the largest an analyser keeps. */
const WINDOW = 32_768;

/** Listens from its making until `close`; the track stays its owner's. */
export class MicrophoneListener {
  readonly media: MediaStreamTrack;
  readonly #source: MediaStreamAudioSourceNode;
  readonly #analyser: AnalyserNode;
  readonly #samples = new Float32Array(WINDOW);
  readonly #context: AudioContext;
  readonly #startedS: number;

  constructor(context: AudioContext, media: MediaStreamTrack) {
    this.media = media;
    this.#context = context;
    this.#startedS = context.currentTime;
    this.#source = context.createMediaStreamSource(new MediaStream([media]));
    this.#analyser = new AnalyserNode(context, { fftSize: WINDOW });
    this.#source.connect(this.#analyser);
  }

  /** Undefined until there is a whole window of its sound, and while the page is not allowed to handle sound. */
  read(): SoundReading | undefined {
    const { currentTime, sampleRate, state } = this.#context;
    if (state !== 'running' || currentTime - this.#startedS < WINDOW / sampleRate) return undefined;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    return readSound(this.#samples);
  }

  close(): void {
    this.#source.disconnect();
    this.#analyser.disconnect();
  }
}
