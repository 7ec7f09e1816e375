/** Whether a picture stands still for want of media, and why as far as that can be told. Pure. */

/** `slow`: there is more, and it does not come; `waiting`: as far as one can see there is no more yet; `short`: nobody need be told. */
export type Standstill = 'short' | 'waiting' | 'slow';

/** Shorter than this nobody needs to be told why, milliseconds. */
const SHORT_MS = 2000;
/** A standstill so soon after another one goes on with it, milliseconds: a line that is too slow plays a segment, and waits again. */
const AGAIN_MS = 10_000;
/** So much that is announced and not there, seconds, is on its way for longer than it lasts. */
const OWED_S = 1;
/** Until then what was sought is only on its way, milliseconds. */
const SEEK_MS = 1000;
/** A request without an answer explains a standstill for so long, */
const TROUBLE_MS = 10_000;
/** unless something has come so lately: then the line is only slow. */
const ALIVE_MS = 3000;

/** One for a player; times in milliseconds by one clock. */
export class StallWatch {
  #sinceMs: number | undefined;
  /** When it moved again, and how long it had stood still until then, all that followed one another soon. */
  #movedMs = Number.NEGATIVE_INFINITY;
  #stoodMs = 0;
  #soughtMs = Number.NEGATIVE_INFINITY;
  #troubleMs = Number.NEGATIVE_INFINITY;
  #aliveMs = Number.NEGATIVE_INFINITY;

  get stalled(): boolean {
    return this.#sinceMs !== undefined;
  }

  /** It stands still, or moves; returns whether that is news. */
  note(stalled: boolean, nowMs: number): boolean {
    if (stalled === this.stalled) return false;
    if (this.#sinceMs === undefined) {
      if (nowMs - this.#movedMs > AGAIN_MS) this.#stoodMs = 0;
      this.#sinceMs = nowMs;
    } else {
      this.#stoodMs += nowMs - this.#sinceMs;
      this.#movedMs = nowMs;
      this.#sinceMs = undefined;
    }
    return true;
  }

  /** Another place is sought: what it takes to load that has nothing to do with what was before. */
  seek(nowMs: number): void {
    this.#soughtMs = nowMs;
    this.#stoodMs = 0;
  }

  /** Whether that was so long ago that the picture, not there yet, stands still. */
  isLongSeek(nowMs: number): boolean {
    return nowMs - this.#soughtMs > SEEK_MS;
  }

  /** A request has found no answer. */
  trouble(nowMs: number): void {
    this.#troubleMs = nowMs;
  }

  /** Something has come over the line. */
  alive(nowMs: number): void {
    this.#aliveMs = nowMs;
  }

  /** Something else is played from now on. */
  reset(): void {
    this.#sinceMs = undefined;
    this.#stoodMs = 0;
    this.#troubleMs = Number.NEGATIVE_INFINITY;
  }

  /** Whether it stands still because the way to the server is cut. Without a network (`online`) requests are not tried, so that none fails. */
  isCut(nowMs: number, online: boolean): boolean {
    const isDead = nowMs - this.#troubleMs < TROUBLE_MS && nowMs - this.#aliveMs >= ALIVE_MS;
    return this.stalled && (!online || isDead);
  }

  /** Why it stands still; undefined while it moves. @param owedS seconds of media that are announced beyond those that lie ready */
  why(nowMs: number, owedS: number): Standstill | undefined {
    if (this.#sinceMs === undefined) return undefined;
    if (nowMs - this.#sinceMs + this.#stoodMs < SHORT_MS) return 'short';
    return owedS > OWED_S ? 'slow' : 'waiting';
  }
}
