/** Parts of a session that are made before its log is open. */
import type { Part } from '../media/part.ts';

/** Parts that wait: a disk that takes longer than these last is no place for a recording. */
export const MAX_EARLY_PARTS = 40;

/** One for a pipeline; what comes beyond the limit is left out of the log, and of nothing else. */
export class EarlyParts {
  #parts: Part[] = [];

  add(part: Part): void {
    if (this.#parts.length < MAX_EARLY_PARTS) this.#parts.push(part);
  }

  /** Gives them away, oldest first. */
  take(): readonly Part[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }
}
