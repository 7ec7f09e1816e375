/** `timeline.json` of a recording as the pages use it: what is missing or odd in it is left out. Times are seconds of the recording. */

/** Where time was left out. */
export interface RecordingGap {
  readonly at: number;
  readonly resumesAt: number;
  readonly leftOutSeconds: number;
  readonly reason: string;
}

/** A stretch of time. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** Somebody who took part. */
export interface RecordedPerson {
  readonly id: string;
  readonly name: string;
  readonly present: readonly TimeSpan[];
  readonly spoke: readonly TimeSpan[];
  readonly spokeSeconds: number;
  /** Kinds of picture they sent: `camera`, `screen`, `file`. */
  readonly pictures: readonly string[];
}

/** A place to go to. */
export interface RecordedChapter {
  readonly title: string;
  readonly startS: number;
  /** Somebody set it as a marker. */
  readonly marker: boolean;
}

/** Something that was written. */
export interface ChatLine {
  readonly t: number;
  readonly name: string;
  readonly text: string;
}

/** All of it. */
export interface Timeline {
  /** Of the recording, when its files were made; the first chapter has it, too. */
  readonly title: string;
  readonly duration: number;
  readonly width: number;
  readonly height: number;
  readonly gaps: readonly RecordingGap[];
  /** Chapters and markers, by time. */
  readonly chapters: readonly RecordedChapter[];
  readonly people: readonly RecordedPerson[];
  readonly chat: readonly ChatLine[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Before there is one. */
export const NO_TIMELINE: Timeline = {
  title: '',
  duration: 0,
  width: 1280,
  height: 720,
  gaps: [],
  chapters: [],
  people: [],
  chat: [],
};

/** Whatever it is, a timeline comes out. */
export function readTimeline(json: unknown): Timeline {
  const all = fieldsOf(json);
  return {
    title: textOf(all['title']),
    duration: numberOf(all['duration']),
    width: numberOf(all['width']) || NO_TIMELINE.width,
    height: numberOf(all['height']) || NO_TIMELINE.height,
    gaps: listOf(all['gaps']).map((gap) => ({
      at: numberOf(gap['at']),
      resumesAt: numberOf(gap['resumesAt']),
      leftOutSeconds: numberOf(gap['leftOutSeconds']),
      reason: textOf(gap['reason']),
    })),
    chapters: mergeChapters(listOf(all['chapters']), listOf(all['markers'])),
    people: listOf(all['people']).map(personOf),
    chat: listOf(all['events'])
      .filter(({ type }) => type === 'chat')
      .map((event) => ({ t: numberOf(event['t']), name: textOf(event['name']), text: textOf(event['text']) })),
  };
}

/** Chapters and markers in the order of time; one that says the same at the same time stands once. */
export function mergeChapters(chapters: readonly Fields[], markers: readonly Fields[]): readonly RecordedChapter[] {
  const all = [
    ...chapters.map((of) => ({ title: textOf(of['title']), startS: numberOf(of['t']), marker: false })),
    ...markers.map((of) => ({ title: textOf(of['label']), startS: numberOf(of['t'] ?? of['at']), marker: true })),
  ].filter(({ title }) => title !== '');
  const seen = new Set<string>();
  return all
    .filter(({ title, startS }) => {
      const key = `${startS.toFixed(1)} ${title}`;
      return !seen.has(key) && seen.add(key);
    })
    .toSorted((a, b) => a.startS - b.startS);
}

/** The chapters of a recording that is called `title` now: the first, which has the title of the whole, is called so. */
export function chaptersUnder(title: string, { title: before, chapters }: Timeline): readonly RecordedChapter[] {
  return chapters.map((chapter) =>
    chapter.startS === 0 && !chapter.marker && chapter.title === before ? { ...chapter, title } : chapter,
  );
}

/** Whether a time lies in one of the spans. */
export function within(spans: readonly TimeSpan[], timeS: number): boolean {
  return spans.some(({ from, to }) => timeS >= from && timeS < to);
}

/** Index of the newest line that was written by then, -1 before the first. */
export function lastLineAt(chat: readonly ChatLine[], timeS: number): number {
  return chat.findLastIndex(({ t }) => t <= timeS);
}

function personOf(of: Fields): RecordedPerson {
  const pictures = listOf(of['tracks'])
    .filter(({ kind }) => kind === 'video')
    .map(({ source }) => textOf(source));
  const spoke = spansOf(of['spoke']);
  return {
    id: textOf(of['id']),
    name: textOf(of['name']) || textOf(of['id']),
    present: spansOf(of['present']),
    spoke,
    spokeSeconds: numberOf(of['spokeSeconds']) || spoke.reduce((sum, { from, to }) => sum + to - from, 0),
    pictures: [...new Set(pictures)],
  };
}

function spansOf(value: unknown): readonly TimeSpan[] {
  return listOf(value)
    .map((span) => ({ from: numberOf(span['from']), to: numberOf(span['to']) }))
    .filter(({ from, to }) => to > from);
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
