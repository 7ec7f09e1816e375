/** Whom somebody is about to call while they write: pure. */
import type { ChatPerson } from '../controllers/chat-desk.ts';

/** The `@` in the text, and what stands behind it so far. */
export interface MentionQuery {
  readonly from: number;
  readonly query: string;
}

/** Suggestions at a time. */
const MOST = 6;
const LONGEST_NAME = 64;

/** What stands before the cursor, when it is the beginning of a call. */
export function mentionBefore(text: string, caret: number): MentionQuery | undefined {
  const from = text.lastIndexOf('@', caret - 1);
  if (from < 0 || (from > 0 && /\S/u.test(text[from - 1] ?? ''))) return undefined;
  const query = text.slice(from + 1, caret);
  return query.length > LONGEST_NAME || query.includes('\n') ? undefined : { from, query };
}

/** Who fits: by any word of the name, those who begin with it first. */
export function mentioned(people: readonly ChatPerson[], query: string): readonly ChatPerson[] {
  const wanted = query.toLocaleLowerCase();
  const rank = ({ name }: ChatPerson): number => {
    const low = name.toLocaleLowerCase();
    if (low.startsWith(wanted)) return 0;
    return low.split(/\s+/u).some((word) => word.startsWith(wanted)) ? 1 : 2;
  };
  const fitting = people.filter((person) => rank(person) < 2 && person.name.toLocaleLowerCase() !== wanted.trimEnd());
  return fitting.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST);
}

/** The text with the name in place of what was written of it, and where the cursor stands then. */
export function withMention(
  text: string,
  caret: number,
  { from }: MentionQuery,
  name: string,
): { readonly text: string; readonly caret: number } {
  const called = `@${name} `;
  return { text: text.slice(0, from) + called + text.slice(caret), caret: from + called.length };
}
