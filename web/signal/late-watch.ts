/** Whether the program is seen late for long enough to say it, and whose fault that is. */
import { Hold } from './hold.ts';

/** A page's figures of the last second, milliseconds; undefined what is not known. */
export interface LateFigures {
  /** How old pictures are when they are seen. */
  readonly latencyMs: number | undefined;
  /** How old the freshest one was when it arrived; undefined: none did. */
  readonly arrivalMs: number | undefined;
}

/** `computer`: they come in time, and are shown late; `way`: they come late, or not at all. */
export type LateCause = 'computer' | 'way';

const LATE_MS = 2500;
/** Less than this is no longer worth a word. */
const FINE_MS = 1500;
/** What comes so late was late before it came. */
const LATE_ARRIVAL_MS = 1200;
/** A machine that has just started a page is busy for a moment. */
const TIMES = { onMs: 4000, offMs: 3000 };

/** To be asked once a second. */
export class LateWatch {
  readonly #hold = new Hold(TIMES);
  #cause: LateCause | undefined;

  /** Undefined while all is well; a cause stays until it is over. */
  update({ latencyMs, arrivalMs }: LateFigures, nowMs: number): LateCause | undefined {
    if (latencyMs === undefined) return this.#cause;
    const late = latencyMs > (this.#hold.active ? FINE_MS : LATE_MS);
    if (!this.#hold.update(late, nowMs)) this.#cause = undefined;
    else this.#cause ??= arrivalMs === undefined || arrivalMs > LATE_ARRIVAL_MS ? 'way' : 'computer';
    return this.#cause;
  }

  /** Another connection. */
  reset(): void {
    this.#hold.reset();
    this.#cause = undefined;
  }
}
