/** Larger writing over the program: the lower third, the sentence of a slate, a logo. Rendered once, when it changes. */
import { ImageData, createCanvas } from '@napi-rs/canvas';
import { COLORS } from './icons.ts';
import { type Overlay, overlayFromRgba } from './overlay.ts';
import { even, type FittedLine, fillPlate, fitted, writeLine } from './plate.ts';
import type { RgbaImage } from './still-image.ts';
import { oneLine } from './text-line.ts';

/** Share of the program's height that the letters of a lower third's first line have. */
const TITLE_SHARE = 1 / 23;
const TEXT_SHARE = 1 / 34;

/** Two lines on a plate with a coloured edge, at most `maxWidth` pixels wide. */
export function renderLowerThird(title: string, text: string, programHeight: number, maxWidth: number): Overlay {
  const titleSize = Math.max(14, Math.round(programHeight * TITLE_SHARE));
  const textSize = Math.max(11, Math.round(programHeight * TEXT_SHARE));
  const edge = even(titleSize * 0.18);
  const padding = Math.round(titleSize * 0.6);
  const room = maxWidth - edge - 2 * padding;
  const first = fitted([oneLine(title)], room, titleSize, 600);
  const second = fitted([oneLine(text)], room, textSize, 400);
  const two = second.text !== '';
  const width = Math.min(even(Math.max(first.width, second.width) + edge + 2 * padding), Math.floor(maxWidth / 2) * 2);
  const height = even(titleSize * 1.35 + (two ? textSize * 1.5 : 0) + padding);
  const context = createCanvas(width, height).getContext('2d');
  // What it hides has writing of its own.
  fillPlate(context, width, height, Math.round(titleSize * 0.14), 0.88);
  context.fillStyle = COLORS.speaking;
  context.beginPath();
  context.roundRect(0, 0, edge, height, edge / 2);
  context.fill();
  const place = { left: edge + padding, baseline: padding / 2 + titleSize * 1.02, maxWidth: room };
  context.fillStyle = '#ffffff';
  writeLine(context, first, place);
  context.fillStyle = '#d4dae3';
  if (two) writeLine(context, second, { ...place, baseline: place.baseline + titleSize * 0.28 + textSize * 1.12 });
  return overlayFromRgba(context.getImageData(0, 0, width, height).data, width, height);
}

/** A title over a calm sentence, centred, without a plate, in the width of the program. */
export function renderSlateText(title: string, sentence: string, width: number, programHeight: number): Overlay {
  const titleSize = Math.max(16, Math.round(Math.min(programHeight / 15, width / 16)));
  const textSize = Math.max(12, Math.round(titleSize * 0.5));
  const room = width * 0.86;
  const first = fitted([oneLine(title)], room, titleSize, 600);
  const second = fitted([oneLine(sentence)], room, textSize, 400);
  const height = even(titleSize * 1.6 + textSize * 2);
  const context = createCanvas(width, height).getContext('2d');
  // Readable on any background picture, too.
  context.shadowColor = 'rgba(0, 0, 0, 0.7)';
  context.shadowBlur = textSize * 0.5;
  context.fillStyle = '#ffffff';
  const centred = (line: FittedLine, baseline: number): void =>
    writeLine(context, line, { left: (width - line.width) / 2, baseline, maxWidth: room });
  centred(first, titleSize * 1.1);
  context.fillStyle = '#c3cbd6';
  centred(second, titleSize * 1.6 + textSize);
  return overlayFromRgba(context.getImageData(0, 0, width, height).data, width, height);
}

/** An image `height` pixels high, or less where it would be wider than `maxWidth`. */
export function renderLogo(image: RgbaImage, height: number, maxWidth: number, opacity: number): Overlay {
  const scale = Math.min(height / image.height, maxWidth / image.width);
  const width = Math.max(2, even(image.width * scale - 1));
  const rows = Math.max(2, even(image.height * scale - 1));
  const source = createCanvas(image.width, image.height);
  const { data } = image;
  const pixels = new Uint8ClampedArray(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  source.getContext('2d').putImageData(new ImageData(pixels, image.width, image.height), 0, 0);
  const context = createCanvas(width, rows).getContext('2d');
  context.globalAlpha = opacity;
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, width, rows);
  return overlayFromRgba(context.getImageData(0, 0, width, rows).data, width, rows);
}
