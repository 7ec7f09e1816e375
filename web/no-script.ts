/** What people read where scripts are off: in every language, for nothing that could choose one runs there. */
import type { Plugin } from 'vite';
import { page as german } from './i18n/de/page.ts';
import { room as germanRoom } from './i18n/de/room.ts';
import { englishPage } from './i18n/english-page.ts';
import { englishRoom } from './i18n/english-room.ts';
import { page as spanish } from './i18n/es/page.ts';
import { room as spanishRoom } from './i18n/es/room.ts';
import { page as french } from './i18n/fr/page.ts';
import { room as frenchRoom } from './i18n/fr/room.ts';
import { page as portuguese } from './i18n/pt/page.ts';
import { room as portugueseRoom } from './i18n/pt/room.ts';

const EMPTY = '<noscript></noscript>';
/** By BCP 47. */
const WORDS = {
  en: { ...englishPage, ...englishRoom },
  de: { ...german, ...germanRoom },
  es: { ...spanish, ...spanishRoom },
  fr: { ...french, ...frenchRoom },
  'pt-BR': { ...portuguese, ...portugueseRoom },
};

/** Fills the empty `<noscript>` of every page; whoever follows a link into nothing reads that instead, which needs no script. */
export function noScript(): Plugin {
  return {
    name: 'gridcast-no-script',
    transformIndexHtml(page, { path }) {
      if (!page.includes(EMPTY)) throw new Error(`There is no empty <noscript> in ${path}`);
      const missing = path.endsWith('/missing.html');
      const said = Object.entries(WORDS).map(([tag, words]) => {
        const text = missing ? `${words['missing.title']}. ${words['missing.detail']}` : words['page.noScript'];
        return `<p lang="${tag}">${text}</p>`;
      });
      return page.replace(EMPTY, `<noscript>${said.join('')}</noscript>`);
    },
  };
}
