/** How wide a line of text is about, where nothing can measure it: in drawings that are only data. */

/** Letters as wide as they are high. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\u3000-\u303f\uff00-\uff60]/u;
/** Widths in a sans-serif font, on the safe side. */
const LETTER = 0.58;

function widthOf(letters: readonly string[]): number {
  return letters.reduce((sum, letter) => sum + (WIDE.test(letter) ? 1.05 : LETTER), 0);
}

/** Width in font sizes. */
export function textWidth(text: string): number {
  return widthOf([...text]);
}

/** The text, cut with an ellipsis to so many font sizes; empty when not even one letter fits. */
export function fitText(text: string, width: number): string {
  const letters = [...text];
  if (widthOf(letters) <= width) return text;
  while (letters.length > 0 && widthOf(letters) + LETTER > width) letters.pop();
  return letters.length === 0 ? '' : `${letters.join('').trimEnd()}…`;
}
