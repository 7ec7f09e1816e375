/**
 * When decoders are started: a few at a time, the next once one of those before has begun to work. A start costs a tenth of a
 * second of a processor, so twenty at once take everything away from the encoder of the program; one alone leaves a processor
 * idle while a room waits for its new layout.
 */
import type { Clock, Disposer } from '../util/clock.ts';

/** Starts that have not begun to work. */
const AT_ONCE = 2;
/** A start that has taken so long does not hold up the next any more: what was sent may never give a picture. */
const HOLD_MS = 250;
/** Whoever has waited so long comes before those who are more urgent. */
const PATIENCE_MS = 3000;

/** Starts something; `done` is to be called once it works, or is given up. */
export type Starter = (done: () => void) => void;

interface Request {
  readonly start: Starter;
  readonly urgent: boolean;
  readonly sinceMs: number;
}

/** One for a mixer. */
export class StartQueue {
  readonly #clock: Clock;
  /** Oldest first. */
  readonly #requests: Request[] = [];
  /** Those that hold up others, with what forgets them after their time. */
  readonly #beginning = new Map<Request, Disposer>();

  #soon: Disposer | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Calls `start` when its turn has come: at once if hardly anything else is being started. Urgent ones (a tile without a
   * picture) come first, the newest before the others; then those that can wait, the oldest first.
   * @returns takes the request back
   */
  request(urgent: boolean, start: Starter): Disposer {
    const request = { start, urgent, sinceMs: this.#clock.monotonicMs() };
    this.#requests.push(request);
    // Everything a new layout asks for at once is known before the first who has a picture already takes a turn.
    if (urgent) this.#next();
    else this.#soon ??= this.#clock.after(0, () => this.#next());
    return () => {
      const at = this.#requests.indexOf(request);
      if (at !== -1) this.#requests.splice(at, 1);
    };
  }

  /** Forgets everybody. */
  close(): void {
    this.#soon?.();
    this.#requests.length = 0;
    for (const forget of this.#beginning.values()) forget();
    this.#beginning.clear();
  }

  #next(): void {
    this.#soon?.();
    this.#soon = undefined;
    while (this.#beginning.size < AT_ONCE) {
      const request = this.#take();
      if (!request) return;
      this.#beginning.set(
        request,
        this.#clock.after(HOLD_MS, () => this.#end(request)),
      );
      request.start(() => this.#end(request));
    }
  }

  #end(request: Request): void {
    this.#beginning.get(request)?.();
    if (this.#beginning.delete(request)) this.#next();
  }

  #take(): Request | undefined {
    const [oldest] = this.#requests;
    if (!oldest) return undefined;
    const newest = this.#requests.findLast(({ urgent }) => urgent);
    const next = this.#clock.monotonicMs() - oldest.sinceMs > PATIENCE_MS ? oldest : (newest ?? oldest);
    this.#requests.splice(this.#requests.indexOf(next), 1);
    return next;
  }
}
