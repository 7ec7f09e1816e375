/** FFmpeg's text file of titles and chapters: pure. */
import type { Chapter } from './chapters.ts';

/** Milliseconds. */
const TIMEBASE = 1000;

/** @param seconds where the last chapter ends. */
export function formatMetadata(title: string, chapters: readonly Chapter[], seconds: number): string {
  const lines = [';FFMETADATA1', `title=${escapeValue(title)}`];
  for (const [position, chapter] of chapters.entries()) {
    const end = chapters[position + 1]?.t ?? seconds;
    lines.push(
      '[CHAPTER]',
      `TIMEBASE=1/${TIMEBASE}`,
      `START=${Math.round(chapter.t * TIMEBASE)}`,
      `END=${Math.round(end * TIMEBASE)}`,
      `title=${escapeValue(chapter.title)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Signs that mean something there stand behind a backslash; a NUL would end the line's text. */
export function escapeValue(text: string): string {
  return text
    .replaceAll('\0', '')
    .replace(/\r\n?/g, '\n')
    .replace(/[=;#\\\n]/g, '\\$&');
}
