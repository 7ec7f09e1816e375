/** How loud something seems to a listener: the weighting of ITU-R BS.1770 at 48 kHz. */

// BS.1770-4, tables 1 and 2: what a head does to high frequencies, and what an ear makes of low ones.
const SHELF = {
  b0: 1.53512485958697,
  b1: -2.69169618940638,
  b2: 1.19839281085285,
  a1: -1.69065929318241,
  a2: 0.73248077421585,
};
const HIGH_PASS = { a1: -1.99004745483398, a2: 0.99007225036621 };
/** What the standard adds so that a full-scale sine of 1 kHz on one channel reads -3.01. */
const OFFSET_DB = -0.691;

/** Loudness in LUFS of what is heard on both channels alike with this weighted mean square. */
export function loudnessOf(weightedMeanSquare: number): number {
  return OFFSET_DB + 10 * Math.log10(2 * Math.max(weightedMeanSquare, 1e-14));
}

/** One signal's filter; its state goes on from packet to packet. */
export class KWeighting {
  // Transposed direct form II: two numbers of state for each of the two filters.
  #s1 = 0;
  #s2 = 0;
  #h1 = 0;
  #h2 = 0;

  /** Weighted mean square of interleaved samples, their channels mixed to one. */
  meanSquare(samples: Float32Array, channels: 1 | 2): number {
    const frames = samples.length / channels;
    let [s1, s2, h1, h2, sum] = [this.#s1, this.#s2, this.#h1, this.#h2, 0];
    for (let frame = 0; frame < frames; frame += 1) {
      const x =
        channels === 1
          ? (samples[frame] as number)
          : ((samples[2 * frame] as number) + (samples[2 * frame + 1] as number)) / 2;
      const y = SHELF.b0 * x + s1;
      s1 = SHELF.b1 * x - SHELF.a1 * y + s2;
      s2 = SHELF.b2 * x - SHELF.a2 * y;
      const z = y + h1;
      h1 = -2 * y - HIGH_PASS.a1 * z + h2;
      h2 = y - HIGH_PASS.a2 * z;
      sum += z * z;
    }
    // Numbers too small for their format would make each step slow for as long as silence lasts.
    [this.#s1, this.#s2, this.#h1, this.#h2] = [settled(s1), settled(s2), settled(h1), settled(h2)];
    return frames === 0 ? 0 : sum / frames;
  }
}

function settled(state: number): number {
  return Math.abs(state) < 1e-20 ? 0 : state;
}
