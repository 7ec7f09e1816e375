/** What the commands for files have in common. */
import { BadRequestError } from '../../errors.ts';

/** Exit code after Ctrl-C, as shells have it. */
export const INTERRUPTED = 130;

/** @throws BadRequestError `usage` */
export function requiredRoom(text: string | undefined): string {
  if (text === undefined) throw new BadRequestError('usage', 'Name the room with --room ID.');
  if (/^[A-Za-z0-9_-]{1,64}$/.test(text)) return text;
  throw new BadRequestError('usage', `--room takes letters, digits, "_" and "-", at most 64; not "${text}".`);
}
