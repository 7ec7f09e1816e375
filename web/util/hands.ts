/** Hands that are up, in the order in which they went up. */

interface Person {
  readonly id: string;
  readonly hand?: number | undefined;
}

/** Whoever has a hand up comes first, the longest first; the others stay as they are. */
export function handsFirst<P extends Person>(people: readonly P[]): readonly P[] {
  const up = people.filter(({ hand }) => hand !== undefined).sort((a, b) => (a.hand ?? 0) - (b.hand ?? 0));
  return [...up, ...people.filter(({ hand }) => hand === undefined)];
}

/** Their place among the hands that are up, from 1; 0: theirs is down. */
export function placeOf({ hand }: Person, people: readonly Person[]): number {
  if (hand === undefined) return 0;
  return people.filter((other) => other.hand !== undefined && other.hand <= hand).length;
}
