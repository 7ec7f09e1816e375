/** Single characters as pictures, for text that changes with every frame. */
import { createCanvas } from '@napi-rs/canvas';
import { clockFont } from './fonts.ts';
import type { Picture } from './picture.ts';
import { even } from './plate.ts';
import { pictureFromRgba } from './rgba-picture.ts';

/** One opaque picture per character of `alphabet`, all of one size, light on dark. */
export function renderGlyphs(alphabet: string, fontSize: number): ReadonlyMap<string, Picture> {
  const measure = createCanvas(1, 1).getContext('2d');
  measure.font = clockFont(fontSize);
  const width = even(Math.ceil(measure.measureText('0').width));
  const height = even(fontSize * 1.5);
  const glyphs = new Map<string, Picture>();
  for (const character of alphabet) {
    const context = createCanvas(width, height).getContext('2d');
    context.fillStyle = '#0c0e12';
    context.fillRect(0, 0, width, height);
    context.font = measure.font;
    context.fillStyle = '#ffffff';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(character, width / 2, height / 2 + fontSize * 0.04);
    glyphs.set(character, pictureFromRgba(context.getImageData(0, 0, width, height).data, width, height));
  }
  return glyphs;
}
