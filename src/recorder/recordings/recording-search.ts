/** The text by which recordings are found: words of title, room and participants' names. Pure. */

/** Words that are looked for, at most. */
const MAX_WORDS = 8;
/** Names that are kept of one recording, and characters of each. */
export const MAX_PEOPLE = 200;
const MAX_NAME = 100;

/** The text in which words are looked for: without differences of case, in one form of each letter. */
export function searchText(title: string, room: string, people: readonly string[]): string {
  return fold([title, room, ...people].join('\n'));
}

/** The words of a question; all of them are to be found. */
export function searchWords(question: string): readonly string[] {
  return [...new Set(fold(question).split(/\s+/u).filter(Boolean))].slice(0, MAX_WORDS);
}

/** Names as an archive tells them, whatever it tells: each once, no more than are kept. */
export function peopleNames(told: unknown): readonly string[] {
  if (!Array.isArray(told)) return [];
  const names = told.filter((name): name is string => typeof name === 'string' && name.trim() !== '');
  return [...new Set(names.map((name) => name.trim().slice(0, MAX_NAME)))].slice(0, MAX_PEOPLE);
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
