/** Colours that can be told from one another in a program, whatever an encoder makes of them. */
import { type YuvColor, yuvOf } from '../../src/mixer/picture.ts';

/** Most colours that are far enough from each other. */
export const MAX_COLOURS = 25;

const STEPS = [0, 64, 128, 192, 255];
/** What a program shows beside people: black bars, the default background, avatars and their dimmed forms. */
const TAKEN = [yuvOf(0, 0, 0), yuvOf(16, 18, 23), yuvOf(28, 32, 39)];
/** Colour of a band that every pattern has, see pattern.ts. */
export const BAND = yuvOf(236, 236, 236);

/** How far two colours are apart, in the largest of their differences. */
export function distanceOf(a: YuvColor, b: YuvColor): number {
  return Math.max(Math.abs(a.y - b.y), Math.abs(a.u - b.u), Math.abs(a.v - b.v));
}

/**
 * The first `count` of 25 colours: each is as far as it can be from all before it, and from what else a program shows.
 * @throws RangeError for more.
 */
export function palette(count: number): readonly YuvColor[] {
  if (count > MAX_COLOURS) throw new RangeError(`There are ${MAX_COLOURS} colours, not ${count}`);
  const all = STEPS.flatMap((red) => STEPS.flatMap((green) => STEPS.map((blue) => yuvOf(red, green, blue))));
  const taken = [...TAKEN, BAND];
  const chosen: YuvColor[] = [];
  const room = (colour: YuvColor): number => Math.min(...[...taken, ...chosen].map((one) => distanceOf(one, colour)));
  while (chosen.length < count) {
    chosen.push(all.reduce((best, colour) => (room(colour) > room(best) ? colour : best)));
  }
  return chosen;
}
