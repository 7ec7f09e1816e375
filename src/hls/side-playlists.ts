/** Playlists beside the media: key frames alone, and captions. Whole segments only, so they have no parts. Pure. */
import { type ListedSegment, programDateTime, serverControl, skippable } from './media-playlist.ts';
import type { StreamTimes } from './profile.ts';

/** Whole segments of a window. */
export interface SidePlaylist {
  readonly times: StreamTimes;
  readonly segments: readonly ListedSegment[];
  readonly discontinuitySequence: number;
  readonly ended: boolean;
}

/**
 * Each segment's key frame is the beginning of its first part: that many bytes.
 * @param delta leave out what the player has already, if that is anything
 */
export function renderIframes(playlist: SidePlaylist, delta = false): string {
  const skipped = delta ? skippedOf(playlist) : 0;
  const lines = header(playlist, 6, skipped);
  lines.splice(2, 0, '#EXT-X-I-FRAMES-ONLY');
  let init = playlist.segments[skipped - 1]?.initUri;
  for (const segment of playlist.segments.slice(skipped)) {
    if (segment.discontinuity) lines.push('#EXT-X-DISCONTINUITY');
    if (segment.initUri !== init) lines.push(`#EXT-X-MAP:URI="${segment.initUri}"`);
    init = segment.initUri;
    lines.push(programDateTime(segment.wallTime), `#EXTINF:${segment.duration.toFixed(5)},`);
    lines.push(`#EXT-X-BYTERANGE:${segment.keyframeBytes}@0`, segment.uri);
  }
  return text(lines, playlist.ended);
}

/**
 * A file of captions for each segment.
 * @param delta as of key frames
 */
export function renderCaptions(playlist: SidePlaylist, delta = false): string {
  const skipped = delta ? skippedOf(playlist) : 0;
  const lines = header(playlist, 3, skipped);
  for (const segment of playlist.segments.slice(skipped)) {
    if (segment.discontinuity) lines.push('#EXT-X-DISCONTINUITY');
    lines.push(
      programDateTime(segment.wallTime),
      `#EXTINF:${segment.duration.toFixed(5)},`,
      `captions-${segment.number}.vtt`,
    );
  }
  return text(lines, playlist.ended);
}

function skippedOf({ segments, times, ended }: SidePlaylist): number {
  return ended ? 0 : skippable(segments, undefined, times);
}

/** EXT-X-SKIP needs a version that is higher than any of these has without. */
function header({ times, segments, discontinuitySequence }: SidePlaylist, version: number, skipped: number): string[] {
  return [
    '#EXTM3U',
    `#EXT-X-VERSION:${skipped > 0 ? 9 : version}`,
    `#EXT-X-TARGETDURATION:${times.targetDuration}`,
    serverControl(times),
    `#EXT-X-MEDIA-SEQUENCE:${segments[0]?.number ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${discontinuitySequence}`,
    ...(skipped > 0 ? [`#EXT-X-SKIP:SKIPPED-SEGMENTS=${skipped}`] : []),
  ];
}

function text(lines: readonly string[], ended: boolean): string {
  return `${[...lines, ...(ended ? ['#EXT-X-ENDLIST'] : [])].join('\n')}\n`;
}
