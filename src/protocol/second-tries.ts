/** Pictures that the server gave up: which of them are announced again, when, and how often that was in vain. For pages and commands. */
import { LASTED_MS, type SecondTry, secondTry } from './second-try.ts';

/** Time as it needs it. */
export interface TriesClock {
  /** Milliseconds that never go back. */
  monotonicMs(): number;
  /** Calls once after so many milliseconds, unless what it returns is called before. */
  after(ms: number, fn: () => void): () => void;
}

interface State {
  failures: number;
  /** When the server took it; undefined while it has not. */
  takenMs: number | undefined;
  /** It is to be announced again later. */
  waits: boolean;
  /** Ends the only timer of the track. */
  stop: () => void;
}

/** `Track` is whatever a track is told by. Each has one timer at most, which `pause`, `forget` and `close` end. */
export class SecondTries<Track> {
  readonly #clock: TriesClock;
  readonly #states = new Map<Track, State>();

  constructor(clock: TriesClock) {
    this.#clock = clock;
  }

  /** Tracks that are to be announced again later. */
  get waiting(): number {
    return [...this.#states.values()].filter(({ waits }) => waits).length;
  }

  /** Whether the track was announced again and the server has not answered yet. */
  isTrying(track: Track): boolean {
    const state = this.#states.get(track);
    return state !== undefined && state.failures > 0 && state.takenMs === undefined && !state.waits;
  }

  /**
   * The server has the track.
   * @param lasts is called once when one that was given up before has recovered: it has lasted for `LASTED_MS`
   */
  taken(track: Track, lasts?: () => void): void {
    const state = this.#of(track);
    rest(state);
    state.takenMs = this.#clock.monotonicMs();
    if (state.failures === 0 || !lasts) return;
    state.stop = this.#clock.after(LASTED_MS, () => {
      state.failures = 0;
      lasts();
    });
  }

  /**
   * The server has ended the track, or did not take it again; `code` is that of its error.
   * @param again announces the track
   * @returns when `again` will be called; undefined: never, and the track is forgotten
   */
  ended(track: Track, code: string, again: () => void): SecondTry | undefined {
    const state = this.#of(track);
    rest(state);
    const lastedMs = state.takenMs === undefined ? 0 : this.#clock.monotonicMs() - state.takenMs;
    const next = secondTry(code, state.failures, lastedMs);
    if (!next) {
      this.#states.delete(track);
      return undefined;
    }
    state.takenMs = undefined;
    state.failures = next.failures;
    state.waits = true;
    state.stop = this.#clock.after(next.waitMs, () => {
      state.waits = false;
      again();
    });
    return next;
  }

  /** Nothing is announced again by itself; for a connection that is gone, whose successor announces everything anyway. */
  pause(): void {
    for (const state of this.#states.values()) {
      rest(state);
      state.takenMs = undefined;
    }
  }

  /** Its owner has ended the track. */
  forget(track: Track): void {
    const state = this.#states.get(track);
    if (state) rest(state);
    this.#states.delete(track);
  }

  /** Nothing is announced again, and nothing remembered. */
  close(): void {
    for (const state of this.#states.values()) rest(state);
    this.#states.clear();
  }

  #of(track: Track): State {
    const present = this.#states.get(track);
    if (present) return present;
    const state: State = { failures: 0, takenMs: undefined, waits: false, stop: () => undefined };
    this.#states.set(track, state);
    return state;
  }
}

function rest(state: State): void {
  state.stop();
  state.waits = false;
}
