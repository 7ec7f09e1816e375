/** What the gallery shows beside people: a shared screen, a logo, a background and somebody's own picture. */
import { type SKRSContext2D, createCanvas } from '@napi-rs/canvas';
import { seededRandom } from '../content/random.ts';
import { paintPerson } from './portrait.ts';

/** Pixels of the shared screen. */
export const SLIDE = { width: 1280, height: 800 } as const;

const FONT = 'Noto Sans, DejaVu Sans, sans-serif';
const BARS = [38, 52, 47, 66, 81, 74, 96];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul'];

/** RGBA of a page with a heading, a list and a chart. */
export function paintSlide(): Uint8Array {
  const { width, height } = SLIDE;
  const context = createCanvas(width, height).getContext('2d');
  context.fillStyle = '#f7f5f0';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#1f3a5f';
  context.fillRect(0, 0, width, 14);
  write(context, 'Shore station: first half of the year', 80, 120, 54, '#1f3a5f', 600);
  write(context, 'Water temperature and visitors by month', 80, 172, 28, '#5d6b7a');
  const points = [
    'Warmest May since 2011',
    'New pier opened in April',
    'Two buoys to be replaced',
    'Next survey: 4 October',
  ];
  points.forEach((text, index) => {
    context.fillStyle = '#d2693c';
    context.fillRect(84, 268 + index * 92, 16, 16);
    write(context, text, 124, 288 + index * 92, 32, '#28313b');
  });
  const [left, bottom, step] = [640, 690, 80];
  context.strokeStyle = '#c9c4b8';
  context.lineWidth = 2;
  for (let line = 0; line <= 4; line += 1) {
    context.beginPath();
    context.moveTo(left - 16, bottom - line * 110);
    context.lineTo(left + BARS.length * step, bottom - line * 110);
    context.stroke();
  }
  BARS.forEach((value, index) => {
    context.fillStyle = index === BARS.length - 1 ? '#d2693c' : '#3f7cac';
    context.fillRect(left + index * step, bottom - value * 4.4, 52, value * 4.4);
    write(context, MONTHS[index] ?? '', left + index * step, bottom + 38, 24, '#5d6b7a');
  });
  return new Uint8Array(context.getImageData(0, 0, width, height).data.buffer);
}

/** A mark and a name, on nothing. PNG. */
export function paintLogo(): Uint8Array {
  const context = createCanvas(420, 120).getContext('2d');
  for (const [index, colour] of ['#40d9b2', '#f2b84b', '#5aa9e6', '#f0726a'].entries()) {
    context.fillStyle = colour;
    context.beginPath();
    context.roundRect(8 + (index % 2) * 54, 8 + Math.floor(index / 2) * 54, 48, 48, 10);
    context.fill();
  }
  write(context, 'Gridcast', 136, 84, 66, '#ffffff', 600);
  return png(context);
}

/** An evening over hills, for behind the tiles. PNG. */
export function paintBackground(): Uint8Array {
  const [width, height] = [960, 540];
  const context = createCanvas(width, height).getContext('2d');
  const sky = context.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, '#1b2a4a');
  sky.addColorStop(0.6, '#7a5a7c');
  sky.addColorStop(1, '#e0956a');
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  const random = seededRandom(5);
  for (const [index, colour] of ['#4a3f5e', '#33304c', '#1d2036'].entries()) {
    const [phase, base] = [random() * 6, height * (0.62 + index * 0.12)];
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(0, height);
    for (let x = 0; x <= width; x += 8) {
      context.lineTo(x, base - 36 * Math.sin(x / (150 - index * 30) + phase) - 14 * Math.sin(x / 41 + phase));
    }
    context.lineTo(width, height);
    context.fill();
  }
  return png(context);
}

/** Somebody's own picture: their face. PNG, square. */
export function paintAvatar(person: number): Uint8Array {
  const [width, height] = [960, 540];
  const whole = createCanvas(width, height);
  const image = whole.getContext('2d').createImageData(width, height);
  image.data.set(paintPerson(person, width, height));
  whole.getContext('2d').putImageData(image, 0, 0);
  const context = createCanvas(240, 240).getContext('2d');
  context.drawImage(whole, width / 2 - 195, 40, 390, 390, 0, 0, 240, 240);
  return png(context);
}

function write(
  context: SKRSContext2D,
  text: string,
  x: number,
  y: number,
  size: number,
  colour: string,
  weight = 400,
): void {
  context.font = `${weight} ${size}px ${FONT}`;
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

function png(context: SKRSContext2D): Uint8Array {
  return Uint8Array.from(context.canvas.toBuffer('image/png'));
}
