/** From the marked ranges of a session to the parts that show them: pure. */
import { type FrameRange, type RangeEnd, totalFrames } from '../recordings/frame-range.ts';
import type { PartEntry, SessionIndex } from '../session/session-index.ts';

/** Length of the picture that stands between two pieces and tells what was left out. */
export const SLATE_SECONDS = 2;

/** One range with what shows it. */
export interface ArchivePiece {
  /** The range as far as it is on disk: `from` inclusive, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /** Why nothing was kept after it; absent when that was its end. */
  readonly endedBy?: RangeEnd | undefined;
  /** Frames of the archive before this piece, slates included. */
  readonly outputFrame: number;
  /** In order, the first begins with the key frame at or before `from`; none after a gap until the next key frame. */
  readonly parts: readonly PartEntry[];
}

/** A whole archive. */
export interface ArchivePlan {
  readonly pieces: readonly ArchivePiece[];
  /** Sum of the pieces and the slates between them: the length of the archive. */
  readonly frames: number;
  /** Frames of the marked ranges that were never written. */
  readonly missingFrames: number;
}

/**
 * Ranges with nothing on disk are left out; so are their ends, as far as nothing shows them. Gaps inside keep their time.
 * @param slateFrames frames between two pieces that do not touch.
 */
export function planArchive(
  index: Pick<SessionIndex, 'parts'>,
  ranges: readonly FrameRange[],
  slateFrames = 0,
): ArchivePlan {
  const parts = decodable([...index.parts].sort((a, b) => a.firstFrame - b.firstFrame));
  const pieces: ArchivePiece[] = [];
  let frames = 0;
  let shown = 0;
  for (const range of ranges) {
    const planned = planPiece(parts, range);
    if (!planned) continue;
    const before = pieces.at(-1);
    const slate = before && before.to !== planned.from ? slateFrames : 0;
    const piece = { ...planned, outputFrame: frames + slate };
    pieces.push(piece);
    frames = piece.outputFrame + piece.to - piece.from;
    shown += piece.parts.reduce((sum, part) => sum + overlap(part, piece), 0);
  }
  return { pieces, frames, missingFrames: totalFrames(ranges) - shown };
}

function planPiece(parts: readonly PartEntry[], range: FrameRange): Omit<ArchivePiece, 'outputFrame'> | undefined {
  const firstInside = parts.findIndex((part) => part.firstFrame + part.frames > range.from);
  if (firstInside < 0) return undefined;
  // What comes before the first picture wanted, back to the key frame it needs.
  const start = parts.findLastIndex((part, index) => index <= firstInside && part.independent);
  const wanted = parts.slice(start).filter((part) => part.firstFrame < range.to);
  const first = parts[firstInside];
  const last = wanted.at(-1);
  if (!first || !last || first.firstFrame >= range.to) return undefined;
  const from = Math.max(range.from, first.firstFrame);
  const to = Math.min(range.to, last.firstFrame + last.frames);
  return { from, to, parts: wanted, ...(range.endedBy === undefined ? {} : { endedBy: range.endedBy }) };
}

/** Without the parts that follow a gap: they cannot be decoded before the next key frame. */
function decodable(parts: readonly PartEntry[]): PartEntry[] {
  let next = -1;
  return parts.filter((part) => {
    if (!part.independent && part.firstFrame !== next) return false;
    next = part.firstFrame + part.frames;
    return true;
  });
}

function overlap(part: PartEntry, range: { readonly from: number; readonly to: number }): number {
  return Math.max(0, Math.min(part.firstFrame + part.frames, range.to) - Math.max(part.firstFrame, range.from));
}
