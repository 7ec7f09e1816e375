/** Browsers keep a page silent until somebody touches it: sound starts with the next click or key. */

const GESTURES = ['pointerdown', 'keydown'] as const;

/** Watches a context until `close`; the context stays its owner's. */
export class SoundUnlock {
  readonly #context: AudioContext;
  readonly #changed: () => void;

  /** `changed` is called when `blocked` may have changed. */
  constructor(context: AudioContext, changed: () => void) {
    this.#context = context;
    this.#changed = changed;
    context.addEventListener('statechange', this.#onState);
    this.#onState();
  }

  /** Also while another program has interrupted the sound, as phones do for a call. */
  get blocked(): boolean {
    return this.#context.state !== 'running' && this.#context.state !== 'closed';
  }

  /** Tries to start the sound; call it in a click. */
  readonly unlock = (): void => {
    // Refused until the person does something: then it is tried again.
    if (this.blocked) this.#context.resume().catch(() => undefined);
  };

  close(): void {
    this.#context.removeEventListener('statechange', this.#onState);
    for (const gesture of GESTURES) window.removeEventListener(gesture, this.unlock);
  }

  readonly #onState = (): void => {
    for (const gesture of GESTURES) {
      if (this.blocked) window.addEventListener(gesture, this.unlock);
      else window.removeEventListener(gesture, this.unlock);
    }
    this.#changed();
  };
}
