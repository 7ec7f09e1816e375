/** Who came and who went between two rosters. */

/** Somebody, as far as it matters here. */
interface Person {
  readonly id: string;
  readonly name: string;
}

/** Names, in the order of the rosters. */
export interface RosterChanges {
  readonly joined: readonly string[];
  readonly left: readonly string[];
}

/** One's own coming and going is no news: `self` is left out. */
export function rosterChanges(before: readonly Person[], after: readonly Person[], self: string): RosterChanges {
  const missing = (from: readonly Person[], of: readonly Person[]): string[] =>
    of.filter(({ id }) => id !== self && !from.some((other) => other.id === id)).map(({ name }) => name);
  return { joined: missing(before, after), left: missing(after, before) };
}
