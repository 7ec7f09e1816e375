/** Playlists beside the media: key frames alone, and captions. Whole segments only, so they have no parts. Pure. */
import { type ListedSegment, programDateTime, serverControl } from './media-playlist.ts';
import type { StreamTimes } from './profile.ts';

/** Whole segments of a window. */
export interface SidePlaylist {
  readonly times: StreamTimes;
  readonly segments: readonly ListedSegment[];
  readonly discontinuitySequence: number;
  readonly ended: boolean;
}

/** Each segment's key frame is the beginning of its first part: that many bytes. Those without are left out. */
export function renderIframes(playlist: SidePlaylist): string {
  const lines = header(playlist, 6);
  lines.splice(2, 0, '#EXT-X-I-FRAMES-ONLY');
  let init: string | undefined;
  for (const segment of playlist.segments) {
    if (segment.discontinuity) lines.push('#EXT-X-DISCONTINUITY');
    if (segment.initUri !== init) lines.push(`#EXT-X-MAP:URI="${segment.initUri}"`);
    init = segment.initUri;
    lines.push(programDateTime(segment.wallTime), `#EXTINF:${segment.duration.toFixed(5)},`);
    lines.push(`#EXT-X-BYTERANGE:${segment.keyframeBytes}@0`, segment.uri);
  }
  return text(lines, playlist.ended);
}

/** A file of captions for each segment. */
export function renderCaptions(playlist: SidePlaylist): string {
  const lines = header(playlist, 3);
  for (const segment of playlist.segments) {
    if (segment.discontinuity) lines.push('#EXT-X-DISCONTINUITY');
    lines.push(
      programDateTime(segment.wallTime),
      `#EXTINF:${segment.duration.toFixed(5)},`,
      `captions-${segment.number}.vtt`,
    );
  }
  return text(lines, playlist.ended);
}

function header({ times, segments, discontinuitySequence }: SidePlaylist, version: number): string[] {
  return [
    '#EXTM3U',
    `#EXT-X-VERSION:${version}`,
    `#EXT-X-TARGETDURATION:${times.targetDuration}`,
    serverControl(times),
    `#EXT-X-MEDIA-SEQUENCE:${segments[0]?.number ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${discontinuitySequence}`,
  ];
}

function text(lines: readonly string[], ended: boolean): string {
  return `${[...lines, ...(ended ? ['#EXT-X-ENDLIST'] : [])].join('\n')}\n`;
}
