/** What stands around every page: its bar, the title of its tab, and the choice of a language; in Spanish. */
import type { englishPage } from '../english-page.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue. */
export const page = {
  // Where one is
  'page.admin': 'Administración',
  'page.watch': 'Ver',
  'page.recording': 'Grabación',
  'page.missing': 'Aquí no hay nada',
  // Where scripts are off
  'page.noScript': 'Esta página necesita JavaScript. Permítalo para esta dirección y vuelva a cargar la página.',
  // Language
  'page.language': 'Idioma',
} as const satisfies Record<keyof typeof englishPage, Message>;
