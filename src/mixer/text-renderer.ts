/**
 * Text to overlays. Skia shapes every script and falls back over the machine's fonts; text arrives as an argument of a
 * drawing call, so a name can inject nothing anywhere.
 */
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { type Overlay, overlayFromRgba } from './overlay.ts';
import { type Picture, type YuvColor, createPicture, yuvOf } from './picture.ts';

const FONT = '"Noto Sans", "DejaVu Sans", "Noto Color Emoji", sans-serif';
const CLOCK_FONT = '"DejaVu Sans Mono", "Noto Sans Mono", "Liberation Mono", monospace';

const even = (value: number): number => Math.ceil(value / 2) * 2;

/** A name on a dark, rounded plate, at most `maxWidth` pixels wide, cut with an ellipsis. */
export function renderLabel(text: string, fontSize: number, maxWidth: number): Overlay {
  const padding = Math.round(fontSize * 0.5);
  const measure = createCanvas(1, 1).getContext('2d');
  measure.font = `600 ${fontSize}px ${FONT}`;
  const fitted = ellipsize(measure, oneLine(text), maxWidth - 2 * padding);
  const wanted = even(measure.measureText(fitted).width + 2 * padding);
  const width = Math.min(wanted, Math.floor(maxWidth / 2) * 2);
  const height = even(fontSize * 1.6);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = 'rgba(12, 14, 18, 0.66)';
  context.beginPath();
  context.roundRect(0, 0, width, height, Math.round(fontSize * 0.3));
  context.fill();
  context.font = measure.font;
  context.fillStyle = '#ffffff';
  context.textBaseline = 'middle';
  context.fillText(fitted, padding, height / 2 + fontSize * 0.04, maxWidth - 2 * padding);
  return overlayFromRgba(context.getImageData(0, 0, width, height).data, width, height);
}

/** A tile for somebody without a picture: their initials on a disc. */
export function renderAvatar(name: string, width: number, height: number): Picture {
  const hue = hueOf(name);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#1c2027';
  context.fillRect(0, 0, width, height);
  const radius = Math.min(width, height) * 0.24;
  context.fillStyle = `hsl(${hue}, 45%, 42%)`;
  context.beginPath();
  context.arc(width / 2, height / 2, radius, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = '#ffffff';
  context.font = `600 ${Math.round(radius * 0.8)}px ${FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(initialsOf(name), width / 2, height / 2 + radius * 0.05);
  return pictureFromCanvas(context, width, height);
}

/** One opaque picture per character of `alphabet`, all of one size, light on dark. */
export function renderGlyphs(alphabet: string, fontSize: number): ReadonlyMap<string, Picture> {
  const measure = createCanvas(1, 1).getContext('2d');
  measure.font = `600 ${fontSize}px ${CLOCK_FONT}`;
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
    glyphs.set(character, pictureFromCanvas(context, width, height));
  }
  return glyphs;
}

/** Up to two initials in the name's own script. */
export function initialsOf(name: string): string {
  const words = oneLine(name).split(' ').filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => firstGrapheme(word ?? ''));
  return letters.join('').toLocaleUpperCase() || '?';
}

/** Line breaks and control characters would tear the plate; overrides of direction would turn what stands behind a name. */
function oneLine(text: string): string {
  return text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

function ellipsize(context: SKRSContext2D, text: string, maxWidth: number): string {
  if (context.measureText(text).width <= maxWidth) return text;
  const graphemes = [...new Intl.Segmenter().segment(text)].map((part) => part.segment);
  let low = 0;
  let high = graphemes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const candidate = `${graphemes.slice(0, middle).join('').trimEnd()}…`;
    if (context.measureText(candidate).width <= maxWidth) low = middle;
    else high = middle - 1;
  }
  return `${graphemes.slice(0, low).join('').trimEnd()}…`;
}

function firstGrapheme(word: string): string {
  for (const part of new Intl.Segmenter().segment(word)) return part.segment;
  return '';
}

function hueOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 360;
  return hash;
}

function pictureFromCanvas(context: SKRSContext2D, width: number, height: number): Picture {
  const { data } = context.getImageData(0, 0, width, height);
  const picture = createPicture(width, height);
  const colorAt = (x: number, y: number): YuvColor => {
    const at = (y * width + x) * 4;
    return yuvOf(data[at] as number, data[at + 1] as number, data[at + 2] as number);
  };
  const luma = width * height;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const color = colorAt(x, y);
      picture.data[y * width + x] = color.y;
      if ((x & 1) === 0 && (y & 1) === 0) {
        const chroma = luma + (y >> 1) * (width >> 1) + (x >> 1);
        picture.data[chroma] = color.u;
        picture.data[chroma + (luma >> 2)] = color.v;
      }
    }
  }
  return picture;
}
