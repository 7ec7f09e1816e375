/** Whether a program shows cameras where they belong: told by the colours of the sixteen parts of each picture. */
import type { Cell, Region } from '../../src/layout/layout.ts';
import type { Picture } from '../../src/mixer/picture.ts';
import type { CodedLoop } from '../room/coded-loop.ts';
import { decodeScaled } from './decode-scaled.ts';

const PARTS = 4;
/** What encoders and scalers may change of the mean luma of a part. */
const TOLERANCE = 12;
/** The share of the parts in sight that has to be alike: names, marks and the clock cover some. */
const ALIKE = 0.6;
/** Parts of a tile that have to be in sight for it to be looked at. */
const IN_SIGHT = 6;

/** Knows what each track looks like. */
export class Likeness {
  readonly #ffmpeg: string;
  readonly #looks = new Map<string, readonly number[]>();
  readonly #shapes = new Map<string, number>();
  #complaint = 'no picture came';

  constructor(ffmpeg: string) {
    this.#ffmpeg = ffmpeg;
  }

  /** What was wrong last. */
  get complaint(): string {
    return this.#complaint;
  }

  /** The track looks like the first picture of this loop. */
  async note(key: string, loop: CodedLoop): Promise<void> {
    if (loop.config.codec === 'opus') throw new TypeError('A sound has no pictures');
    const { width, height } = loop.config;
    const one = { ...loop, packets: loop.packets.slice(0, 1) };
    const [frame = new Uint8Array(0)] = await decodeScaled(this.#ffmpeg, one, { width, height, fit: 'contain' });
    const picture = { width, height, data: Buffer.from(frame) };
    const look = lookOf(picture, { x: 0, y: 0, width, height }, []);
    this.#shapes.set(key, width / height);
    this.#looks.set(
      key,
      look.map((luma) => luma ?? 0),
    );
  }

  /** The track looks different on purpose. */
  excuse(key: string): void {
    this.#looks.delete(key);
  }

  /** Whether every region shows its track, as far as it can be seen. */
  holds(picture: Picture, regions: readonly Region[]): boolean {
    for (const [index, region] of regions.entries()) {
      const expected = this.#looks.get(region.key);
      const shape = this.#shapes.get(region.key);
      if (!expected || shape === undefined || region.fit === 'cover') continue;
      const is = lookOf(picture, fitted(region, shape), regions.slice(index + 1));
      const seen = is.flatMap((luma, part) => (luma === undefined ? [] : [Math.abs(luma - (expected[part] ?? 0))]));
      const alike = seen.filter((difference) => difference <= TOLERANCE).length;
      if (seen.length < IN_SIGHT || alike >= ALIKE * seen.length) continue;
      this.#complaint = `${region.key} does not look like itself (${seen.map(Math.round).join(' ')})`;
      return false;
    }
    return true;
  }
}

/** Where a whole picture of this shape stands in its cell. */
function fitted({ x, y, width, height }: Cell, shape: number): Cell {
  const [w, h] = [Math.min(width, height * shape), Math.min(height, width / shape)];
  return { x: x + (width - w) / 2, y: y + (height - h) / 2, width: w, height: h };
}

/** Mean luma of each part, none where something stands above it. */
function lookOf({ data, width }: Picture, cell: Cell, above: readonly Cell[]): ReadonlyArray<number | undefined> {
  return Array.from({ length: PARTS * PARTS }, (_, part) => {
    const side = { width: cell.width / PARTS, height: cell.height / PARTS };
    const left = Math.round(cell.x + (part % PARTS) * side.width);
    const top = Math.round(cell.y + Math.floor(part / PARTS) * side.height);
    const [right, bottom] = [Math.floor(left + side.width), Math.floor(top + side.height)];
    const hidden = above.some(
      (other) => other.x < right && other.x + other.width > left && other.y < bottom && other.y + other.height > top,
    );
    if (hidden) return undefined;
    let sum = 0;
    for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) sum += data[y * width + x] as number;
    return sum / ((right - left) * (bottom - top));
  });
}
