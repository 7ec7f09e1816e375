/** One track of a video element: fragments wait here until the browser takes them. */
import { joinBytes } from '../../../src/media/bytes.ts';

/** What the browser does not take within seconds it will not play either. */
const MOST_WAITING = 300;
/** Played sound and pictures are kept for this long, seconds. */
const KEEP_S = 10;
/** Removing often costs more than keeping. */
const PRUNE_AT_S = 20;
/** When the browser has no room left, this much of what was played stays: removed pictures take along those that need them. */
const LEAST_KEPT_S = 5;

/** What is needed of a browser's `SourceBuffer`. */
export interface FeedBuffer {
  readonly updating: boolean;
  readonly buffered: { readonly length: number; start(index: number): number; end(index: number): number };
  appendBuffer(bytes: Uint8Array<ArrayBuffer>): void;
  remove(startS: number, endS: number): void;
  /** Handlers, which belong to the feed. */
  onupdateend: unknown;
  onerror: unknown;
}

/** Ends with its media source. */
export class SourceFeed {
  readonly #buffer: FeedBuffer;
  readonly #failed: (reason: string) => void;
  #waiting: Uint8Array[] = [];
  #playedS = 0;
  #full = false;
  #over = false;

  constructor(buffer: FeedBuffer, failed: (reason: string) => void) {
    this.#buffer = buffer;
    this.#failed = failed;
    buffer.onupdateend = () => this.#work();
    buffer.onerror = () => this.#fail('The browser does not play what the room sends.');
  }

  /** Seconds, the newest piece without a hole; undefined while there is none. */
  get newest(): { readonly startS: number; readonly endS: number } | undefined {
    const { buffered } = this.#buffer;
    const last = buffered.length - 1;
    return last < 0 ? undefined : { startS: buffered.start(last), endS: buffered.end(last) };
  }

  /** False when so much waits that a new beginning is better. */
  append(parts: readonly Uint8Array[]): boolean {
    if (this.#waiting.length > MOST_WAITING) {
      this.#waiting = [];
      return false;
    }
    this.#waiting.push(...parts);
    this.#work();
    return true;
  }

  /** All before this time was played. */
  set playedS(seconds: number) {
    this.#playedS = seconds;
  }

  /** Nothing is called any more. */
  close(): void {
    this.#over = true;
    this.#waiting = [];
    this.#buffer.onupdateend = null;
    this.#buffer.onerror = null;
  }

  #work(): void {
    if (this.#over || this.#buffer.updating) return;
    try {
      const { buffered } = this.#buffer;
      const keepS = this.#full ? LEAST_KEPT_S : KEEP_S;
      const startS = buffered.length > 0 ? buffered.start(0) : Number.POSITIVE_INFINITY;
      if (this.#playedS - startS > (this.#full ? LEAST_KEPT_S : PRUNE_AT_S)) {
        this.#full = false;
        this.#buffer.remove(0, this.#playedS - keepS);
      } else if (this.#waiting.length > 0) {
        this.#append();
      }
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  /** Everything that waits in one go: each takes the browser a turn. */
  #append(): void {
    const parts = this.#waiting;
    try {
      this.#buffer.appendBuffer(joinBytes(parts));
      this.#waiting = [];
      this.#full = false;
    } catch (error) {
      if (!isFull(error) || this.#full) throw error;
      this.#full = true;
      this.#work();
    }
  }

  #fail(reason: string): void {
    if (this.#over) return;
    this.close();
    this.#failed(reason);
  }
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
