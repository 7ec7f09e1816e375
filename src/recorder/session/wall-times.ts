/** Maps frames of a session to wall-clock time: pure. */
import type { PartEntry, SessionIndex } from './session-index.ts';

/** Knows when each frame that is on the disk was shown; in between it goes on from the part before. */
export class WallTimes {
  readonly #parts: readonly PartEntry[];
  readonly #framerate: number;

  constructor(index: Pick<SessionIndex, 'parts'>, framerate: number) {
    this.#parts = [...index.parts].sort((a, b) => a.firstFrame - b.firstFrame);
    this.#framerate = framerate;
  }

  /** Milliseconds since 1970-01-01T00:00Z; undefined when nothing is on the disk. */
  of(frame: number): number | undefined {
    const part = this.#parts[Math.max(0, this.#lastBegunBy(frame))];
    return part && part.wallTime + ((frame - part.firstFrame) * 1000) / this.#framerate;
  }

  /** Position of the last part that begins at the frame or before it; -1 when none does. */
  #lastBegunBy(frame: number): number {
    let low = 0;
    let high = this.#parts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#parts[middle]?.firstFrame ?? 0) <= frame) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** `14:03:10` in the zone of this machine. */
export function timeOfDay(wallMs: number): string {
  const time = new Date(Math.floor(wallMs));
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}
