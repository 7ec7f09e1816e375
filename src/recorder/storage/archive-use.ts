/** Counts the readers of each archive, so that none is deleted while it is read. */
import { NotFoundError } from '../../errors.ts';
import type { Disposer } from '../../util/clock.ts';

/** Counts readers; an archive that was claimed by whoever deletes it gets no new ones. */
export class ArchiveUse {
  readonly #readers = new Map<string, number>();
  readonly #claimed = new Set<string>();

  /** @throws NotFoundError `recording_not_found` for what is about to be deleted. */
  begin(recording: string): Disposer {
    if (this.#claimed.has(recording)) {
      throw new NotFoundError('recording_not_found', 'This recording is being deleted; see the list of recordings.');
    }
    this.#readers.set(recording, (this.#readers.get(recording) ?? 0) + 1);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const left = (this.#readers.get(recording) ?? 1) - 1;
      if (left > 0) this.#readers.set(recording, left);
      else this.#readers.delete(recording);
    };
  }

  /** Whether somebody reads it. */
  has(recording: string): boolean {
    return this.#readers.has(recording);
  }

  /** From now on nobody begins to read it, until disposed; undefined when somebody does already, or another has claimed it. */
  claim(recording: string): Disposer | undefined {
    if (this.#readers.has(recording) || this.#claimed.has(recording)) return undefined;
    this.#claimed.add(recording);
    return () => {
      this.#claimed.delete(recording);
    };
  }
}
