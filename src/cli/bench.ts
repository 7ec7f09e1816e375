/** `gridcast bench WHAT`: measures a running server. */
import { BadRequestError } from '../errors.ts';
import { VIEWERS_HELP, viewersCommand } from './viewers/viewers-command.ts';

/** Printed by `gridcast bench --help`. */
export const BENCH_HELP = VIEWERS_HELP;

/** @throws AppError with one sentence. */
export async function benchCommand(args: readonly string[]): Promise<number> {
  const [what, ...rest] = args;
  if (what === 'viewers') return viewersCommand(rest);
  throw new BadRequestError('usage', 'Say what to measure: gridcast bench viewers --url URL (see --help).');
}
