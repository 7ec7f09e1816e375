/** Ids of rooms that can be said on the telephone. */
import { randomInt } from 'node:crypto';

const CONSONANTS = 'bdfgjklmnprstvz';
const VOWELS = 'aeiou';
const SHAPES = ['cvc', 'cvcv', 'cvc'];

/** Three, four and three letters that alternate, as in `bak-rimo-tul`: 7 * 10^9 of them. */
export function randomRoomId(): string {
  return SHAPES.map((shape) => [...shape].map((kind) => pick(kind === 'c' ? CONSONANTS : VOWELS)).join('')).join('-');
}

function pick(letters: string): string {
  return letters.charAt(randomInt(letters.length));
}
