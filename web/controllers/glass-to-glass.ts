/** From cameras to this screen. */
import type { DelayMessage } from '../../src/protocol/messages.ts';
import type { SessionStats } from './session-meter.ts';

/** A page's figures, with what they need the server for. */
export interface RoomStats extends SessionStats {
  /** From the camera of the slowest of the others to this screen, milliseconds. */
  readonly glassToGlassMs: number | undefined;
}

/**
 * Milliseconds from the capture of the slowest of the others' pictures to its drawing here; undefined while that is not known.
 *
 * @param programMs how old the program's picture is when it is drawn.
 */
export function glassToGlassMs(
  delays: DelayMessage['participants'],
  self: string,
  programMs: number | undefined,
): number | undefined {
  const others = delays.filter(({ id }) => id !== self);
  if (programMs === undefined || others.length === 0) return undefined;
  return programMs + Math.max(...others.map((other) => other.programMs));
}
