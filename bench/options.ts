/** Command lines of the benches. */
import { parseArgs } from 'node:util';

/** What is measured, for how long. */
export interface BenchOptions<Row extends string> {
  readonly tiles: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
  readonly rows: readonly Row[];
  /** A file for the figures as JSON. */
  readonly json: string | undefined;
  /** Folder of the media that are made once. */
  readonly media: string | undefined;
}

/** @throws Error in one sentence. */
export function parseOptions<Row extends string>(
  args: readonly string[],
  defaults: Omit<BenchOptions<Row>, 'json' | 'media'>,
): BenchOptions<Row> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { tiles: text, rounds: text, seconds: text, warmup: text, rows: text, json: text, media: text },
  });
  const number = (name: string, given: string | undefined, fallback: number, most: number): number => {
    const value = given === undefined ? fallback : Number(given);
    if (!Number.isFinite(value) || value <= 0 || value > most) throw new Error(`--${name} is a number up to ${most}`);
    return value;
  };
  const rows = (values.rows?.split(',') ?? defaults.rows) as readonly Row[];
  for (const row of rows) {
    if (!defaults.rows.includes(row)) throw new Error(`--rows takes ${defaults.rows.join(', ')}, not ${row}`);
  }
  return {
    tiles: values.tiles?.split(',').map((one) => Math.floor(number('tiles', one, 1, 25))) ?? defaults.tiles,
    rounds: Math.floor(number('rounds', values.rounds, defaults.rounds, 100)),
    seconds: number('seconds', values.seconds, defaults.seconds, 3600),
    warmupSeconds: number('warmup', values.warmup, defaults.warmupSeconds, 60),
    rows,
    json: values.json,
    media: values.media,
  };
}
