/** What the admin page alone says, in every language: nobody else downloads it. */
import { adminEnglish } from './admin-english.ts';
import type { AdminTranslation } from './admin-translation.ts';
import type { MoreWords } from './catalogue-parts.ts';
import type { LanguageTag } from './languages.ts';
import { together } from './together.ts';

const LOADS: Readonly<Record<string, () => Promise<AdminTranslation>>> = {
  de: async () => (await import('./de/admin-catalogue.ts')).germanAdmin,
  es: async () => (await import('./es/admin-catalogue.ts')).spanishAdmin,
  fr: async () => (await import('./fr/admin-catalogue.ts')).frenchAdmin,
  'pt-BR': async () => (await import('./pt/admin-catalogue.ts')).portugueseAdmin,
} satisfies Readonly<Record<Exclude<LanguageTag, 'en'>, () => Promise<AdminTranslation>>>;

/** For `PageLanguage.begin`. */
export const ADMIN_WORDS: MoreWords = {
  english: adminEnglish,
  async load(tag) {
    const own = await LOADS[tag]?.();
    return own && { messages: together(own.parts), problems: own.problems };
  },
};
