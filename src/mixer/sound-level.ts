/** Levels of sound in decibels. */

/** What stands for no sound at all, dB below full scale. */
export const SILENCE_DB = -127;

const LN10_OVER_20 = Math.LN10 / 20;

/** The factor that changes an amplitude by `db` decibels. */
export function gainOf(db: number): number {
  return Math.exp(db * LN10_OVER_20);
}

/** Decibels of a mean square (a power, 1 = full scale); never below `SILENCE_DB`. */
export function decibelsOf(meanSquare: number): number {
  return Math.max(SILENCE_DB, 10 * Math.log10(meanSquare));
}

/** Mean square of samples; 0 when there are none. */
export function meanSquareOf(samples: Float32Array): number {
  const { length } = samples;
  // Four sums: each addition would otherwise wait for the one before.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let index = 0;
  for (; index + 3 < length; index += 4) {
    const one = samples[index] as number;
    const two = samples[index + 1] as number;
    const three = samples[index + 2] as number;
    const four = samples[index + 3] as number;
    a += one * one;
    b += two * two;
    c += three * three;
    d += four * four;
  }
  for (; index < length; index += 1) a += (samples[index] as number) ** 2;
  return length === 0 ? 0 : (a + b + c + d) / length;
}
