/** The languages that come with the pages, and which of them somebody reads. */
import { catalogueOf } from './catalogue-parts.ts';
import type { Catalogue } from './message.ts';

/** One of them. */
export interface Language {
  /** BCP 47. */
  readonly tag: string;
  /** As those call it who speak it. */
  readonly name: string;
  /** Fetches its sentences, which nobody else downloads; undefined: they are in the page already. May reject. */
  readonly load: (() => Promise<Catalogue>) | undefined;
}

/** English, then the others by their names. */
export const LANGUAGES = [
  { tag: 'en', name: 'English', load: undefined },
  { tag: 'de', name: 'Deutsch', load: async () => catalogueOf((await import('./de/catalogue.ts')).german) },
  { tag: 'es', name: 'Español', load: async () => catalogueOf((await import('./es/catalogue.ts')).spanish) },
  { tag: 'fr', name: 'Français', load: async () => catalogueOf((await import('./fr/catalogue.ts')).french) },
  {
    tag: 'pt-BR',
    name: 'Português (Brasil)',
    load: async () => catalogueOf((await import('./pt/catalogue.ts')).portuguese),
  },
] as const satisfies readonly Language[];

/** Names a language that is shipped. */
export type LanguageTag = (typeof LANGUAGES)[number]['tag'];

/** What is known of somebody, best first. */
export interface LanguageWishes {
  /** BCP 47, as the address of the page says it; may be empty, or anything else. */
  readonly asked: string;
  /** What was chosen on this device; may be empty, or anything else. */
  readonly kept: string;
  /** The browser's, best first, BCP 47. */
  readonly preferred: readonly string[];
}

/** English for whoever reads none of the others. */
export function chooseLanguage({ asked, kept, preferred }: LanguageWishes): (typeof LANGUAGES)[number] {
  return [asked, kept, ...preferred].map(shippedLanguage).find((found) => found !== undefined) ?? LANGUAGES[0];
}

/** The same language, if need be of another country; undefined when it is not shipped. */
export function shippedLanguage(tag: string): (typeof LANGUAGES)[number] | undefined {
  const wanted = tag.toLowerCase();
  return (
    LANGUAGES.find((own) => own.tag.toLowerCase() === wanted) ??
    LANGUAGES.find((own) => primary(own.tag) === primary(wanted))
  );
}

/** Without the country and the script. */
function primary(tag: string): string | undefined {
  return tag.toLowerCase().split(/[-_]/)[0];
}
