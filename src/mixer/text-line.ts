/** Makes text that people wrote fit for one line of a picture. Pure. */

/** Whatever is longer is cut before anything is measured, in code points. */
const MAX_CODE_POINTS = 300;

/**
 * One line without control characters, and without those invisible ones that change what stands beside them (overrides of
 * direction) or make two names look alike. Joiners stay: emoji, Persian and Indic scripts need them.
 */
export function oneLine(text: string): string {
  const cut =
    text.length > MAX_CODE_POINTS ? [...text.slice(0, 2 * MAX_CODE_POINTS)].slice(0, MAX_CODE_POINTS).join('') : text;
  return cut
    .toWellFormed()
    .replace(/[\u00ad\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** Whether a line reads from right to left: its first letter decides (Unicode UAX #9, rules P2 and P3). */
export function isRightToLeft(line: string): boolean {
  const first = /\p{L}/u.exec(line)?.[0] ?? '';
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u.test(
    first,
  );
}

/** The line, or as much of it as is at most `maxWidth` wide with an ellipsis behind; cut between whole characters. */
export function ellipsize(line: string, maxWidth: number, widthOf: (text: string) => number): string {
  if (widthOf(line) <= maxWidth) return line;
  const graphemes = [...new Intl.Segmenter().segment(line)].map((part) => part.segment);
  const beginning = (count: number): string => `${graphemes.slice(0, count).join('').trimEnd()}…`;
  let low = 0;
  let high = graphemes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(beginning(middle)) <= maxWidth) low = middle;
    else high = middle - 1;
  }
  return beginning(low);
}

/** Up to two initials in the name's own script. */
export function initialsOf(name: string): string {
  const words = oneLine(name).split(' ').filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => firstGrapheme(word ?? ''));
  // Arabic letters would join to something that is no word.
  const between = isRightToLeft(letters.join('')) ? '\u200c' : '';
  return letters.filter(Boolean).join(between).toLocaleUpperCase() || '?';
}

/** `05:09` of a time in milliseconds, `125:09` of a long one. */
export function minutesOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

function firstGrapheme(word: string): string {
  for (const part of new Intl.Segmenter().segment(word)) return part.segment;
  return '';
}
