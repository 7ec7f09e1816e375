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
  // Where scripts are off
  'page.noScript': 'Diese Seite braucht JavaScript. Erlauben Sie es für diese Adresse, und laden Sie die Seite neu.',
  // Language
  'page.language': 'Sprache',
} as const satisfies Record<keyof typeof englishPage, Message>;
