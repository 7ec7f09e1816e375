/** HLS playlists as text (draft-pantos-hls-rfc8216bis): pure functions. */
import type { InitSegment } from '../media/part.ts';
import type { WallTime } from '../media/timestamp.ts';

/** A finished segment of the live window. */
export interface ListedSegment {
  /** Media sequence number. */
  readonly number: number;
  /** Seconds. */
  readonly duration: number;
  readonly uri: string;
  readonly initUri: string;
  readonly discontinuity: boolean;
  readonly wallTime: WallTime;
}

/** State of a live media playlist. */
export interface MediaPlaylist {
  /** Seconds, never changes within a stream (section 4.4.3.1). */
  readonly targetDuration: number;
  readonly segments: readonly ListedSegment[];
  /** Discontinuities that have left the window (section 6.2.2). */
  readonly discontinuitySequence: number;
  readonly ended: boolean;
}

/** The media playlist. */
export function renderMediaPlaylist(playlist: MediaPlaylist): string {
  const lines = [
    '#EXTM3U',
    // 6: EXT-X-MAP without EXT-X-I-FRAMES-ONLY (section 8).
    '#EXT-X-VERSION:6',
    `#EXT-X-TARGETDURATION:${playlist.targetDuration}`,
    `#EXT-X-MEDIA-SEQUENCE:${playlist.segments[0]?.number ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${playlist.discontinuitySequence}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
  ];
  let init = '';
  for (const segment of playlist.segments) {
    if (segment.discontinuity) lines.push('#EXT-X-DISCONTINUITY');
    if (segment.initUri !== init) lines.push(`#EXT-X-MAP:URI="${segment.initUri}"`);
    init = segment.initUri;
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(Math.round(segment.wallTime)).toISOString()}`);
    lines.push(`#EXTINF:${segment.duration.toFixed(5)},`, segment.uri);
  }
  if (playlist.ended) lines.push('#EXT-X-ENDLIST');
  return `${lines.join('\n')}\n`;
}

/** The multivariant playlist of one rendition. `peakBitrate` and `averageBitrate` are bits per second. */
export function renderMultivariantPlaylist(
  init: InitSegment,
  uri: string,
  peakBitrate: number,
  averageBitrate: number,
): string {
  const attributes = [
    `BANDWIDTH=${Math.ceil(peakBitrate)}`,
    `AVERAGE-BANDWIDTH=${Math.ceil(averageBitrate)}`,
    `CODECS="${init.codecs.join(',')}"`,
    `RESOLUTION=${init.width}x${init.height}`,
    `FRAME-RATE=${init.framerate.toFixed(3)}`,
  ];
  return `#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-STREAM-INF:${attributes.join(',')}\n${uri}\n`;
}
