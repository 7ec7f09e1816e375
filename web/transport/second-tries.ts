/** Tracks that the server gave up and that are announced again after a while: whose turn comes when, and which have recovered. */
import { LASTED_MS, secondTry } from '../../src/protocol/second-try.ts';
import type { OutgoingTrack } from './outgoing-track.ts';

/** Time as it needs it. */
export interface TriesClock {
  nowMs(): number;
  /** Calls once, unless what it returns is called before. */
  after(ms: number, fn: () => void): () => void;
}

interface State {
  failures: number;
  attachedMs: number | undefined;
  stop: () => void;
}

/** Forgets a track with `forget`; while there is no connection nothing is tried. */
export class SecondTries {
  readonly #clock: TriesClock;
  readonly #states = new Map<OutgoingTrack, State>();

  constructor(clock: TriesClock) {
    this.#clock = clock;
  }

  /** The server has it. One that was given up before has recovered when it lasts. */
  attached(track: OutgoingTrack): void {
    const state = this.#of(track);
    state.stop();
    state.attachedMs = this.#clock.nowMs();
    if (state.failures === 0) return;
    state.stop = this.#clock.after(LASTED_MS, () => {
      state.failures = 0;
      track.wishes.lasts?.();
    });
  }

  /** The server has ended it, or does not take it again: true when `again` will be called, which announces it. */
  ended(track: OutgoingTrack, code: string, again: () => void): boolean {
    const { wishes } = track;
    const state = this.#of(track);
    state.stop();
    const lastedMs = state.attachedMs === undefined ? 0 : this.#clock.nowMs() - state.attachedMs;
    state.attachedMs = undefined;
    const next = wishes.waits && secondTry(code, state.failures, lastedMs);
    if (!next) {
      this.forget(track);
      return false;
    }
    state.failures = next.failures;
    state.stop = this.#clock.after(next.waitMs, again);
    wishes.waits?.({ ...next, why: track.remark });
    return true;
  }

  /** The connection is gone; the next one announces everything anyway. */
  pause(): void {
    for (const state of this.#states.values()) {
      state.stop();
      state.attachedMs = undefined;
    }
  }

  /** Its owner has ended it. */
  forget(track: OutgoingTrack): void {
    this.#states.get(track)?.stop();
    this.#states.delete(track);
  }

  #of(track: OutgoingTrack): State {
    const present = this.#states.get(track);
    if (present) return present;
    const state: State = { failures: 0, attachedMs: undefined, stop: () => undefined };
    this.#states.set(track, state);
    return state;
  }
}
