/** The picture that stands where something was left out. */
import { createCanvas } from '@napi-rs/canvas';
import { textFont } from '../../mixer/fonts.ts';
import { ellipsize, oneLine } from '../../mixer/text-line.ts';

const BACKGROUND = '#12161c';
const STRONG = '#e9edf2';
const WEAK = '#8d99a8';

/** A PNG of this size, pixels: `word` large, `detail` below. */
export function renderSlate(word: string, detail: string, width: number, height: number): Promise<Uint8Array> {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = BACKGROUND;
  context.fillRect(0, 0, width, height);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const write = (text: string, y: number, fontSize: number, weight: 400 | 600, colour: string): void => {
    context.font = textFont(fontSize, weight);
    context.fillStyle = colour;
    const line = ellipsize(oneLine(text), width * 0.9, (part) => context.measureText(part).width);
    context.fillText(line, width / 2, y);
  };
  const fontSize = Math.max(8, Math.round(Math.min(height / 9, width / 14)));
  write(word, height / 2 - fontSize * 0.7, fontSize, 600, STRONG);
  write(detail, height / 2 + fontSize * 0.7, Math.max(7, Math.round(fontSize * 0.6)), 400, WEAK);
  return canvas.encode('png');
}
