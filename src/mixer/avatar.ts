/** Stands for a person without video: a disc with their initials, or their own image in a circle. */
import { type SKRSContext2D, ImageData, createCanvas } from '@napi-rs/canvas';
import { textFont } from './fonts.ts';
import { type Overlay, overlayFromRgba } from './overlay.ts';
import { yuvOf } from './picture.ts';
import type { RgbaImage } from './still-image.ts';
import { initialsOf } from './text-line.ts';

/** Behind the disc. */
export const AVATAR_BACKGROUND = yuvOf(28, 32, 39);

/** The disc of this diameter, pixels, even. */
export function renderDisc(name: string, image: RgbaImage | undefined, diameter: number): Overlay {
  const context = createCanvas(diameter, diameter).getContext('2d');
  const radius = diameter / 2;
  context.beginPath();
  context.arc(radius, radius, radius, 0, Math.PI * 2);
  if (image) drawImage(context, image, diameter);
  else drawInitials(context, name, radius);
  return overlayFromRgba(context.getImageData(0, 0, diameter, diameter).data, diameter, diameter);
}

function drawInitials(context: SKRSContext2D, name: string, radius: number): void {
  const initials = initialsOf(name);
  context.fillStyle = `hsl(${hueOf(name)}, 42%, 44%)`;
  context.fill();
  context.fillStyle = '#ffffff';
  const fontSize = Math.max(6, Math.round(radius * 0.78));
  context.font = textFont(fontSize, 600);
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillText(initials, radius, radius + fontSize * 0.36, radius * 1.6);
}

/** The middle of the image, as large as the circle. */
function drawImage(context: SKRSContext2D, image: RgbaImage, diameter: number): void {
  const { width, height, data } = image;
  const source = createCanvas(width, height);
  const pixels = new Uint8ClampedArray(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  source.getContext('2d').putImageData(new ImageData(pixels, width, height), 0, 0);
  const side = Math.min(width, height);
  context.fillStyle = '#39414d';
  context.fill();
  context.clip();
  context.imageSmoothingQuality = 'medium';
  context.drawImage(source, (width - side) / 2, (height - side) / 2, side, side, 0, 0, diameter, diameter);
}

/** The same name has the same colour everywhere. */
function hueOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 360;
  return hash;
}
