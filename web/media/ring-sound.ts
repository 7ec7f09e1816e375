/** What a telephone sounds like here: made of sine waves, no file. */

interface Note {
  readonly hz: number;
  /** Seconds after the beginning of the ring. */
  readonly at: number;
  readonly length: number;
}

/** Somebody calls: a rising chord, twice. */
const INCOMING: readonly Note[] = [0, 0.9].flatMap((from) => [
  { hz: 659.25, at: from, length: 0.5 },
  { hz: 830.61, at: from + 0.14, length: 0.5 },
  { hz: 987.77, at: from + 0.28, length: 0.55 },
]);
/** One calls: a soft, low tone. */
const OUTGOING: readonly Note[] = [{ hz: 425, at: 0, length: 1 }];
const PERIOD_MS = 3600;
const LOUDNESS = { incoming: 0.16, outgoing: 0.05 } as const;

/** Plays until `stop`. Where the browser lets no sound start before a click, it begins with the first one. */
export class RingSound {
  #context: AudioContext | undefined;
  #timer = 0;

  /** Whether it has been started; not whether it may be heard. */
  get playing(): boolean {
    return this.#context !== undefined;
  }

  start(kind: 'incoming' | 'outgoing'): void {
    this.stop();
    const context = new AudioContext();
    this.#context = context;
    context.resume().catch(() => undefined);
    document.addEventListener('pointerdown', this.#unlock);
    const ring = (): void => {
      if (context.state === 'running') play(context, kind === 'incoming' ? INCOMING : OUTGOING, LOUDNESS[kind]);
    };
    // The context needs a moment to start.
    context.addEventListener('statechange', ring, { once: true });
    ring();
    this.#timer = window.setInterval(ring, PERIOD_MS);
  }

  stop(): void {
    window.clearInterval(this.#timer);
    document.removeEventListener('pointerdown', this.#unlock);
    const context = this.#context;
    this.#context = undefined;
    if (context && context.state !== 'closed') void context.close();
  }

  readonly #unlock = (): void => {
    this.#context?.resume().catch(() => undefined);
  };
}

function play(context: AudioContext, notes: readonly Note[], loudness: number): void {
  for (const { hz, at, length } of notes) {
    const from = context.currentTime + at;
    const oscillator = new OscillatorNode(context, { frequency: hz });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(loudness, from + 0.03);
    gain.gain.setTargetAtTime(0, from + length * 0.4, length * 0.2);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(from);
    oscillator.stop(from + length * 1.6);
  }
}
