/** From the times that somebody asks for to frames of the session: pure. */
import { BadRequestError, ConflictError } from '../../errors.ts';
import type { FrameRange } from '../recordings/frame-range.ts';
import type { KeptSpan } from '../session/segment-table.ts';

/** Wall-clock milliseconds, `to` exclusive; or the newest seconds. */
export type ClipRequest = { readonly from: number; readonly to: number } | { readonly last: number };

/** What of the session is needed to answer. */
export interface ClipSource {
  readonly framerate: number;
  /** Wall-clock milliseconds of frame 0. */
  readonly beganMs: number;
  /** The frame that is due now: nothing later has happened. */
  readonly currentFrame: number;
  /** What is on the disk, oldest first. */
  readonly spans: readonly KeptSpan[];
  /** What was recorded, oldest first: only of that everybody in the room was told that it is kept. */
  readonly recorded: readonly FrameRange[];
}

// Times come as milliseconds with at most some digits behind the point: the frame that begins there is meant.
const ROUNDING = 1e-3;

/**
 * The frames that show the wanted time. `to` may lie beyond what is on disk, never beyond now. `last` takes what there is
 * when the session is shorter, or less of it is kept or was recorded.
 * @throws BadRequestError `clip_empty`, `clip_too_long`; ConflictError `clip_not_kept`, `clip_not_recorded`.
 */
export function clipRange(request: ClipRequest, source: ClipSource, maxSeconds: number): FrameRange {
  const seconds = 'last' in request ? request.last : (request.to - request.from) / 1000;
  if (!(seconds > 0)) {
    throw new BadRequestError('clip_empty', 'The clip would hold nothing; give a "to" that is later than "from".');
  }
  if (seconds > maxSeconds) {
    throw new BadRequestError(
      'clip_too_long',
      `A clip may last ${maxSeconds} seconds at most; ask for less, or record the session.`,
    );
  }
  const newest = source.spans.at(-1);
  if (!newest) {
    throw new ConflictError('clip_not_kept', 'Nothing of the session is on the disk yet; try again in a few seconds.');
  }
  return 'last' in request ? newestFrames(request.last, newest, source) : framesBetween(request, newest, source);
}

/** ISO 8601 of a frame's beginning. */
export function timeOf(frame: number, { beganMs, framerate }: Pick<ClipSource, 'beganMs' | 'framerate'>): string {
  return new Date(Math.round(beganMs + (frame * 1000) / framerate)).toISOString();
}

/** The newest piece of them that was recorded. */
function newestFrames(last: number, { firstFrame, endFrame }: KeptSpan, source: ClipSource): FrameRange {
  const first = Math.max(firstFrame, endFrame - Math.ceil(last * source.framerate - ROUNDING));
  const recorded = source.recorded.findLast(({ from, to }) => from < endFrame && to > first);
  if (!recorded) throw notRecorded(source, last);
  return { from: Math.max(first, recorded.from), to: Math.min(endFrame, recorded.to) };
}

function framesBetween(
  request: { readonly from: number; readonly to: number },
  newest: KeptSpan,
  source: ClipSource,
): FrameRange {
  const frameAt = (ms: number): number => ((ms - source.beganMs) * source.framerate) / 1000;
  const from = Math.floor(frameAt(request.from) + ROUNDING);
  const to = Math.max(from + 1, Math.ceil(frameAt(request.to) - ROUNDING));
  // What is being made of the newest span will be on the disk.
  const whole = source.spans.some(
    (span) => span.firstFrame <= from && to <= (span === newest ? source.currentFrame : span.endFrame),
  );
  if (!whole) {
    throw new ConflictError(
      'clip_not_kept',
      `The session is kept from ${timeOf(newest.firstFrame, source)} to ${timeOf(newest.endFrame, source)}; ` +
        'ask for a time within.',
    );
  }
  if (!source.recorded.some((range) => range.from <= from && to <= range.to)) throw notRecorded(source);
  return { from, to };
}

/** @param last the newest seconds were asked for, not a time */
function notRecorded(source: ClipSource, last?: number): ConflictError {
  const newest = source.recorded.at(-1);
  if (!newest) {
    const message =
      'Nothing of this session was recorded, so nobody was told that it may be kept; start a recording first.';
    return new ConflictError('clip_not_recorded', message);
  }
  if (last !== undefined) {
    const message = `Nothing of the newest ${last} seconds was recorded, and only of that was everybody told; go on recording first.`;
    return new ConflictError('clip_not_recorded', message);
  }
  const end = newest.to === Number.POSITIVE_INFINITY ? 'now' : timeOf(newest.to, source);
  return new ConflictError(
    'clip_not_recorded',
    'A clip may only show what was recorded, of which everybody was told: ' +
      `last from ${timeOf(newest.from, source)} to ${end}; ask for a time within.`,
  );
}
