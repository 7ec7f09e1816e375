/** The words around every page: the bar at its top, the title of its tab, and the choice of a language, in French. */
import type { englishPage } from '../english-page.ts';
import type { Message } from '../sentence.ts';

/** Part of the French catalogue. */
export const page = {
  // Where one is
  'page.admin': 'Administration',
  'page.watch': 'Regarder',
  'page.recording': 'Enregistrement',
  'page.missing': 'Page introuvable',
  // Where scripts are off
  'page.noScript': 'Cette page a besoin de JavaScript. Autorisez-le pour cette adresse, puis rechargez la page.',
  // Language
  'page.language': 'Langue',
} as const satisfies Record<keyof typeof englishPage, Message>;
