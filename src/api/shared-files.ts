/** Which files of an archive a link opens, and the chapters for players: pure. */
import { z } from 'zod';

/** The film. */
export const FILM = 'recording.mp4';
/** Made from the timeline when asked for. */
export const CHAPTERS = 'chapters.vtt';
/** Files that are offered by name, if the archive has them. */
export const OFFERED = { poster: 'poster.jpg', captions: 'speakers.vtt', sprite: 'sprite.vtt' } as const;

// Not the chat, not the attendance, nobody's own track: a link shows what the film shows.
const SHARED = /^(?:recording\.mp4|poster\.jpg|speakers\.vtt|sprite\.vtt|sprite(?:-\d{1,4})?\.jpg)$/;

/** Whether a link to a recording opens the file of this name. */
export function isShared(name: string): boolean {
  return SHARED.test(name);
}

/** A chapter; `t` in seconds of the recording. */
export interface Chapter {
  readonly t: number;
  readonly title: string;
}

/** What a timeline tells of chapters. */
export interface Chapters {
  /** Of the recording, when its files were made; the first chapter has it, too. */
  readonly title?: string | undefined;
  readonly chapters: readonly Chapter[];
}

const timelineSchema = z.object({
  title: z.string().max(1000).optional(),
  chapters: z.array(z.object({ t: z.number().min(0), title: z.string().max(1000) })).max(10_000),
});

/** The chapters in the text of a `timeline.json`; none when it is not understood. */
export function chaptersOf(timeline: string): Chapters {
  try {
    return timelineSchema.parse(JSON.parse(timeline));
  } catch {
    return { chapters: [] };
  }
}

/** The chapters of a recording that is called `title` now: the first, which has the title of the whole, is called so. */
export function chaptersUnder(title: string, { title: before, chapters }: Chapters): readonly Chapter[] {
  return chapters.map((chapter) => (chapter.t === 0 && chapter.title === before ? { ...chapter, title } : chapter));
}

/** Chapters as WebVTT. @param duration of the recording, seconds */
export function chaptersVtt(chapters: readonly Chapter[], duration: number): string {
  const cues = chapters.flatMap(({ t, title }, index) => {
    const end = chapters[index + 1]?.t ?? duration;
    return end > t ? [`${stamp(t)} --> ${stamp(end)}\n${cueText(title)}\n`] : [];
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

/** Neither a tag nor the end of the cue. */
function cueText(title: string): string {
  const line = title.replaceAll(/\s+/g, ' ').trim();
  return line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function stamp(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');
  const [hours, minutes] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60];
  return `${pad(hours, 2)}:${pad(minutes, 2)}:${pad(Math.floor(ms / 1000) % 60, 2)}.${pad(ms % 1000, 3)}`;
}
