/** The sound of a film: to the room at a volume of its own, and to the person who plays it. */

// A jump in volume clicks.
const RAMP_S = 0.02;

/** Owns an audio context until `close`; the element's sound goes nowhere else from then on. */
export class FilmSound {
  readonly #context = new AudioContext({ sampleRate: 48000, latencyHint: 'interactive' });
  readonly #room = new MediaStreamAudioDestinationNode(this.#context, { channelCount: 2 });
  readonly #roomGain = new GainNode(this.#context);
  readonly #hereGain = new GainNode(this.#context);

  constructor(element: HTMLMediaElement) {
    const source = this.#context.createMediaElementSource(element);
    source.connect(this.#roomGain).connect(this.#room);
    source.connect(this.#hereGain).connect(this.#context.destination);
    if (this.track) this.track.contentHint = 'music';
  }

  /** What the room gets. */
  get track(): MediaStreamTrack | undefined {
    return this.#room.stream.getAudioTracks()[0];
  }

  /** As a factor, 0 (silent) to 2. */
  set roomVolume(volume: number) {
    ramp(this.#roomGain.gain, volume, this.#context.currentTime);
  }

  /** Whether the person who plays the film hears it, too: they get everybody's sound but their own. */
  set heardHere(heard: boolean) {
    ramp(this.#hereGain.gain, heard ? 1 : 0, this.#context.currentTime);
  }

  /** Browsers let sound start only in a click; call it in one. */
  resume(): void {
    this.#context.resume().catch(() => undefined);
  }

  close(): void {
    this.track?.stop();
    void this.#context.close();
  }
}

function ramp(gain: AudioParam, to: number, now: number): void {
  gain.cancelScheduledValues(now);
  gain.setValueAtTime(gain.value, now);
  gain.linearRampToValueAtTime(to, now + RAMP_S);
}
