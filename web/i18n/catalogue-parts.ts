/** A catalogue is written in parts, the same ones in every language: what each has to hold, and how they come together. */
import type { ENGLISH_PARTS } from './english.ts';
import type { AdminKey, Catalogue, EnglishSentences, Message, ProblemWords } from './message.ts';
import type { ProblemCode } from './problem-codes.ts';

/** The parts of a language: as in English, by the same names and with the same keys. */
export type TranslatedParts<Parts = typeof ENGLISH_PARTS> = {
  readonly [Part in keyof Parts]: Readonly<Record<keyof Parts[Part], Message>>;
};

/** What is all members of the union at once. */
type AllOf<Union> = (Union extends unknown ? (member: Union) => void : never) extends (both: infer Both) => void
  ? Both
  : never;

/** The sentences of all parts in one object; a key stands in one part only. */
export function together<Parts extends Readonly<Record<string, object>>>(parts: Parts): AllOf<Parts[keyof Parts]> {
  return Object.assign({}, ...Object.values(parts)) as AllOf<Parts[keyof Parts]>;
}

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
