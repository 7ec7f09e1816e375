/** What a watched room comes to: ages of pictures, and what went wrong. */
import type { Watched } from '../../tests/helpers/viewer-page.ts';
import { median, percentile } from '../measure/statistics.ts';

/** Times in milliseconds. */
export interface WatchedFigures {
  readonly seen: number;
  /** From the making of a picture until it is on the screen, by what is drawn into it. */
  readonly p50: number;
  readonly p95: number;
  /** The same by the player's dates; NaN when it did not know them. */
  readonly datedP50: number;
  readonly datedP95: number;
  /** The middle of the differences between the two, without sign. */
  readonly apart: number;
  /** The longest time for which the same picture was shown. */
  readonly longest: number;
  readonly stalls: number;
  readonly rateChanges: number;
  readonly dropped: number;
  /** What the player reported, with how often. */
  readonly reports: readonly string[];
}

/** From what was seen in one go. */
export function figuresOf({ pictures, events, dropped }: Watched): WatchedFigures {
  const ages = pictures.map(({ shownMs, madeMs }) => shownMs - madeMs);
  const dated = pictures.flatMap(({ byDateMs }) => (byDateMs === undefined ? [] : [byDateMs]));
  const apart = pictures.flatMap(({ shownMs, madeMs, byDateMs }) =>
    byDateMs === undefined ? [] : [Math.abs(byDateMs - (shownMs - madeMs))],
  );
  const gaps = pictures.slice(1).map(({ shownMs }, index) => shownMs - (pictures[index]?.shownMs ?? shownMs));
  const named = (test: (what: string) => boolean): string[] => events.map(({ what }) => what).filter(test);
  return {
    seen: pictures.length,
    p50: percentile(ages, 0.5),
    p95: percentile(ages, 0.95),
    datedP50: dated.length > 0 ? percentile(dated, 0.5) : Number.NaN,
    datedP95: dated.length > 0 ? percentile(dated, 0.95) : Number.NaN,
    apart: median(apart),
    longest: Math.max(0, ...gaps),
    // A stall that the player mends by a nudge is no less a stall.
    stalls: Math.max(named((what) => what === 'waiting').length, named((what) => what === 'bufferStalledError').length),
    rateChanges: named((what) => what.startsWith('rate ')).length,
    dropped,
    reports: counted(named((what) => !what.startsWith('rate ') && what !== 'playing')),
  };
}

/** From `sinceMs` until the first picture was shown that was made later; undefined when there was none. */
export function backAfterMs({ pictures }: Watched, sinceMs: number): number | undefined {
  const newer = pictures.find(({ madeMs }) => madeMs > sinceMs);
  return newer && newer.shownMs - sinceMs;
}

function counted(all: readonly string[]): string[] {
  return [...new Set(all)].map((what) => `${what} ${all.filter((other) => other === what).length}`);
}
