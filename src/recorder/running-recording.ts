/** A recording of a session that still lives: what it keeps from being deleted. */
import type { Disposer } from '../util/clock.ts';
import type { LiveSession } from './live-session.ts';

/** Holds each of its ranges in the session's log until released. */
export class RunningRecording {
  readonly id: string;
  readonly session: LiveSession;
  readonly #holds: Disposer[] = [];
  #open: { readonly from: number; readonly release: Disposer } | undefined;

  constructor(id: string, session: LiveSession) {
    this.id = id;
    this.session = session;
  }

  /** Starts a range; what comes from `frame` on is held. */
  begin(frame: number): void {
    this.#open ??= { from: frame, release: this.session.log.hold(frame) };
  }

  /** Ends the range that runs, if one does: it is held, and nothing after it. */
  end(frame: number): void {
    const open = this.#open;
    if (!open) return;
    this.#open = undefined;
    this.#holds.push(this.session.log.hold(open.from, frame));
    open.release();
  }

  /** Lets everything go. */
  release(): void {
    this.#open?.release();
    this.#open = undefined;
    for (const release of this.#holds.splice(0)) release();
  }
}
