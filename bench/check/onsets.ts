/** Moments at which something begins to be heard or seen. Pure. */

/** Hertz of the sound. */
export const SOUND_RATE = 48_000;

/** Window of a tone's level; its middle is where half of it is heard. */
const WINDOW = 240;
/** Nothing begins again within so many seconds. */
const REST_S = 0.5;

/**
 * Seconds at which a tone of `hz` begins in mono sound: where its level, taken over 5 ms, passes half of its highest.
 * @param level the least that counts as one, of full scale.
 */
export function toneOnsets(samples: Float32Array, hz: number, level = 0.01): readonly number[] {
  const [real, imaginary] = [new Float64Array(samples.length + 1), new Float64Array(samples.length + 1)];
  const step = (2 * Math.PI * hz) / SOUND_RATE;
  for (let at = 0; at < samples.length; at += 1) {
    const sample = samples[at] as number;
    real[at + 1] = (real[at] as number) + sample * Math.cos(step * at);
    imaginary[at + 1] = (imaginary[at] as number) + sample * Math.sin(step * at);
  }
  const levels = new Float32Array(Math.max(0, samples.length - WINDOW));
  for (let at = 0; at < levels.length; at += 1) {
    const x = (real[at + WINDOW] as number) - (real[at] as number);
    const y = (imaginary[at + WINDOW] as number) - (imaginary[at] as number);
    levels[at] = (2 * Math.hypot(x, y)) / WINDOW;
  }
  const peak = levels.reduce((most, value) => Math.max(most, value), 0);
  return peak < level ? [] : risings(levels, peak / 2).map((at) => (at + WINDOW / 2) / SOUND_RATE);
}

/** Where values rise above a threshold, not again before `rest` of them have passed. */
export function risings(values: ArrayLike<number>, threshold: number, rest = REST_S * SOUND_RATE): readonly number[] {
  const found: number[] = [];
  for (let at = 1; at < values.length; at += 1) {
    if ((values[at] as number) < threshold || (values[at - 1] as number) >= threshold) continue;
    if (at - (found.at(-1) ?? Number.NEGATIVE_INFINITY) >= rest) found.push(at);
  }
  return found;
}

/** For each moment of `a` how much later it is than the nearest of `b`; undefined when none is within `within`. Seconds. */
export function offsetsBetween(
  a: readonly number[],
  b: readonly number[],
  within: number,
): ReadonlyArray<number | undefined> {
  return a.map((moment) => {
    const nearest = b.reduce(
      (best, other) => (Math.abs(moment - other) < Math.abs(best) ? moment - other : best),
      Number.POSITIVE_INFINITY,
    );
    return Math.abs(nearest) <= within ? nearest : undefined;
  });
}
