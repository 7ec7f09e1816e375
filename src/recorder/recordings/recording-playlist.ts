/** A recording as an HLS playlist over the segments of its session: pure (draft-pantos-hls-rfc8216bis). */
import type { OpenRange } from './frame-range.ts';
import type { LoggedSegment } from '../session/segment-table.ts';

/** A line of the playlist: a segment, or its first parts where the recording paused or stopped within it. */
export interface RecordingEntry {
  readonly segment: LoggedSegment;
  /** Parts of it, from the first on; at least one. */
  readonly parts: number;
  /** Something is left out before it, or the program broke off there. */
  readonly discontinuity: boolean;
}

/** What to write down. */
export interface RecordingPlaylist {
  readonly entries: readonly RecordingEntry[];
  readonly framerate: number;
  /** First frame that was recorded: what comes before it in the first segment only serves decoding. */
  readonly firstFrame: number;
  /** Seconds. */
  readonly targetDuration: number;
  /** Nothing will be added. */
  readonly ended: boolean;
  /** Before the names of all media; default: none. */
  readonly prefix?: string;
}

/**
 * What shows the ranges. Each range begins with the segment that holds its first frame, whole, for its key frame is needed;
 * it ends with the part that holds its last. Later calls with more segments and ranges only add to the list, for a range
 * that runs on takes finished segments, and so does one that has ended.
 */
export function recordingEntries(segments: readonly LoggedSegment[], ranges: readonly OpenRange[]): RecordingEntry[] {
  const entries: RecordingEntry[] = [];
  for (const range of ranges) {
    const to = range.to ?? Number.POSITIVE_INFINITY;
    let first = true;
    for (const segment of segments) {
      const parts = partsOf(segment, range.from, to);
      if (parts === 0) continue;
      const before = entries.at(-1);
      const goesOn = !first && before?.segment.segment === segment.segment - 1 && !segment.discontinuity;
      entries.push({ segment, parts, discontinuity: before !== undefined && !goesOn });
      first = false;
    }
  }
  return entries;
}

/** What of a segment the recording shows: numbers of parts, each from the first on; none when it shows nothing of it. */
export function shownParts(segment: LoggedSegment, ranges: readonly OpenRange[]): number[] {
  return ranges
    .map(({ from, to }) => partsOf(segment, from, to ?? Number.POSITIVE_INFINITY))
    .filter((parts) => parts > 0);
}

/** Whether a segment that shows the ranges is missing, at the beginning of one or within. */
export function hasHoles(segments: readonly LoggedSegment[], ranges: readonly OpenRange[]): boolean {
  const numbers = new Set(segments.map(({ segment }) => segment));
  return ranges.some(({ from, to }) => {
    const shown = segments.filter((segment) => partsOf(segment, from, to ?? Number.POSITIVE_INFINITY) > 0);
    const [first] = shown;
    if (!first) return true;
    // Where the program made nothing, a range begins with the segment after that.
    const begins = first.firstFrame <= from || first.segment === 0 || numbers.has(first.segment - 1);
    return !begins || shown.some(({ segment }, index) => segment !== first.segment + index);
  });
}

/** Whether nothing will be added: all ranges have ended, and what shows their ends is finished. */
export function isComplete(segments: readonly LoggedSegment[], ranges: readonly OpenRange[]): boolean {
  const to = ranges.at(-1)?.to;
  const newest = segments.at(-1);
  return to !== null && to !== undefined && newest !== undefined && newest.endFrame >= to;
}

/** Name of an entry's media. */
export function entryName({ segment, parts }: Pick<RecordingEntry, 'segment' | 'parts'>): string {
  const whole = parts === segment.parts.length;
  return whole ? `segment-${segment.segment}.m4s` : `segment-${segment.segment}-${parts}.m4s`;
}

/** The playlist: `EVENT` while it grows, `VOD` once it does not. */
export function renderRecordingPlaylist(playlist: RecordingPlaylist): string {
  const { entries, framerate, firstFrame, ended, prefix = '' } = playlist;
  const durations = entries.map((entry) => framesOf(entry) / framerate);
  const target = Math.max(playlist.targetDuration, ...durations.map(Math.round));
  const lead = (firstFrame - (entries[0]?.segment.firstFrame ?? firstFrame)) / framerate;
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:6',
    `#EXT-X-TARGETDURATION:${target}`,
    `#EXT-X-PLAYLIST-TYPE:${ended ? 'VOD' : 'EVENT'}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...(lead > 0 ? [`#EXT-X-START:TIME-OFFSET=${lead.toFixed(5)},PRECISE=YES`] : []),
  ];
  let init: number | undefined;
  for (const [index, entry] of entries.entries()) {
    const { segment } = entry;
    if (entry.discontinuity) lines.push('#EXT-X-DISCONTINUITY');
    if (segment.init !== init) lines.push(`#EXT-X-MAP:URI="${prefix}init-${segment.init}.mp4"`);
    init = segment.init;
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(Math.round(segment.wallTime)).toISOString()}`);
    lines.push(`#EXTINF:${durations[index]?.toFixed(5)},`, `${prefix}${entryName(entry)}`);
  }
  if (ended) lines.push('#EXT-X-ENDLIST');
  return `${lines.join('\n')}\n`;
}

/** How many parts of a segment show a range; 0: it does not. */
function partsOf(segment: LoggedSegment, from: number, to: number): number {
  if (segment.endFrame <= from || segment.firstFrame >= to) return 0;
  return segment.parts.filter((part) => part.firstFrame < to).length;
}

function framesOf({ segment, parts }: RecordingEntry): number {
  const last = segment.parts[parts - 1];
  return last ? last.firstFrame + last.frames - segment.firstFrame : 0;
}
