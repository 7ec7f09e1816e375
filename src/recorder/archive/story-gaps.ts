/** What a recording leaves out, and why: pure. */
import type { ArchivePiece } from './archive-plan.ts';
import type { FrameRange } from '../recordings/frame-range.ts';
import type { RecordingTimeline } from '../recordings/recording-timeline.ts';
import type { SessionEvent } from '../session/session-events.ts';

/** `at` and `resumesAt` are seconds of the recording: the same, or further apart when something stands for what is missing. */
export interface StoryGap {
  readonly at: number;
  readonly resumesAt: number;
  /** Seconds of the session. */
  readonly leftOutSeconds: number;
  readonly reason: 'pause' | 'interruption' | 'disk';
}

/** What gaps are found in. */
export interface GapSources {
  readonly timeline: RecordingTimeline;
  readonly ranges: readonly FrameRange[];
  readonly pieces: readonly Pick<ArchivePiece, 'from' | 'to' | 'outputFrame' | 'parts'>[];
  /** In order of time. */
  readonly events: readonly SessionEvent[];
}

/** Pauses and interruptions between the pieces, and what never reached the disk within them; in order. */
export function storyGaps(sources: GapSources): StoryGap[] {
  const between = sources.timeline.breaks
    .filter(({ leftOutMs }) => leftOutMs > 0)
    .map(({ at, resumesAt, leftOutMs, fromMs }) =>
      gap(at, resumesAt, leftOutMs / 1000, reasonOfBreak(fromMs, leftOutMs, sources)),
    );
  const within = sources.pieces.flatMap((piece) => holesOf(piece, sources));
  return [...between, ...within].sort((a, b) => a.at - b.at);
}

/** Milliseconds of the session at which the server was gone, and everybody with it; in order. */
export function lossesOf(timeline: RecordingTimeline, ranges: readonly FrameRange[]): number[] {
  return timeline.breaks.map(({ fromMs }) => fromMs).filter((ms) => endedBy(ms, timeline, ranges) === 'interruption');
}

function reasonOfBreak(fromMs: number, leftOutMs: number, sources: GapSources): StoryGap['reason'] {
  const ended = endedBy(fromMs, sources.timeline, sources.ranges);
  if (ended === 'pause') return 'pause';
  return diskWasFull(sources.events, fromMs, fromMs + leftOutMs) ? 'disk' : (ended ?? 'pause');
}

function endedBy(ms: number, { framerate }: RecordingTimeline, ranges: readonly FrameRange[]): FrameRange['endedBy'] {
  const frame = Math.round((ms * framerate) / 1000);
  return ranges.find(({ from, to }) => frame > from && frame <= to)?.endedBy;
}

/** Frames of a piece that no part shows: the film keeps their time. */
function holesOf(piece: GapSources['pieces'][number], { timeline: { framerate }, events }: GapSources): StoryGap[] {
  const holes: StoryGap[] = [];
  const seconds = (frame: number): number => (piece.outputFrame + frame - piece.from) / framerate;
  let shown = piece.from;
  for (const { firstFrame, frames } of piece.parts) {
    if (firstFrame > shown) {
      const [fromMs, toMs] = [shown, firstFrame].map((frame) => (frame * 1000) / framerate) as [number, number];
      const reason = diskWasFull(events, fromMs, toMs) ? 'disk' : 'interruption';
      holes.push(gap(seconds(shown), seconds(firstFrame), (toMs - fromMs) / 1000, reason));
    }
    shown = Math.max(shown, firstFrame + frames);
  }
  return holes;
}

function diskWasFull(events: readonly SessionEvent[], fromMs: number, toMs: number): boolean {
  let full = false;
  for (const event of events) {
    if (event.ms > toMs) break;
    if (event.type !== 'disk') continue;
    if (event.ms >= fromMs && full) return true;
    full = event.state === 'full';
  }
  return full;
}

function gap(at: number, resumesAt: number, leftOutSeconds: number, reason: StoryGap['reason']): StoryGap {
  const [rounded, resumes, leftOut] = [at, resumesAt, leftOutSeconds].map((each) => Math.round(each * 1000) / 1000);
  return { at: rounded ?? 0, resumesAt: resumes ?? 0, leftOutSeconds: leftOut ?? 0, reason };
}
