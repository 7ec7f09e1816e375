/** Pictures as a camera on a desk gives them: a textured room, and somebody who talks and moves. Painted, so that nothing is loaded. */
import { type Canvas, type SKRSContext2D, createCanvas } from '@napi-rs/canvas';
import { seededRandom } from './random.ts';

const WIDTH = 640;
const HEIGHT = 360;
const OCTAVES = 7;
const FULL_TURN = Math.PI * 2;

interface Motion {
  /** Whole cycles in one loop, so that its end meets its beginning. */
  readonly cycles: number;
  readonly phase: number;
  readonly size: number;
}

/** One person in front of one camera; every seed is somebody else somewhere else. */
export class CameraScene {
  readonly #frames: number;
  readonly #canvas = createCanvas(WIDTH, HEIGHT);
  readonly #context = this.#canvas.getContext('2d');
  readonly #room: Canvas;
  readonly #person: Canvas;
  readonly #motions: readonly Motion[];
  readonly #skin: string;
  readonly #random: () => number;

  /** @param frames of one loop. */
  constructor(seed: number, frames: number) {
    this.#frames = frames;
    this.#random = seededRandom(seed * 7919 + 17);
    const random = this.#random;
    this.#skin = `hsl(${18 + random() * 14}, ${30 + random() * 25}%, ${34 + random() * 40}%)`;
    this.#room = this.#paintRoom();
    this.#person = this.#paintPerson();
    this.#motions = Array.from({ length: 8 }, (_, index) => ({
      cycles: 1 + Math.floor(random() * (index < 4 ? 4 : 12)),
      phase: random() * FULL_TURN,
      size: 0.4 + random() * 0.6,
    }));
  }

  /** RGBA of one frame; valid until the next call. */
  frame(index: number): Uint8ClampedArray {
    const context = this.#context;
    context.drawImage(this.#room, 0, 0);
    const at = (motion: number): number => this.#at(motion, index);
    context.save();
    context.translate(WIDTH * 0.5 + at(0) * 16 + at(4) * 3, HEIGHT * 0.52 + at(1) * 7 + at(5) * 2);
    context.rotate(at(2) * 0.05);
    const scale = 1 + at(3) * 0.04;
    context.scale(scale, scale);
    context.drawImage(this.#person, -160, -150);
    this.#face(context, index);
    context.restore();
    this.#hand(context, index);
    // Light that breathes a little, as lamps and auto exposure make it.
    context.fillStyle = `rgba(255, 244, 220, ${0.02 + 0.012 * at(6)})`;
    context.fillRect(0, 0, WIDTH, HEIGHT);
    return context.getImageData(0, 0, WIDTH, HEIGHT).data;
  }

  #at(motion: number, frame: number): number {
    const { cycles, phase, size } = this.#motions[motion] as Motion;
    return Math.sin((frame / this.#frames) * cycles * FULL_TURN + phase) * size;
  }

  #face(context: SKRSContext2D, frame: number): void {
    const { phase } = this.#motions[7] as Motion;
    const blinking = (frame + Math.floor(phase * 20)) % 97 < 4;
    context.fillStyle = '#23201e';
    for (const side of [-1, 1]) {
      context.beginPath();
      context.ellipse(side * 19, -74, 6, blinking ? 0.8 : 3.6, 0, 0, FULL_TURN);
      context.fill();
    }
    // Syllables: some four in a second, of changing width.
    const open =
      Math.abs(Math.sin((frame / 30) * 4.3 * Math.PI + phase)) * (0.55 + 0.45 * Math.sin(frame / 11 + phase));
    context.fillStyle = '#5a2320';
    context.beginPath();
    context.ellipse(0, -36, 15 - open * 4, 2 + open * 8, 0, 0, FULL_TURN);
    context.fill();
  }

  #hand(context: SKRSContext2D, frame: number): void {
    const lift = Math.max(0, this.#at(4, frame));
    if (lift < 0.05) return;
    const x = WIDTH * 0.7 + this.#at(7, frame) * 22;
    const y = HEIGHT * 1.02 - lift * 110;
    context.fillStyle = this.#skin;
    context.beginPath();
    context.ellipse(x, y, 24, 34, 0.3 + this.#at(5, frame) * 0.4, 0, FULL_TURN);
    context.fill();
    for (const finger of [-2, -1, 0, 1]) {
      context.fillRect(x + finger * 11 - 2, y - 52 + Math.abs(finger) * 6, 8, 34);
    }
  }

  #paintRoom(): Canvas {
    const canvas = createCanvas(WIDTH, HEIGHT);
    const context = canvas.getContext('2d');
    const random = this.#random;
    const hue = random() * 360;
    const wall = context.createLinearGradient(0, 0, WIDTH, HEIGHT);
    wall.addColorStop(0, `hsl(${hue}, 18%, ${50 + random() * 25}%)`);
    wall.addColorStop(1, `hsl(${hue + 30}, 22%, ${22 + random() * 20}%)`);
    context.fillStyle = wall;
    context.fillRect(0, 0, WIDTH, HEIGHT);
    // Shelves with things of all colours: many edges, as rooms have them.
    for (let shelf = 0; shelf < 3; shelf += 1) {
      const y = 46 + shelf * 88 + random() * 20;
      for (let x = random() * 30; x < WIDTH; ) {
        const width = 6 + random() * 20;
        const height = 30 + random() * 42;
        context.fillStyle = `hsl(${random() * 360}, ${15 + random() * 45}%, ${18 + random() * 50}%)`;
        if (random() < 0.8) context.fillRect(x, y + 72 - height, width, height);
        x += width + random() * 9;
      }
      context.fillStyle = `hsl(${25 + random() * 15}, 35%, 26%)`;
      context.fillRect(0, y + 72, WIDTH, 7);
    }
    texture(context, WIDTH, HEIGHT, random, 0.5);
    return canvas;
  }

  #paintPerson(): Canvas {
    const canvas = createCanvas(320, 400);
    const context = canvas.getContext('2d');
    const random = this.#random;
    const middle = 160;
    const clothes = random() * 360;
    context.fillStyle = `hsl(${clothes}, ${20 + random() * 40}%, ${20 + random() * 35}%)`;
    context.beginPath();
    context.ellipse(middle, 330, 140, 170, 0, 0, FULL_TURN);
    context.fill();
    context.fillStyle = this.#skin;
    context.fillRect(middle - 24, 120, 48, 70);
    context.fillStyle = `hsl(${15 + random() * 30}, 40%, ${8 + random() * 40}%)`;
    context.beginPath();
    context.ellipse(middle, 74, 62, 70, 0, 0, FULL_TURN);
    context.fill();
    const skin = context.createRadialGradient(middle - 16, 66, 8, middle, 86, 78);
    skin.addColorStop(0, '#fff1e2');
    skin.addColorStop(0.25, this.#skin);
    skin.addColorStop(1, '#5b3a2c');
    context.fillStyle = skin;
    context.beginPath();
    context.ellipse(middle, 90, 50, 64, 0, 0, FULL_TURN);
    context.fill();
    context.globalCompositeOperation = 'source-atop';
    texture(context, 320, 400, random, 0.4);
    return canvas;
  }
}

/** Noise of every size, each half as strong as the one twice as large: the statistics of natural pictures. */
function texture(context: SKRSContext2D, width: number, height: number, random: () => number, strength: number): void {
  for (let octave = 0; octave < OCTAVES; octave += 1) {
    const columns = 5 * 2 ** octave;
    const rows = Math.ceil((columns * height) / width);
    const canvas = createCanvas(columns, rows);
    const small = canvas.getContext('2d');
    const image = small.createImageData(columns, rows);
    for (let pixel = 0; pixel < columns * rows; pixel += 1) {
      const light = random() < 0.5;
      image.data.fill(light ? 255 : 0, pixel * 4, pixel * 4 + 3);
      image.data[pixel * 4 + 3] = Math.floor(random() * 255 * strength * 0.72 ** octave);
    }
    small.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = true;
    context.drawImage(canvas, 0, 0, width, height);
  }
}
