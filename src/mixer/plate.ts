/** Dark, rounded plates with a sign and a line of text: names, marks, states, titles. */
import { type SKRSContext2D, createCanvas } from '@napi-rs/canvas';
import { textFont } from './fonts.ts';
import type { Icon } from './icons.ts';
import { type Overlay, overlayFromRgba } from './overlay.ts';
import { ellipsize, isRightToLeft, oneLine } from './text-line.ts';

/** What a plate says. Text only ever is the argument of a drawing call, so it can inject nothing. */
export interface PlateContent {
  /** Stands at the left, whatever the direction of the text. */
  readonly icon?: Icon | undefined;
  /** In falling order of preference: the first that fits is written, else the last, cut. */
  readonly texts?: readonly string[];
  readonly color?: string;
  readonly weight?: 400 | 600;
  /** Ends that are half circles. */
  readonly pill?: boolean;
}

/** Height of a plate, pixels, even. */
export function plateHeight(fontSize: number): number {
  return even(fontSize * 1.6);
}

/** A plate of `plateHeight`, as wide as it has to be and at most `maxWidth` pixels. */
export function renderPlate(content: PlateContent, fontSize: number, maxWidth: number): Overlay {
  const height = plateHeight(fontSize);
  const padding = Math.round(fontSize * (content.pill ? 0.75 : 0.5));
  const texts = (content.texts ?? []).map(oneLine).filter(Boolean);
  const iconSize = content.icon ? Math.round(fontSize * (texts.length > 0 ? 0.95 : 1.1)) : 0;
  const iconRoom = iconSize > 0 && texts.length > 0 ? iconSize + Math.round(fontSize * 0.4) : iconSize;
  const room = maxWidth - 2 * padding - iconRoom;
  const line = fitted(texts, room, fontSize, content.weight ?? 600);
  const lonely = content.icon !== undefined && line.text === '';
  const wanted = lonely ? height : even(line.width + iconRoom + 2 * padding);
  const width = Math.max(2, Math.min(wanted, Math.floor(maxWidth / 2) * 2));
  const context = createCanvas(width, height).getContext('2d');
  if (content.icon) {
    // Signs may cut out of what is drawn before them, so the plate is put behind.
    const left = lonely ? (width - iconSize) / 2 : padding;
    drawIcon(context, content.icon, left, (height - iconSize) / 2, iconSize);
    context.globalCompositeOperation = 'destination-over';
  }
  fillPlate(context, width, height, content.pill ? height / 2 : Math.round(fontSize * 0.3));
  context.globalCompositeOperation = 'source-over';
  if (line.text !== '') {
    context.fillStyle = content.color ?? '#ffffff';
    const left = Math.min(padding + iconRoom, width);
    writeLine(context, line, { left, baseline: height / 2 + fontSize * 0.35, maxWidth: Math.max(1, room) });
  }
  return overlayFromRgba(context.getImageData(0, 0, width, height).data, width, height);
}

/** Renders one that has to be cut: the first of these takes ten milliseconds, most of them for the rules by which text is cut. */
export function warmPlates(): void {
  renderPlate({ texts: ['A name that is cut'] }, 12, 60);
}

/** Writes a line from `left` to the right, whatever its own direction; wider than `maxWidth` it is squeezed. All in pixels. */
export function writeLine(
  context: SKRSContext2D,
  { text, font }: FittedLine,
  { left, baseline, maxWidth }: { readonly left: number; readonly baseline: number; readonly maxWidth: number },
): void {
  context.font = font;
  context.direction = isRightToLeft(text) ? 'rtl' : 'ltr';
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillText(text, left, baseline, maxWidth);
}

/** A line and how it is written. */
export interface FittedLine {
  readonly text: string;
  readonly font: string;
  /** Pixels. */
  readonly width: number;
}

/** The first of `texts` that is at most `maxWidth` pixels wide, else the last, cut with an ellipsis. */
export function fitted(texts: readonly string[], maxWidth: number, fontSize: number, weight: 400 | 600): FittedLine {
  const context = createCanvas(1, 1).getContext('2d');
  const font = textFont(fontSize, weight);
  context.font = font;
  const widthOf = (text: string): number => context.measureText(text).width;
  const whole = texts.find((text) => widthOf(text) <= maxWidth);
  const last = texts.at(-1);
  if (whole !== undefined) return { text: whole, font, width: widthOf(whole) };
  if (last === undefined || maxWidth < fontSize / 2) return { text: '', font, width: 0 };
  const text = ellipsize(last, maxWidth, widthOf);
  return { text, font, width: widthOf(text) };
}

/** The smallest even number that is not below `value`. */
export function even(value: number): number {
  return Math.ceil(value / 2) * 2;
}

/** The dark of all plates; `opacity` 0 to 1. */
export function fillPlate(context: SKRSContext2D, width: number, height: number, radius: number, opacity = 0.68): void {
  context.fillStyle = `rgba(12, 14, 18, ${opacity})`;
  context.beginPath();
  context.roundRect(0, 0, width, height, radius);
  context.fill();
}

function drawIcon(context: SKRSContext2D, icon: Icon, x: number, y: number, size: number): void {
  context.save();
  context.translate(x, y);
  context.scale(size, size);
  icon(context);
  context.restore();
}
