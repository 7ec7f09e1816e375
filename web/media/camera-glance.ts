/** A short look through one's own camera, before one decides. */

/** Tells each change of `state`; `shut` when nobody looks any more. */
export class CameraGlance {
  readonly #changed: () => void;
  #stream: MediaStream | undefined;
  #state: 'shut' | 'opening' | 'open' | 'failed' = 'shut';
  /** Counts what was asked: only the last one opens. */
  #asked = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get state(): 'shut' | 'opening' | 'open' | 'failed' {
    return this.#state;
  }

  get stream(): MediaStream | undefined {
    return this.#stream;
  }

  async open(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.#set('opening');
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 } });
      if (asked !== this.#asked) {
        stop(stream);
        return;
      }
      this.#stream = stream;
      this.#set('open');
    } catch {
      if (asked === this.#asked) this.#set('failed');
    }
  }

  shut(): void {
    this.#asked += 1;
    if (this.#stream) stop(this.#stream);
    this.#stream = undefined;
    if (this.#state !== 'shut') this.#set('shut');
  }

  #set(state: CameraGlance['state']): void {
    this.#state = state;
    this.#changed();
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
