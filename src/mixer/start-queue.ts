/**
 * Decides when decoders are started: two at a time, the next once an earlier one works. A start costs up to a tenth of a second of
 * processor time: twenty at once would starve the program's encoder, and one at a time would leave a processor idle while a room
 * waits for its new layout.
 */
import type { Clock, Disposer } from '../util/clock.ts';

/** Starts at the same time whose decoders do not work yet. */
const AT_ONCE = 2;
/** A start holds up the next for this long at most: what its sender sends may never give a picture. */
const HOLD_MS = 250;
/** A request that has waited for this long goes before more urgent ones. */
const PATIENCE_MS = 3000;

/** Starts something; `done` is to be called once it works, or is given up. */
export type Starter = (done: () => void) => void;

interface Request {
  readonly start: Starter;
  /** Its tile has no picture. */
  readonly urgent: boolean;
  readonly sinceMs: number;
}

/** One for a mixer. */
export class StartQueue {
  readonly #clock: Clock;
  /** Oldest first. */
  readonly #requests: Request[] = [];
  /** Starts that hold up others, each with the timer that ends that. */
  readonly #beginning = new Map<Request, Disposer>();
  readonly #ready: () => Promise<void> | undefined;
  #waits = false;
  #closed = false;
  /** A look at requests that are not urgent, at the end of this turn of the event loop. */
  #soon: Disposer | undefined;

  /**
   * @param ready resolves when what starts decoders can start another, undefined when it can now. A start that does not wait for that is
   * made by the mixer's own loop, and holds up the program.
   */
  constructor(clock: Clock, ready: () => Promise<void> | undefined = () => undefined) {
    this.#clock = clock;
    this.#ready = ready;
  }

  /**
   * Calls `start` when its turn comes, an urgent one perhaps within this call. Urgent requests go
   * first, newest first; then the others, oldest first.
   * @returns withdraws the request
   */
  request({ urgent }: Pick<Request, 'urgent'>, start: Starter): Disposer {
    const request = { start, urgent, sinceMs: this.#clock.monotonicMs() };
    this.#requests.push(request);
    // A new layout makes all of its requests in one turn: the urgent among them must go before those that can wait.
    if (urgent) this.#next();
    else this.#soon ??= this.#clock.after(0, () => this.#next());
    return () => {
      const at = this.#requests.indexOf(request);
      if (at !== -1) this.#requests.splice(at, 1);
    };
  }

  /** Drops all requests. */
  close(): void {
    this.#closed = true;
    this.#soon?.();
    this.#requests.length = 0;
    for (const forget of this.#beginning.values()) forget();
    this.#beginning.clear();
  }

  #next(): void {
    this.#soon?.();
    this.#soon = undefined;
    while (this.#beginning.size < AT_ONCE && !this.#waitsUntilReady()) {
      const request = this.#take();
      if (!request) return;
      this.#beginning.set(
        request,
        this.#clock.after(HOLD_MS, () => this.#end(request)),
      );
      request.start(() => this.#end(request));
    }
  }

  #waitsUntilReady(): boolean {
    if (this.#waits || this.#requests.length === 0) return this.#waits;
    const ready = this.#ready();
    if (!ready) return false;
    this.#waits = true;
    void ready.then(() => {
      this.#waits = false;
      if (!this.#closed) this.#next();
    });
    return true;
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
