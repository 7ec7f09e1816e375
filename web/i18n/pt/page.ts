/** What stands around every page: its bar, the title of its tab, and the choice of a language; in Portuguese. */
import type { englishPage } from '../english-page.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue. */
export const page = {
  // Where one is
  'page.admin': 'Administração',
  'page.watch': 'Assistir',
  'page.recording': 'Gravação',
  'page.missing': 'Não há nada aqui',
  // Where scripts are off
  'page.noScript': 'Esta página precisa de JavaScript. Permita-o para este endereço e recarregue a página.',
  // Language
  'page.language': 'Idioma',
} as const satisfies Record<keyof typeof englishPage, Message>;
