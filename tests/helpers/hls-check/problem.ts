/** What a checker has to say. */

/** A rule that is broken. */
export interface Problem {
  /** Short name of the rule, the same for all ways of breaking it. */
  readonly rule: string;
  /** What is wrong, with the values at fault. */
  readonly what: string;
}

/** Makes the problems of one rule. */
export function of(rule: string): (what: string) => Problem {
  return (what) => ({ rule, what });
}

/** As lines for people. */
export function spoken(problems: readonly Problem[]): string[] {
  return problems.map(({ rule, what }) => `${rule}: ${what}`);
}
