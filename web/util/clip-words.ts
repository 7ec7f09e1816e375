/** How clips are told: of how long, and by whom. */
import type { Words } from '../i18n/words.ts';

/** What hosts choose from, seconds. */
export const CLIP_LENGTHS = [30, 60, 300] as const;

/** The whole seconds, or minutes where that is what one says. */
function lengthOf(seconds: number): { readonly unit: 'Seconds' | 'Minutes'; readonly count: number } {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60 || (whole < 120 && whole !== 60)) return { unit: 'Seconds', count: whole };
  return { unit: 'Minutes', count: Math.round(whole / 60) };
}

/** One of the lengths to choose from. */
export function lastWords(words: Words, seconds: number): string {
  const { unit, count } = lengthOf(seconds);
  return words.say(`clips.last${unit}`, { count });
}

/** What everybody in a room reads of a clip. @param by name of the host, where it is known which it was */
export function clipNews(words: Words, seconds: number, newest: boolean, by: string | undefined): string {
  const name = by ?? words.say('told.host');
  if (!newest) return words.say('clips.told', { name });
  const { unit, count } = lengthOf(seconds);
  return words.say(`clips.told${unit}`, { name, count });
}
