/** Who is in the program, and who comes first: everything about a layout that needs no pixels. */
import type { Candidate, Layout, LayoutInput } from './layout.ts';

/** Everybody who may be shown. */
export interface Cast {
  /** The pinned ones first, then as the layout orders them, then as they joined. */
  readonly order: readonly Candidate[];
  readonly pinned: ReadonlySet<Candidate>;
  /** Shared screens: the pinned ones first, then the newest. */
  readonly screens: readonly Candidate[];
  /** The tile by which the one who speaks is known: their face rather than their screen. */
  readonly speaker: Candidate | undefined;
}

/** What somebody with several tiles is best known by. */
const FACES: Readonly<Record<Candidate['source'], number>> = { camera: 0, file: 1, none: 2, screen: 3 };

/** Sorts out who of the candidates is shown, and in which order. */
export function castOf(layout: Layout, { candidates, speaker }: LayoutInput): Cast {
  const hidden = new Set(layout.hidden);
  const joined = candidates.filter(({ key, participant }) => !hidden.has(key) && !hidden.has(participant));
  const places = new Map<string, number>();
  for (const [place, name] of layout.order.entries()) if (!places.has(name)) places.set(name, place);
  const placeOf = ({ key, participant }: Candidate): number =>
    Math.min(places.get(key) ?? Infinity, places.get(participant) ?? Infinity);
  const ordered = sortedBy(joined, placeOf);
  const pinned = new Set(layout.pinned.flatMap((name) => tilesOf(ordered, name)));
  const order = [...pinned, ...ordered.filter((candidate) => !pinned.has(candidate))];
  return {
    order,
    pinned,
    screens: screensOf(joined, pinned),
    speaker: speaker === undefined ? undefined : tilesOf(ordered, speaker)[0],
  };
}

/** The tiles that a layout's `ID` or `ID/NUMBER` means, a person's face before their screen. */
export function tilesOf(candidates: readonly Candidate[], name: string): readonly Candidate[] {
  const meant = candidates.filter(({ key, participant }) => key === name || participant === name);
  return sortedBy(meant, ({ source }) => FACES[source]);
}

/** The same people before anybody has spoken. */
export function quiet(cast: Cast): Cast {
  return { ...cast, speaker: undefined };
}

/** Whoever takes the large place when it is not for a screen: the pinned one, who speaks, or the first. */
export function leadOf({ order, pinned, speaker }: Cast): Candidate | undefined {
  return pinned.size > 0 ? order[0] : (speaker ?? order[0]);
}

/** Those of everybody who get one of `places` equal places. */
export function foremost(cast: Cast, places: number): readonly Candidate[] {
  return withSomebody(cast, cast.order.slice(0, places), cast.speaker);
}

/**
 * Those who stand beside `main`, in at most `places` places. Everybody keeps their own place whoever speaks: only `usual`, who
 * would be large if nobody had spoken, takes the place that the speaker has left.
 */
export function beside(cast: Cast, main: Candidate, usual: Candidate, places: number): readonly Candidate[] {
  const others = cast.order.filter((candidate) => candidate !== usual);
  const line = others.map((candidate) => (candidate === main ? usual : candidate));
  const needed = main === usual ? cast.speaker : usual;
  return withSomebody(cast, line.slice(0, places), needed === main ? undefined : needed);
}

/** The same people with `needed` among them, in the last place unless that is pinned. */
function withSomebody({ pinned }: Cast, shown: readonly Candidate[], needed?: Candidate): readonly Candidate[] {
  const last = shown.at(-1);
  if (!needed || !last || shown.includes(needed) || pinned.has(last)) return shown;
  return [...shown.slice(0, -1), needed];
}

function screensOf(joined: readonly Candidate[], pinned: ReadonlySet<Candidate>): readonly Candidate[] {
  const screens = joined.filter(({ source }) => source === 'screen');
  const newest = sortedBy([...screens].reverse(), ({ since }) => -(since ?? 0));
  const fixed = [...pinned].filter(({ source }) => source === 'screen');
  return [...fixed, ...newest.filter((screen) => !pinned.has(screen))];
}

function sortedBy(candidates: readonly Candidate[], rank: (candidate: Candidate) => number): readonly Candidate[] {
  const ranked = candidates.map((candidate) => ({ candidate, rank: rank(candidate) }));
  // Infinity minus Infinity is no number, and sorting takes that for equal.
  ranked.sort((a, b) => a.rank - b.rank);
  return ranked.map(({ candidate }) => candidate);
}
