/** The form of a room's program: what the room orders, and the configuration for the rest. */
import type { ProgramSettings } from '../api/ports.ts';
import { PROGRAM_PIXELS, type ProgramOrder } from '../config/schema.ts';
import { BadRequestError } from '../errors.ts';
import type { ResumableSession } from '../recorder/session/resumable-session.ts';

/** The program's own fields of whatever has more. */
export function programSettings(from: ProgramSettings): ProgramSettings {
  const { width, height, framerate, videoKbit, audioKbit, preset } = from;
  return { width, height, framerate, videoKbit, audioKbit, preset };
}

/** The room's order over the configuration. Undefined when the two together have too few or too many pixels. */
export function orderedProgram(configured: ProgramSettings, order: ProgramOrder): ProgramSettings | undefined {
  const program: ProgramSettings = {
    width: order.width ?? configured.width,
    height: order.height ?? configured.height,
    framerate: order.framerate ?? configured.framerate,
    videoKbit: order.videoKbit ?? configured.videoKbit,
    audioKbit: order.audioKbit ?? configured.audioKbit,
    preset: order.preset ?? configured.preset,
  };
  const pixels = program.width * program.height;
  return pixels >= PROGRAM_PIXELS.min && pixels <= PROGRAM_PIXELS.max ? program : undefined;
}

/** A session that goes on keeps its form: frames are counted in it, whatever was ordered since. */
export function resumedProgram(ordered: ProgramSettings, session: ResumableSession | undefined): ProgramSettings {
  if (!session) return ordered;
  const { framerate, width, height } = session.info;
  return { ...ordered, framerate, width, height };
}

/**
 * The order after a change: the fields it names, or none of its own for null.
 * @throws BadRequestError `invalid_program` when its program would have too few or too many pixels.
 */
export function changedOrder(
  configured: ProgramSettings,
  before: ProgramOrder,
  change: ProgramOrder | null | undefined,
): ProgramOrder {
  if (change === undefined) return before;
  const order = change === null ? {} : { ...before, ...change };
  if (orderedProgram(configured, order)) return order;
  const width = order.width ?? configured.width;
  const height = order.height ?? configured.height;
  throw new BadRequestError(
    'invalid_program',
    `A program of ${width}x${height} is not possible: "width" times "height" must be from ${PROGRAM_PIXELS.min} (320x180) ` +
      `to ${PROGRAM_PIXELS.max} (1920x1088); give both of them.`,
  );
}
