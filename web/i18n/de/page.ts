/** The words around every page: the bar at its top, the title of its tab, and the choice of a language, in German. */
import type { englishPage } from '../english-page.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue. */
export const page = {
  // Where one is
  'page.admin': 'Verwaltung',
  'page.watch': 'Zuschauen',
  'page.recording': 'Aufzeichnung',
  'page.missing': 'Nicht gefunden',
  // Language
  'page.language': 'Sprache',
} as const satisfies Record<keyof typeof englishPage, Message>;
