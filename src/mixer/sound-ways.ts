/** How long the sound of each track of a participant takes at the least: a film's may take longer than their microphone's. */
import { TransferFloor } from './transfer-floor.ts';

/** What is late for so long, without counting, has ended, milliseconds. */
const FORGOTTEN_MS = 10_000;

/** A time in which nothing came soon enough, and the smallest `arrival - capture` in it, milliseconds. */
export interface Late {
  readonly sinceMs: number;
  readonly offset: number;
}

/** One track's. */
export interface SoundWay {
  readonly floor: TransferFloor;
  /** Since when all of it has arrived too late to be played. */
  late: Late | undefined;
}

/** The slowest counts, so that all of them are in step. Tracks are told apart by any object of theirs. */
export class SoundWays {
  readonly #ways = new Map<object, SoundWay>();

  /** Milliseconds; infinite while there is no sound. */
  get ms(): number {
    let slowest = Number.NEGATIVE_INFINITY;
    for (const { floor } of this.#ways.values()) if (Number.isFinite(floor.ms)) slowest = Math.max(slowest, floor.ms);
    return Number.isFinite(slowest) ? slowest : Number.POSITIVE_INFINITY;
  }

  /** That of a track, which is added to the others. */
  of(track: object): SoundWay {
    const known = this.#ways.get(track);
    if (known) return known;
    const way = { floor: new TransferFloor(), late: undefined };
    this.#ways.set(track, way);
    return way;
  }

  /**
   * A packet of a track. One that is too late beside other sound does not count before it is known that it goes on so: the others would
   * leap for a packet that was held up.
   */
  add(track: object, offset: number, nowMs: number): void {
    const way = this.of(track);
    if (!way.late || this.#isAlone(way)) way.floor.add(offset, nowMs);
  }

  /** Forgets tracks of which nothing has come for as long as anything is remembered; false when there is none. */
  forgetOld(nowMs: number): boolean {
    let forgot = false;
    for (const [track, { floor, late }] of this.#ways) {
      // A track that ended while all of it was late never counted.
      if (!floor.isOld(nowMs) || nowMs - (late?.sinceMs ?? Number.NEGATIVE_INFINITY) < FORGOTTEN_MS) continue;
      this.#ways.delete(track);
      forgot = true;
    }
    return forgot;
  }

  clear(): void {
    this.#ways.clear();
  }

  #isAlone(way: SoundWay): boolean {
    for (const other of this.#ways.values()) if (other !== way && Number.isFinite(other.floor.ms)) return false;
    return true;
  }
}
