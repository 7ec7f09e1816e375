/** Command lines of the benches: `--name value`, every one optional. */
import { parseArgs } from 'node:util';

/** What was given, still text, by name. @throws Error in one sentence for names that the bench does not have. */
export function parseGiven<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  return parseArgs({ args: [...args], options }).values as Partial<Record<Name, string>>;
}

/** A number above 0. @throws Error in one sentence. */
export function positive(name: string, given: string | undefined, fallback: number, most: number): number {
  const value = given === undefined ? fallback : Number(given);
  if (!Number.isFinite(value) || value <= 0 || value > most) {
    throw new Error(`--${name} is a number above 0 and up to ${most}`);
  }
  return value;
}

/** Numbers of tiles, separated by commas. @throws Error in one sentence. */
export function tileCounts(given: string | undefined, fallback: readonly number[]): readonly number[] {
  return given?.split(',').map((one) => Math.floor(positive('tiles', one, 1, 25))) ?? fallback;
}

/** Some of `all`, separated by commas. @throws Error in one sentence. */
export function someOf<Name extends string>(
  name: string,
  given: string | undefined,
  all: readonly Name[],
): readonly Name[] {
  const chosen = (given?.split(',') ?? all) as readonly Name[];
  const unknown = chosen.find((one) => !all.includes(one));
  if (unknown !== undefined) throw new Error(`--${name} takes ${all.join(', ')}, not ${unknown}`);
  return chosen;
}
