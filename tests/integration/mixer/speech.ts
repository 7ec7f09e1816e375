/** Sound that is like speech to every measure: pulses of a voice through the resonances of vowels, hisses, words and pauses. */

const RATE = 48000;

/** Frequencies of the first three resonances, hertz. */
const VOWELS = [
  [730, 1090, 2440],
  [270, 2290, 3010],
  [300, 870, 2240],
  [530, 1840, 2480],
  [570, 840, 2410],
] as const;
const BANDWIDTHS = [80, 100, 140] as const;
const STRENGTHS = [4, 2, 1] as const;

/** The same numbers for the same seed, 0 to 1. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A resonance that goes on from sample to sample while its frequency changes. */
class Resonator {
  #one = 0;
  #two = 0;

  next(input: number, hz: number, bandwidth: number): number {
    const radius = Math.exp((-Math.PI * bandwidth) / RATE);
    const out =
      input * (1 - radius) + 2 * radius * Math.cos((2 * Math.PI * hz) / RATE) * this.#one - radius * radius * this.#two;
    this.#two = this.#one;
    this.#one = out;
    return out;
  }
}

/** `seconds` of somebody who speaks in sentences, mono; `pitchHz` of their voice; `rmsDb` of what is no pause, dBFS. */
export function speech(seconds: number, pitchHz: number, rmsDb: number, seed = 7): Float32Array {
  const random = generator(seed);
  const samples = new Float32Array(seconds * RATE);
  const resonators = BANDWIDTHS.map(() => new Resonator());
  let at = RATE / 4;
  let phase = 0;
  while (at < samples.length) {
    const syllables = 6 + Math.floor(random() * 10);
    for (let syllable = 0; syllable < syllables; syllable += 1) {
      const vowel = VOWELS[Math.floor(random() * VOWELS.length)] ?? VOWELS[0];
      const frames = Math.round(RATE * (0.1 + 0.14 * random()));
      const hiss = random() < 0.35 ? Math.round(RATE * 0.06) : 0;
      const stress = 0.4 + 0.6 * random();
      const pitch = pitchHz * (1.15 - (0.3 * syllable) / syllables);
      for (let frame = 0; frame < hiss + frames && at < samples.length; frame += 1, at += 1) {
        if (frame < hiss) {
          samples[at] = 0.02 * stress * (random() * 2 - 1) * Math.sin((Math.PI * frame) / hiss);
          continue;
        }
        phase += (pitch * (1 + 0.01 * (random() - 0.5))) / RATE;
        const pulse = phase >= 1 ? 1 : 0;
        if (pulse) phase -= 1;
        const envelope = Math.sin((Math.PI * (frame - hiss)) / frames) ** 0.7;
        samples[at] = resonators.reduce(
          (sum, resonator, index) =>
            sum +
            resonator.next(pulse * stress, vowel[index] ?? 500, BANDWIDTHS[index] ?? 100) *
              envelope *
              (STRENGTHS[index] ?? 0),
          0,
        );
      }
      if (random() < 0.4) at += Math.round(RATE * 0.05);
    }
    at += Math.round(RATE * (0.35 + 0.6 * random()));
  }
  return levelled(samples, rmsDb);
}

function levelled(samples: Float32Array, rmsDb: number): Float32Array {
  let [power, blocks] = [0, 0];
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let at = 0; at + 960 <= samples.length; at += 960) {
    let sum = 0;
    for (let index = at; index < at + 960; index += 1) sum += (samples[index] as number) ** 2;
    if (sum / 960 < peak * peak * 1e-4) continue;
    power += sum / 960;
    blocks += 1;
  }
  const gain = 10 ** (rmsDb / 20) / Math.sqrt(power / blocks);
  return samples.map((value) => value * gain);
}
