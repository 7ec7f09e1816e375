/** The level of a microphone that is not being sent yet. */
import { levelOf } from '../worklets/framer.ts';

/** Owns an audio context of its own until `close`; browsers may start it only after the first click or key. */
export class TrackLevel {
  readonly #context = new AudioContext();
  readonly #analyser = new AnalyserNode(this.#context, { fftSize: 1024 });
  readonly #samples = new Float32Array(this.#analyser.fftSize);
  #source: MediaStreamAudioSourceNode | undefined;
  #track: MediaStreamTrack | undefined;

  constructor() {
    for (const gesture of ['pointerdown', 'keydown']) window.addEventListener(gesture, this.#resume);
  }

  /** Listens to `track`, or to nothing. */
  set track(track: MediaStreamTrack | undefined) {
    if (track === this.#track) return;
    this.#track = track;
    this.#source?.disconnect();
    this.#source = track && this.#context.createMediaStreamSource(new MediaStream([track]));
    this.#source?.connect(this.#analyser);
    this.#resume();
  }

  /** -dBov, 0–127. */
  get level(): number {
    if (!this.#source) return 127;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    return levelOf(this.#samples);
  }

  close(): void {
    for (const gesture of ['pointerdown', 'keydown']) window.removeEventListener(gesture, this.#resume);
    this.#source?.disconnect();
    if (this.#context.state !== 'closed') void this.#context.close();
  }

  readonly #resume = (): void => {
    if (this.#context.state === 'suspended') this.#context.resume().catch(() => undefined);
  };
}
