/** Chapters of a program: its titles and markers, which the playlist carries with their times. */

/** A date range of a playlist, as hls.js gives it; `startTime` is in seconds of the video's timeline. */
export interface MarkedRange {
  readonly id: string;
  readonly class: string;
  readonly startTime: number;
  readonly attr: Readonly<Record<string, unknown>>;
}

/** A place to go to. */
export interface Chapter {
  readonly title: string;
  /** Seconds of the video's timeline. */
  readonly startS: number;
}

const WORDS: Readonly<Record<string, string>> = { 'gridcast.title': 'X-TITLE', 'gridcast.marker': 'X-LABEL' };
// A playlist that names more is not one to choose from.
const MOST = 200;

/** In the order of time, the newest 200; what names nothing is left out. */
export function chaptersOf(ranges: readonly MarkedRange[]): readonly Chapter[] {
  const chapters = ranges.flatMap((range) => {
    const attribute = WORDS[range.class];
    const title = attribute === undefined ? undefined : range.attr[attribute];
    if (typeof title !== 'string' || title.trim() === '' || !Number.isFinite(range.startTime)) return [];
    return [{ title: title.trim(), startS: range.startTime }];
  });
  return chapters.toSorted((a, b) => a.startS - b.startS).slice(-MOST);
}

/** The chapter that `timeS` lies in. */
export function chapterAt(chapters: readonly Chapter[], timeS: number): Chapter | undefined {
  return chapters.findLast(({ startS }) => startS <= timeS);
}
