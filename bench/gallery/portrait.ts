/** People before their cameras, drawn plainly: what the gallery shows in its tiles. The same number is the same person. */
import { type Canvas, type SKRSContext2D, createCanvas } from '@napi-rs/canvas';
import { seededRandom } from '../content/random.ts';

type Random = () => number;

const TURN = Math.PI * 2;
const SKINS = ['#f2d0b4', '#e0ac85', '#c68a5e', '#9a6440', '#70452c', '#f0c6a4', '#b57a50'];
const HAIR = ['#2a211d', '#4a3324', '#7a5330', '#b98a4e', '#191717', '#8c8f94', '#a3502e'];
const CLOTHES = ['#35608f', '#8f3f4b', '#3f7a5c', '#d09a3c', '#5b4a86', '#39424e', '#c7653f', '#e6e2da', '#2f7f86'];
const WALLS = ['#d9d2c4', '#b9c7cf', '#c9b9a6', '#a8b8a4', '#d6c1b6', '#8f9fae', '#b5a9c0'];
/** All measures are in the pixels of a picture of this size. */
const WIDTH = 640;
const HEIGHT = 360;
/** What is behind somebody is out of focus: it is drawn so much smaller. */
const BLUR = 5;

/** RGBA of one picture, 16:9. */
export function paintPerson(number: number, width: number, height: number): Uint8Array {
  const random = seededRandom(number * 7919 + 3);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(paintRoom(random, number), 0, 0, width, height);
  context.scale(width / WIDTH, height / HEIGHT);
  context.translate(WIDTH / 2 + (random() - 0.5) * 50, 6 + random() * 10);
  paintBody(context, random, number);
  return new Uint8Array(context.getImageData(0, 0, width, height).data.buffer);
}

function oneOf<T>(items: readonly T[], number: number): T {
  return items[number % items.length] as T;
}

function paintRoom(random: Random, number: number): Canvas {
  const canvas = createCanvas(WIDTH / BLUR, HEIGHT / BLUR);
  const context = canvas.getContext('2d');
  context.scale(1 / BLUR, 1 / BLUR);
  const wall = context.createLinearGradient(0, 0, WIDTH, HEIGHT);
  wall.addColorStop(0, oneOf(WALLS, number * 3 + 1));
  wall.addColorStop(1, '#6d665f');
  context.fillStyle = wall;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  const paint = oneOf([paintShelves, paintWindow, paintFrames, paintLamp], number);
  paint(context, random);
  if (random() < 0.6) paintPlant(context, random() < 0.5 ? 60 : 590, random);
  return canvas;
}

function paintShelves(context: SKRSContext2D, random: Random): void {
  for (const y of [30, 128, 226]) {
    for (let x = 16; x < WIDTH - 30; ) {
      const [width, height] = [9 + random() * 20, 42 + random() * 34];
      context.fillStyle = `hsl(${random() * 360}, 28%, ${30 + random() * 35}%)`;
      if (random() < 0.82) context.fillRect(x, y + 82 - height, width, height);
      x += width + 2;
    }
    context.fillStyle = '#5c432f';
    context.fillRect(0, y + 82, WIDTH, 9);
  }
}

function paintWindow(context: SKRSContext2D, random: Random): void {
  const left = random() < 0.5 ? 40 : 380;
  context.fillStyle = '#f4f1ea';
  context.fillRect(left - 12, 18, 244, 244);
  const sky = context.createLinearGradient(0, 30, 0, 250);
  sky.addColorStop(0, '#a9d2ee');
  sky.addColorStop(0.6, '#e8f1ea');
  sky.addColorStop(1, '#7fa36b');
  context.fillStyle = sky;
  context.fillRect(left, 30, 220, 220);
  for (let tree = 0; tree < 5; tree += 1) {
    context.fillStyle = `hsl(${95 + random() * 40}, 30%, ${32 + random() * 18}%)`;
    context.beginPath();
    context.arc(left + 20 + tree * 44, 226 - random() * 20, 26 + random() * 16, Math.PI, 0);
    context.fill();
  }
  context.fillStyle = '#f4f1ea';
  context.fillRect(left + 105, 30, 10, 220);
  context.fillRect(left, 132, 220, 10);
}

function paintFrames(context: SKRSContext2D, random: Random): void {
  for (const [x, y, width, height] of [
    [70, 40, 110, 80],
    [440, 30, 130, 150],
    [90, 150, 80, 100],
  ] as const) {
    context.fillStyle = '#3b332d';
    context.fillRect(x, y, width, height);
    context.fillStyle = `hsl(${random() * 360}, 32%, 72%)`;
    context.fillRect(x + 9, y + 9, width - 18, height - 18);
    context.fillStyle = `hsl(${random() * 360}, 38%, 45%)`;
    context.beginPath();
    context.arc(x + width / 2, y + height / 2, Math.min(width, height) / 4, 0, TURN);
    context.fill();
  }
}

function paintLamp(context: SKRSContext2D, random: Random): void {
  const x = random() < 0.5 ? 110 : 530;
  const glow = context.createRadialGradient(x, 110, 10, x, 110, 260);
  glow.addColorStop(0, 'rgba(255, 226, 170, 0.95)');
  glow.addColorStop(1, 'rgba(255, 214, 150, 0)');
  context.fillStyle = glow;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = '#fff3d6';
  context.beginPath();
  context.moveTo(x - 30, 70);
  context.lineTo(x + 30, 70);
  context.lineTo(x + 52, 130);
  context.lineTo(x - 52, 130);
  context.fill();
  context.fillStyle = '#4a423b';
  context.fillRect(x - 4, 130, 8, 200);
}

function paintPlant(context: SKRSContext2D, x: number, random: Random): void {
  for (let leaf = 0; leaf < 9; leaf += 1) {
    context.fillStyle = `hsl(${110 + random() * 40}, 32%, ${26 + random() * 18}%)`;
    context.beginPath();
    const turn = -Math.PI / 2 + (leaf - 4) * 0.28;
    context.ellipse(x + Math.cos(turn) * 44, 250 + Math.sin(turn) * 70, 46, 13, turn, 0, TURN);
    context.fill();
  }
  context.fillStyle = '#b4694a';
  context.fillRect(x - 30, 290, 60, 80);
}

function paintBody(context: SKRSContext2D, random: Random, number: number): void {
  // The styles repeat themselves after seven; with other skin and hair each time they are other people.
  const round = Math.floor(number / 7);
  const skin = oneOf(SKINS, number * 5 + 2 + round * 3);
  const hair = oneOf(HAIR, number * 3 + 4 + round * 2);
  const style = oneOf(['short', 'long', 'bald', 'bun', 'curly', 'short', 'scarf'] as const, number);
  const scarf = oneOf(CLOTHES, number + 5);
  if (style === 'long') blob(context, hair, 0, 158, 72, 104);
  if (style === 'curly') {
    for (let lock = 0; lock < 12; lock += 1) {
      blob(context, hair, Math.cos(lock / 1.9) * 56, 104 + Math.sin(lock / 1.9) * 58, 30, 30);
    }
  }
  if (style === 'bun') blob(context, hair, 0, 44, 26, 24);
  if (style === 'scarf') blob(context, scarf, 0, 140, 76, 104);
  // Shoulders, then the neck with the shadow of the chin.
  context.fillStyle = oneOf(CLOTHES, number * 2);
  context.beginPath();
  context.moveTo(-170, 380);
  context.bezierCurveTo(-166, 268, -104, 252, -34, 238);
  context.lineTo(34, 238);
  context.bezierCurveTo(104, 252, 166, 268, 170, 380);
  context.fill();
  context.fillStyle = style === 'scarf' ? scarf : shade(skin, -22);
  context.beginPath();
  context.moveTo(-27, 190);
  context.lineTo(27, 190);
  context.lineTo(36, 242);
  context.quadraticCurveTo(0, 274, -36, 242);
  context.fill();
  for (const side of style === 'scarf' ? [] : [-1, 1]) blob(context, shade(skin, -10), side * 56, 138, 9, 15);
  blob(context, skin, 0, 132, 56, 72);
  if (style !== 'bald' && style !== 'scarf') paintFringe(context, hair, random);
  if (style === 'bald') blob(context, shade(skin, 8), -14, 86, 20, 10);
  paintFace(context, skin, hair, number + round);
}

function paintFringe(context: SKRSContext2D, hair: string, random: Random): void {
  const side = random() < 0.5 ? -1 : 1;
  context.fillStyle = hair;
  context.beginPath();
  context.moveTo(-60, 132);
  context.bezierCurveTo(-66, 34, 66, 34, 60, 132);
  context.quadraticCurveTo(50, 100, side * 22, 92);
  context.quadraticCurveTo(-side * 30, 100, -60, 132);
  context.fill();
}

function paintFace(context: SKRSContext2D, skin: string, hair: string, number: number): void {
  for (const side of [-1, 1]) {
    blob(context, '#ffffff', side * 22, 130, 9.5, 6.5);
    blob(context, '#33261f', side * 22, 130, 5, 5.6);
    context.fillStyle = hair;
    context.fillRect(side * 22 - 12, 113, 24, 4);
  }
  blob(context, shade(skin, -18), 0, 150, 6, 8);
  context.strokeStyle = '#8c3f3a';
  context.lineWidth = 5;
  context.lineCap = 'round';
  context.beginPath();
  context.arc(0, 158, 21, 0.35, Math.PI - 0.35);
  context.stroke();
  if (number % 3 === 1) {
    context.strokeStyle = '#2b2b30';
    context.lineWidth = 3.4;
    for (const side of [-1, 1]) {
      context.beginPath();
      context.roundRect(side * 22 - 16, 118, 32, 25, 10);
      context.stroke();
    }
    context.fillStyle = '#2b2b30';
    context.fillRect(-6, 126, 12, 3.4);
  }
}

function blob(context: SKRSContext2D, colour: string, x: number, y: number, width: number, height: number): void {
  context.fillStyle = colour;
  context.beginPath();
  context.ellipse(x, y, width, height, 0, 0, TURN);
  context.fill();
}

/** `#rrggbb`, lighter or darker by so much of 255. */
function shade(colour: string, by: number): string {
  const value = Number.parseInt(colour.slice(1), 16);
  const part = (shift: number): number => Math.max(0, Math.min(255, ((value >> shift) & 0xff) + by));
  return `rgb(${part(16)}, ${part(8)}, ${part(0)})`;
}
