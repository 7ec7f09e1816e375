/** Pictures of a publisher that the server gave up: when they are sent again, and how often that was in vain. */
import { secondTry } from '../../protocol/second-try.ts';
import type { Clock, Disposer } from '../../util/clock.ts';

interface State {
  failures: number;
  /** When the server took it again; undefined while it has not. */
  takenMs: number | undefined;
  stop: Disposer | undefined;
}

/** `again` is called once for each `add` that gave a time, unless `close` comes first. */
export class GivenUpTracks {
  readonly #clock: Clock;
  readonly #again: (track: number) => void;
  readonly #states = new Map<number, State>();

  constructor(clock: Clock, again: (track: number) => void) {
    this.#clock = clock;
    this.#again = again;
  }

  /** Tracks that are to be sent again later. */
  get waiting(): number {
    return [...this.#states.values()].filter(({ stop }) => stop).length;
  }

  /** Whether the track was announced again and the server has not answered yet. */
  isTrying(track: number): boolean {
    const state = this.#states.get(track);
    return state !== undefined && state.failures > 0 && state.takenMs === undefined && !state.stop;
  }

  /** The server has the track. */
  taken(track: number): void {
    this.#of(track).takenMs = this.#clock.monotonicMs();
  }

  /** The server has ended it, or did not take it again: milliseconds until it is sent again, or undefined for never. */
  add(track: number, code: string): number | undefined {
    const state = this.#of(track);
    const lastedMs = state.takenMs === undefined ? 0 : this.#clock.monotonicMs() - state.takenMs;
    const next = secondTry(code, state.failures, lastedMs);
    state.stop?.();
    if (!next) {
      this.#states.delete(track);
      return undefined;
    }
    state.failures = next.failures;
    state.takenMs = undefined;
    state.stop = this.#clock.after(next.waitMs, () => {
      state.stop = undefined;
      this.#again(track);
    });
    return next.waitMs;
  }

  /** Nothing is sent again. */
  close(): void {
    for (const { stop } of this.#states.values()) stop?.();
    this.#states.clear();
  }

  #of(track: number): State {
    const present = this.#states.get(track);
    if (present) return present;
    const state: State = { failures: 0, takenMs: undefined, stop: undefined };
    this.#states.set(track, state);
    return state;
  }
}
