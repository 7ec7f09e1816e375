import type { ENGLISH_ADMIN_PARTS } from './admin-english.ts';
import type { AdminProblemCode } from './admin-problem-codes.ts';
import type { TranslatedParts } from './catalogue-parts.ts';
import type { ProblemWords } from './message.ts';

/** Beside the catalogue of its language; the types say when a part, a sentence or the words for a problem are missing. */
export interface AdminTranslation {
  readonly parts: TranslatedParts<typeof ENGLISH_ADMIN_PARTS>;
  readonly problems: Readonly<Record<AdminProblemCode, ProblemWords>>;
}
