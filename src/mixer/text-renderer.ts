/** Text to pictures and overlays. Skia shapes every script and falls back over the machine's fonts. */
import { createCanvas } from '@napi-rs/canvas';
import { AVATAR_BACKGROUND, renderDisc } from './avatar.ts';
import { clockFont } from './fonts.ts';
import { type Overlay, blendOverlay } from './overlay.ts';
import { type Picture, createPicture } from './picture.ts';
import { even, renderPlate } from './plate.ts';
import { pictureFromRgba } from './rgba-picture.ts';

/** A name on a dark, rounded plate, at most `maxWidth` pixels wide, cut with an ellipsis. */
export function renderLabel(text: string, fontSize: number, maxWidth: number): Overlay {
  return renderPlate({ texts: [text] }, fontSize, maxWidth);
}

/** A tile for somebody without a picture: their initials on a disc. */
export function renderAvatar(name: string, width: number, height: number): Picture {
  const picture = createPicture(width, height, AVATAR_BACKGROUND);
  const diameter = Math.max(2, even(Math.min(width, height) * 0.48 - 1));
  const middle = (size: number): number => ((size - diameter) >> 2) << 1;
  blendOverlay(picture, renderDisc(name, undefined, diameter), middle(width), middle(height));
  return picture;
}

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
