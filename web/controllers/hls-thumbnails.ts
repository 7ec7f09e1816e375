/** Small pictures of a session: a list names them by the segments that they show. */

/** A piece of the video with its picture. */
export interface Thumbnail {
  /** Media sequence number of the segment. */
  readonly segment: number;
  readonly url: string;
}

/** A segment as the playlist has it, seconds of the video's timeline. */
export interface SegmentSpan {
  readonly segment: number;
  readonly startS: number;
  readonly endS: number;
}

/** A picture and when it is shown. */
export interface TimedThumbnail {
  readonly url: string;
  readonly startS: number;
  readonly endS: number;
}

/** The pictures that a WebVTT list at `listUrl` names `thumbnail-N.jpg`; other lines are passed over. */
export function parseThumbnails(list: string, listUrl: string): readonly Thumbnail[] {
  return list.split(/\r?\n/).flatMap((line) => {
    const name = /^(?:[\w~./-]*\/)?thumbnail-(\d{1,9})\.jpg(?:[?#].*)?$/.exec(line.trim());
    return name ? [{ segment: Number(name[1]), url: new URL(line.trim().split('#')[0] ?? '', listUrl).href }] : [];
  });
}

/** Each until the next begins; those of segments that the playlist does not have (any more) are left out. */
export function timeThumbnails(
  thumbnails: readonly Thumbnail[],
  segments: readonly SegmentSpan[],
): readonly TimedThumbnail[] {
  const spans = new Map(segments.map((span) => [span.segment, span]));
  const timed = thumbnails.flatMap(({ segment, url }) => {
    const span = spans.get(segment);
    return span ? [{ url, startS: span.startS, endS: span.endS }] : [];
  });
  timed.sort((a, b) => a.startS - b.startS);
  return timed.map((picture, index) => ({ ...picture, endS: timed[index + 1]?.startS ?? picture.endS }));
}
