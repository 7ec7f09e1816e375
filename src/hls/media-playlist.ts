/** HLS media playlists as text (draft-pantos-hls-rfc8216bis): pure functions. */
import type { WallTime } from '../media/timestamp.ts';
import type { RangeChanges } from './date-ranges.ts';
import type { StreamTimes } from './profile.ts';

/** A part of a segment. */
export interface ListedPart {
  readonly uri: string;
  /** Seconds. */
  readonly duration: number;
  readonly independent: boolean;
  /** Its media are missing. */
  readonly gap: boolean;
}

/** A segment, or what there is of the one that is being made. */
export interface ListedSegment {
  /** Media sequence number. */
  readonly number: number;
  /** Seconds. */
  readonly duration: number;
  readonly uri: string;
  readonly initUri: string;
  readonly discontinuity: boolean;
  readonly wallTime: WallTime;
  readonly parts: readonly ListedPart[];
  /** Media of it are missing. */
  readonly gap: boolean;
  /** Length of its beginning, up to the end of its key frame. */
  readonly keyframeBytes: number;
}

/** Where another playlist of the same program ends. */
export interface RenditionReport {
  readonly uri: string;
  readonly lastSegment: number;
  readonly lastPart: number;
}

/** State of a live media playlist. */
export interface MediaPlaylist {
  readonly times: StreamTimes;
  /** Whole ones, oldest first. */
  readonly segments: readonly ListedSegment[];
  /** The one that is being made, as soon as it has a part. */
  readonly open: ListedSegment | undefined;
  /** Address of the next part. */
  readonly hint: string;
  /** Discontinuities that have left the window (section 6.2.2). */
  readonly discontinuitySequence: number;
  /** Ready lines. */
  readonly dateRanges: readonly string[];
  /** In their place in a delta update, for whoever has the others already. */
  readonly rangeChanges?: RangeChanges | undefined;
  readonly reports: readonly RenditionReport[];
  readonly ended: boolean;
}

/** Parts are listed of the segment that is being made and of so many before it: three target durations (section 6.2.2). */
export const SEGMENTS_WITH_PARTS = 2;

/**
 * The media playlist.
 * @param delta leave out what the player has already, if that is anything (section 6.2.5.1)
 */
export function renderMediaPlaylist(playlist: MediaPlaylist, delta = false): string {
  const { times, segments, open, ended } = playlist;
  const skipped = delta && !ended ? skippable(segments, open, times) : 0;
  const withParts = ended ? segments.length : segments.length - SEGMENTS_WITH_PARTS;
  const lines = [
    '#EXTM3U',
    `#EXT-X-VERSION:${versionOf(playlist, skipped)}`,
    `#EXT-X-TARGETDURATION:${times.targetDuration}`,
    serverControl(times),
    `#EXT-X-PART-INF:PART-TARGET=${decimal(times.partTarget)}`,
    `#EXT-X-MEDIA-SEQUENCE:${segments[0]?.number ?? open?.number ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${playlist.discontinuitySequence}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
  ];
  const changes = skipped > 0 ? playlist.rangeChanges : undefined;
  const removed = changes ? `,RECENTLY-REMOVED-DATERANGES="${changes.removed.join('\t')}"` : '';
  if (skipped > 0) lines.push(`#EXT-X-SKIP:SKIPPED-SEGMENTS=${skipped}${removed}`);
  lines.push(...(changes?.lines ?? playlist.dateRanges));
  let init = segments[skipped - 1]?.initUri;
  for (const [index, segment] of segments.entries()) {
    if (index < skipped) continue;
    pushSegment(lines, segment, init, index >= withParts);
    if (segment.gap) lines.push('#EXT-X-GAP');
    lines.push(`#EXTINF:${segment.duration.toFixed(5)},`, segment.uri);
    init = segment.initUri;
  }
  if (ended) return text([...lines, '#EXT-X-ENDLIST']);
  if (open) pushSegment(lines, open, init, true);
  lines.push(`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${playlist.hint}"`);
  for (const { uri, lastSegment, lastPart } of playlist.reports) {
    lines.push(`#EXT-X-RENDITION-REPORT:URI="${uri}",LAST-MSN=${lastSegment},LAST-PART=${lastPart}`);
  }
  return text(lines);
}

/** As low as possible (section 8): 6 for EXT-X-MAP without EXT-X-I-FRAMES-ONLY, 8 for EXT-X-GAP, 9 for EXT-X-SKIP, 10 with date ranges. */
function versionOf({ segments, rangeChanges }: MediaPlaylist, skipped: number): number {
  if (skipped > 0) return rangeChanges ? 10 : 9;
  return segments.some(({ gap }) => gap) ? 8 : 6;
}

/** The same in every playlist of a stream (section 6.2.4). */
export function serverControl(times: StreamTimes): string {
  const { canSkipUntil, holdBack, partHoldBack } = times;
  const skip = `CAN-SKIP-UNTIL=${decimal(canSkipUntil)},CAN-SKIP-DATERANGES=YES`;
  const back = `HOLD-BACK=${decimal(holdBack)},PART-HOLD-BACK=${decimal(partHoldBack)}`;
  return `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,${skip},${back}`;
}

/** What stands before a segment, and its parts. */
function pushSegment(lines: string[], segment: ListedSegment, init: string | undefined, withParts: boolean): void {
  if (segment.discontinuity) lines.push('#EXT-X-DISCONTINUITY');
  if (segment.initUri !== init) lines.push(`#EXT-X-MAP:URI="${segment.initUri}"`);
  lines.push(programDateTime(segment.wallTime));
  if (!withParts) return;
  for (const { duration, uri, independent, gap } of segment.parts) {
    const flags = `${independent ? ',INDEPENDENT=YES' : ''}${gap ? ',GAP=YES' : ''}`;
    lines.push(`#EXT-X-PART:DURATION=${duration.toFixed(5)},URI="${uri}"${flags}`);
  }
}

/** The tag for the time of what follows. */
export function programDateTime(wallTime: WallTime): string {
  return `#EXT-X-PROGRAM-DATE-TIME:${new Date(Math.round(wallTime)).toISOString()}`;
}

/** Segments, from the first, of which every moment is further from the end than the skip boundary. */
export function skippable(
  segments: readonly ListedSegment[],
  open: ListedSegment | undefined,
  { canSkipUntil }: StreamTimes,
): number {
  let fromEnd = open?.duration ?? 0;
  for (let index = segments.length - 1; index >= 0; index -= 1) {
    if (fromEnd >= canSkipUntil) return index + 1;
    fromEnd += segments[index]?.duration ?? 0;
  }
  return 0;
}

/** Seconds without needless zeros. */
function decimal(seconds: number): string {
  return String(Number(seconds.toFixed(3)));
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
