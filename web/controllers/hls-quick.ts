/** The way back to the larger picture, when a line that was slow is quick again. */
import Hls, { type FragBufferedData } from 'hls.js';

/** How much of its time the larger picture may take to come: what is left is for the sound, and for a line that varies. */
const MOST_OF_TIME = 0.7;
/** For so long everything has to come that quickly. Doubled for a line that became slow again soon. */
const LEAST_MS = 4000;
const LONGEST_MS = 32_000;
/** A large picture that stayed for longer was right, whatever comes then. */
const STAYED_MS = 60_000;

/** Of a piece of the stream that has come. */
export interface Piece {
  /** Until its first byte, and from there until its last, milliseconds. */
  readonly waitMs: number;
  readonly comesMs: number;
  readonly bytes: number;
  /** Of media. */
  readonly seconds: number;
}

/** Whether as long a piece of another bit rate would come in time by the same line. */
export function wouldCome({ waitMs, comesMs, bytes, seconds }: Piece, bitrate: number): boolean {
  if (bytes <= 0 || seconds <= 0) return false;
  const otherMs = waitMs + (comesMs * bitrate * seconds) / (bytes * 8);
  return otherMs <= seconds * 1000 * MOST_OF_TIME;
}

/** When to try the larger picture. All times in milliseconds of one clock. */
export class WayUp {
  #neededMs = LEAST_MS;
  #quickSinceMs: number | undefined;
  #hasFallen = false;
  #roseMs = Number.NEGATIVE_INFINITY;

  /** A piece of the smaller picture has come. @param quick whether the larger one would have come in time */
  came(nowMs: number, quick: boolean): boolean {
    if (!quick) {
      this.#quickSinceMs = undefined;
      return false;
    }
    this.#quickSinceMs ??= nowMs;
    return nowMs - this.#quickSinceMs >= this.#neededMs;
  }

  /** A larger picture is loaded from now on. */
  rose(nowMs: number): void {
    this.#quickSinceMs = undefined;
    // What a stream begins with was no attempt.
    if (this.#hasFallen) this.#roseMs = nowMs;
  }

  /** A smaller one. */
  fell(nowMs: number): void {
    this.#quickSinceMs = undefined;
    this.#hasFallen = true;
    const soon = nowMs - this.#roseMs < STAYED_MS;
    this.#neededMs = soon ? Math.min(this.#neededMs * 2, LONGEST_MS) : LEAST_MS;
  }
}

/** As much of hls.js as it takes. */
export type QuickHls = Pick<Hls, 'on' | 'levels' | 'autoLevelEnabled' | 'bandwidthEstimate' | 'config'>;

/**
 * hls.js (1.7.4) weighs what it measures by how long that took. Fifteen slow seconds weigh as much as thousands of small parts that come
 * within milliseconds each: the large picture came back after most of a minute.
 */
export function riseWhenQuick(hls: QuickHls, nowMs: () => number): void {
  const way = new WayUp();
  let level = -1;
  hls.on(Hls.Events.LEVEL_SWITCHING, (_event, next) => {
    // What the viewer chooses says nothing about the line.
    if (level !== -1 && hls.autoLevelEnabled) {
      if (next.level > level) way.rose(nowMs());
      else if (next.level < level) way.fell(nowMs());
    }
    level = next.level;
  });
  hls.on(Hls.Events.FRAG_BUFFERED, (_event, data) => {
    const larger = hls.levels[level + 1];
    const piece = pieceOf(data, level);
    if (!larger || !piece || !hls.autoLevelEnabled) return;
    const { averageBitrate, maxBitrate } = larger;
    if (!way.came(nowMs(), wouldCome(piece, averageBitrate))) return;
    // So much that it is chosen: what had been measured counts no more, and the next part is measured anew.
    const enough = Math.ceil(maxBitrate / hls.config.abrBandWidthUpFactor) + 1;
    if (hls.bandwidthEstimate < enough) hls.bandwidthEstimate = enough;
  });
}

/** Undefined for what is no picture of this quality. */
function pieceOf({ frag, part }: FragBufferedData, level: number): Piece | undefined {
  const kind: string = frag.type;
  if (kind !== 'main' || frag.sn === 'initSegment' || frag.level !== level) return undefined;
  const { stats, duration } = part?.stats.loaded ? part : frag;
  const { start, first, end } = stats.loading;
  return { waitMs: first - start, comesMs: end - first, bytes: stats.loaded, seconds: duration };
}
