/** The fonts of everything that is written into the picture. */
import { createCanvas } from '@napi-rs/canvas';

/**
 * Noto first, one family per script, so that no other machine's fallback decides; what none of them has is looked for in
 * all installed fonts. The fonts of macOS stand behind.
 */
const TEXT_FAMILIES = [
  '"Noto Sans"',
  '"Noto Sans Arabic"',
  '"Noto Sans Hebrew"',
  '"Noto Sans Devanagari"',
  '"Noto Sans Thai"',
  '"Noto Sans CJK SC"',
  '"Noto Color Emoji"',
  '"Helvetica Neue"',
  '"PingFang SC"',
  '"Apple Color Emoji"',
  '"DejaVu Sans"',
  'sans-serif',
].join(', ');
/** Kana and Hangul tell that Han characters are Japanese or Korean, where some are drawn differently. */
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HANGUL = /\p{Script=Hangul}/u;
const CLOCK_FAMILIES = '"DejaVu Sans Mono", "Noto Sans Mono", "Liberation Mono", "Menlo", monospace';

/** The `font` of a canvas for this line; `weight`: 400 regular, 600 strong. */
export function textFont(line: string, fontSize: number, weight: 400 | 600): string {
  const cjk = KANA.test(line) ? 'JP' : HANGUL.test(line) ? 'KR' : 'SC';
  return `${weight} ${fontSize}px ${TEXT_FAMILIES.replace('CJK SC', `CJK ${cjk}`)}`;
}

/** The `font` of a canvas for digits of equal width. */
export function clockFont(fontSize: number): string {
  return `600 ${fontSize}px ${CLOCK_FAMILIES}`;
}

/** Loads the fonts of the most usual scripts: the first text of each takes milliseconds, more than a frame has to spare. */
export function warmFonts(): void {
  const context = createCanvas(64, 16).getContext('2d');
  for (const sample of ['A', 'Я', 'ع', 'א', 'आ', 'ก', '漢', 'か', '한', '🙂', '😀 é']) {
    context.font = textFont(sample, 12, 600);
    context.measureText(sample);
    context.fillText(sample, 0, 12);
  }
  context.getImageData(0, 0, 1, 1);
}
