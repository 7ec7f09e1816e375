/** What the admin page alone says, in every language: nobody else downloads it. */
import { adminEnglish, type ENGLISH_ADMIN_PARTS } from './admin-english.ts';
import type { AdminProblemCode } from './admin-problem-codes.ts';
import { type MoreWords, together, type TranslatedParts } from './catalogue-parts.ts';
import type { LanguageTag } from './languages.ts';
import type { ProblemWords } from './message.ts';

/** Beside the catalogue of its language; the types say when a part, a sentence or the words for a problem are missing. */
export interface AdminTranslation {
  readonly parts: TranslatedParts<typeof ENGLISH_ADMIN_PARTS>;
  readonly problems: Readonly<Record<AdminProblemCode, ProblemWords>>;
}

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
