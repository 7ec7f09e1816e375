/** The fonts of everything that is written into the picture. */
import { createCanvas } from '@napi-rs/canvas';

/**
 * Noto first, one family per script, so that not every machine's fallback decides anew; what none of them has is looked for
 * in all installed fonts. Those of macOS stand behind.
 */
const TEXT_FAMILIES = [
  '"Noto Sans"',
  '"Noto Sans Arabic"',
  '"Noto Sans Hebrew"',
  '"Noto Sans Devanagari"',
  '"Noto Sans Thai"',
  '"Noto Sans CJK SC"',
  '"Noto Sans CJK JP"',
  '"Noto Color Emoji"',
  '"Helvetica Neue"',
  '"PingFang SC"',
  '"Apple Color Emoji"',
  '"DejaVu Sans"',
  'sans-serif',
].join(', ');
const CLOCK_FAMILIES = '"DejaVu Sans Mono", "Noto Sans Mono", "Liberation Mono", "Menlo", monospace';

/** The `font` of a canvas; `weight`: 400 regular, 600 strong. */
export function textFont(fontSize: number, weight: 400 | 600): string {
  return `${weight} ${fontSize}px ${TEXT_FAMILIES}`;
}

/** The `font` of a canvas for digits of equal width. */
export function clockFont(fontSize: number): string {
  return `600 ${fontSize}px ${CLOCK_FAMILIES}`;
}

/** Loads the fonts of the most usual scripts: the first text of each takes milliseconds, more than a frame has to spare. */
export function warmFonts(): void {
  const context = createCanvas(64, 16).getContext('2d');
  context.font = textFont(12, 600);
  for (const sample of ['A', 'Я', 'ع', 'א', 'आ', 'ก', '漢', 'か', '한', '🙂', '😀 é']) {
    context.measureText(sample);
    context.fillText(sample, 0, 12);
  }
  context.getImageData(0, 0, 1, 1);
}
