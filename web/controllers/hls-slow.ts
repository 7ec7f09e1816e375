/** A picture that comes more slowly than it is played, where a smaller one is there. */
import Hls, { type Fragment } from 'hls.js';

/** Of fewer milliseconds nothing can be told: a radio link, too, brings what it has held up in one go. */
const LEAST_MS = 500;

/** Of a request that is being answered. */
export interface Arriving {
  /** Since its first byte. */
  readonly sinceMs: number;
  /** Bytes that have come, and that come in all. */
  readonly loaded: number;
  readonly total: number;
}

/** Whether the rest comes only when what lies ready has been played, and the same anew in `part` as many bytes would be there sooner. */
export function comesTooLate({ sinceMs, loaded, total }: Arriving, aheadS: number, part: number): boolean {
  if (sinceMs < LEAST_MS || loaded === 0) return false;
  const left = total - loaded;
  const restS = (left * sinceMs) / loaded / 1000;
  return restS > aheadS && left > total * part;
}

/** As much of hls.js as it takes. */
export type SlowHls = Pick<
  Hls,
  | 'on'
  | 'trigger'
  | 'levels'
  | 'minAutoLevel'
  | 'autoLevelEnabled'
  | 'mainForwardBufferInfo'
  | 'bandwidthEstimate'
  | 'nextLoadLevel'
>;

/**
 * hls.js (1.7.4) watches only the first part of a segment, and never breaks off for the smallest of all qualities: on a line that had
 * become slow the rest of a segment came in the large picture for up to 18 s, in which nothing was seen. Call `look` when bytes come.
 */
export class SlowPicture {
  readonly #hls: SlowHls;
  #fragment: Fragment | undefined;

  constructor(hls: SlowHls) {
    this.#hls = hls;
    hls.on(Hls.Events.FRAG_LOADING, (_event, { frag }) => {
      if (isPicture(frag)) this.#fragment = frag;
    });
  }

  /** @param nowMs by the clock of `performance.now` */
  look(nowMs: number): void {
    const hls = this.#hls;
    const fragment = this.#fragment;
    const stats = fragment?.loader?.stats;
    const smallest = hls.minAutoLevel;
    if (!fragment || !stats || !hls.autoLevelEnabled || fragment.level === smallest) return;
    const { aborted, loaded, total, loading } = stats;
    const part = bitrateOf(hls, smallest) / bitrateOf(hls, fragment.level);
    if (aborted || loading.end > 0 || loading.first === 0) return;
    const sinceMs = nowMs - loading.first;
    if (!comesTooLate({ sinceMs, loaded, total }, hls.mainForwardBufferInfo?.len ?? 0, part)) return;
    this.#fragment = undefined;
    fragment.abortRequests();
    // What was broken off is not measured by hls.js, which would begin with the large picture again.
    hls.bandwidthEstimate = (loaded * 8000) / sinceMs;
    hls.nextLoadLevel = smallest;
    hls.trigger(Hls.Events.FRAG_LOAD_EMERGENCY_ABORTED, { frag: fragment, part: null, stats });
  }
}

/** Not of the sound, and not what a stream begins with. */
function isPicture({ type, sn }: Fragment): boolean {
  const kind: string = type;
  return kind === 'main' && typeof sn === 'number';
}

function bitrateOf({ levels }: SlowHls, index: number): number {
  return levels[index]?.maxBitrate ?? 1;
}
