/** A catalogue is written in parts, the same ones in every language: what each has to hold. */
import type { ENGLISH_PARTS } from './english.ts';
import type { AdminKey, Catalogue, EnglishSentences, ProblemWords } from './message.ts';
import type { ProblemCode } from './problem-codes.ts';
import type { Message } from './sentence.ts';
import { together } from './together.ts';

/** The parts of a language: as in English, by the same names and with the same keys. */
export type TranslatedParts<Parts = typeof ENGLISH_PARTS> = {
  readonly [Part in keyof Parts]: Readonly<Record<keyof Parts[Part], Message>>;
};

/** A language that comes with the pages; the types say when a part, a sentence or the words for a problem are missing. */
export interface Translation {
  /** BCP 47, for example `pt-BR`. */
  readonly locale: string;
  readonly parts: TranslatedParts;
  readonly problems: Readonly<Record<ProblemCode, ProblemWords>>;
}

/** Its catalogue. The page does this, so that what it downloads for a language holds nothing but words. */
export function catalogueOf({ locale, parts, problems }: Translation): Catalogue {
  return { locale, messages: together(parts), problems };
}

/** Sentences that one page alone needs, beside those of all pages. */
export interface MoreWords {
  readonly english: EnglishSentences;
  /** Undefined for a language that has none. May reject. @param tag BCP 47, of a shipped language */
  load(tag: string): Promise<Pick<Catalogue<AdminKey>, 'messages' | 'problems'> | undefined>;
}
