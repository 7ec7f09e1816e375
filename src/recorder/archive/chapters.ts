/** Chapters of a recording: where it begins, where something was left out, and what was marked. */
import { type AnnotationLanguage, annotationSchema } from '../../layout/annotation.ts';
import { type AnnotationWords, annotationWords } from '../../layout/annotation-words.ts';
import type { ArchivePlan } from './archive-plan.ts';
import type { StepContext } from './archive-step.ts';
import type { RecordingTimeline } from '../recordings/recording-timeline.ts';
import { readSessionEvents } from '../session/session-events.ts';
import { readSessionInfo } from '../session/session-info.ts';
import { timeOfDay, WallTimes } from '../session/wall-times.ts';

/** `t`: seconds of the recording. */
export interface Chapter {
  readonly t: number;
  readonly title: string;
}

/** A place that somebody marked; `ms`: milliseconds of the session. */
export interface MarkedPlace {
  readonly ms: number;
  readonly label: string;
}

/** What was left out between two pieces, as it is shown. */
export interface Omission {
  /** Seconds of the recording at which the piece before ends. */
  readonly at: number;
  /** Seconds of the recording at which the piece after begins. */
  readonly resumesAt: number;
  /** `Paused` or `Interrupted`, in the language of the room then. */
  readonly word: string;
  /** `14:03:10 – 14:10:42`, in the zone of this machine. */
  readonly times: string;
}

/** What the chapters of a recording are found in. */
export type ChapterSources = Pick<StepContext, 'job' | 'plan' | 'timeline' | 'framerate' | 'sessionFolder'> & {
  readonly index: Pick<StepContext['index'], 'parts'>;
};

/** More than these are left out: players list all of them. */
const MAX_CHAPTERS = 500;
/** A chapter lasts at least so long, seconds; what would be shorter takes the place of the one before. */
const SHORTEST = 0.05;

/** In order, the first at 0 with the title of the whole. What was marked while nothing was kept stands where it goes on. */
export function chaptersOf(
  title: string,
  timeline: RecordingTimeline,
  omissions: readonly Omission[],
  marked: readonly MarkedPlace[],
): Chapter[] {
  const found: Chapter[] = [
    { t: 0, title },
    ...omissions.map(({ at, word, times }) => ({ t: at, title: `${word} ${times}` })),
    ...marked.flatMap(({ ms, label }) => {
      const t = placeOf(timeline, ms);
      return t === undefined || label.trim() === '' ? [] : [{ t, title: label.trim() }];
    }),
  ].sort((a, b) => a.t - b.t);
  const chapters: Chapter[] = [];
  for (const chapter of found) {
    const before = chapters.at(-1);
    if (before && chapter.t - before.t < SHORTEST) chapters[chapters.length - 1] = { ...chapter, t: before.t };
    else chapters.push(chapter);
  }
  return chapters.filter(({ t }) => t === 0 || t < timeline.seconds).slice(0, MAX_CHAPTERS);
}

/** What lies between the pieces of a plan. `languageAt`: what the room's picture speaks at a time, milliseconds of the session. */
export function omissionsOf(
  plan: ArchivePlan,
  timeline: RecordingTimeline,
  wall: WallTimes,
  languageAt: (ms: number) => AnnotationLanguage,
): Omission[] {
  return timeline.breaks.flatMap(({ at, resumesAt, fromMs }, position) => {
    const before = plan.pieces[position];
    const after = plan.pieces[position + 1];
    if (!before || !after || after.from === before.to) return [];
    const [from, to] = [wall.of(before.to - 1), wall.of(after.from)];
    const times = from === undefined || to === undefined ? '' : `${timeOfDay(from)} – ${timeOfDay(to)}`;
    const { interrupted, paused } = annotationWords(languageAt(fromMs));
    return [{ at, resumesAt, word: before.endedBy === 'interruption' ? interrupted : paused, times }];
  });
}

/** What is left out of the recording that a step works on. */
export async function readOmissions({
  plan,
  timeline,
  index,
  framerate,
  sessionFolder,
}: Omit<ChapterSources, 'job'>): Promise<Omission[]> {
  return omissionsOf(plan, timeline, new WallTimes(index, framerate), await readLanguages(sessionFolder));
}

/** What the film says itself, in the language that the room's picture spoke when the recording began. */
export async function readFilmWords(context: ChapterSources): Promise<AnnotationWords> {
  const languageAt = await readLanguages(context.sessionFolder);
  return annotationWords(languageAt(beginMs(context)));
}

/** The room's title when the recording began; empty when nobody knows it. */
export async function readTitle(context: ChapterSources): Promise<string> {
  const { sessionFolder } = context;
  let title = (await readSessionInfo(sessionFolder))?.title ?? '';
  const begin = beginMs(context);
  for await (const event of readSessionEvents(sessionFolder)) {
    if (event.ms > begin) break;
    if (event.type === 'title') ({ title } = event);
  }
  return title;
}

/** The chapters of the recording that a step works on. */
export async function readChapters(context: ChapterSources): Promise<Chapter[]> {
  const { job, timeline, sessionFolder } = context;
  const marked: MarkedPlace[] = [];
  for await (const event of readSessionEvents(sessionFolder)) {
    if (event.type !== 'marker') continue;
    if (event.recording === undefined || event.recording === job.recording) marked.push(event);
  }
  const omissions = await readOmissions(context);
  const title = (await readTitle(context)) || (await readFilmWords(context)).beginning;
  return chaptersOf(title, timeline, omissions, marked);
}

/** What a room's picture speaks at a time, milliseconds of the session. */
async function readLanguages(sessionFolder: string): Promise<(ms: number) => AnnotationLanguage> {
  const spoken: { readonly ms: number; readonly language: AnnotationLanguage }[] = [];
  for await (const event of readSessionEvents(sessionFolder)) {
    if (event.type !== 'annotation') continue;
    const { data } = annotationSchema.safeParse(event.annotation);
    if (data) spoken.push({ ms: event.ms, language: data.language });
  }
  return (ms) => spoken.findLast((change) => change.ms <= ms)?.language ?? 'en';
}

/** Milliseconds of the session at which the recording begins. */
function beginMs({ plan, framerate }: Pick<ChapterSources, 'plan' | 'framerate'>): number {
  return ((plan.pieces[0]?.from ?? 0) * 1000) / framerate;
}

/** Seconds of the recording; undefined outside of it. */
function placeOf(timeline: RecordingTimeline, ms: number): number | undefined {
  const shown = timeline.at(ms);
  if (shown !== undefined) return shown;
  const frame = (ms * timeline.framerate) / 1000;
  const [first, ...others] = timeline.pieces;
  const next = others.find((piece) => piece.from > frame);
  return first && frame >= first.from && next ? next.outputFrame / timeline.framerate : undefined;
}
