/** Which rendition of the program suits a line, judged by how often frames had to be skipped. Times are program seconds. */
import type { Quality } from '../protocol/messages.ts';

/** Renditions of the program's picture. */
export type RenditionName = 'full' | 'low';

/** So many skips within so many seconds move a line to the small rendition. */
const TROUBLES = 3;
const WITHIN_S = 10;
/** Seconds without a skip after which the full one is tried again; twice as long after each relapse. */
const FIRST_HOLD_S = 30;
const MAX_HOLD_S = 480;
/** Seconds on the full rendition after which a line counts as sound again. */
const FORGET_S = 600;

/** One for each receiver of pictures. */
export class QualityPolicy {
  #asked: Quality = 'auto';
  #choice: RenditionName = 'full';
  /** When skips happened, at most `TROUBLES`. */
  #troubles: number[] = [];
  /** When the choice was made, or the last skip on the small rendition happened. */
  #sinceS = 0;
  #holdS = FIRST_HOLD_S;
  #relapses = 0;

  /** What the client wants; `auto` returns to what its line can take. */
  ask(quality: Quality): void {
    this.#asked = quality;
  }

  /** Frames had to be skipped at this time. */
  trouble(atS: number): void {
    if (this.#choice === 'low') {
      this.#sinceS = atS;
      return;
    }
    this.#troubles = [...this.#troubles, atS].slice(-TROUBLES);
    const [first = atS] = this.#troubles;
    if (this.#troubles.length < TROUBLES || atS - first > WITHIN_S) return;
    if (this.#relapses > 0 && atS - this.#sinceS > FORGET_S) this.#relapses = 0;
    this.#holdS = Math.min(MAX_HOLD_S, FIRST_HOLD_S * 2 ** this.#relapses);
    this.#relapses += 1;
    this.#choose('low', atS);
  }

  /** The rendition to be on, or to go over to at its next key frame. */
  wanted(atS: number): RenditionName {
    if (this.#choice === 'low' && atS - this.#sinceS >= this.#holdS) this.#choose('full', atS);
    return this.#asked === 'low' ? 'low' : this.#choice;
  }

  #choose(choice: RenditionName, atS: number): void {
    this.#choice = choice;
    this.#sinceS = atS;
    this.#troubles = [];
  }
}
