/** Sound of a conversation: one or two speak at a time, everybody else is a quiet room. */
import { seededRandom } from './random.ts';

/** Hertz of what is made here, mono. */
export const VOICE_RATE = 48000;
/** Seconds of one loop. */
export const VOICE_SECONDS = 24;

const TURN_SECONDS = 3;
const TURNS = VOICE_SECONDS / TURN_SECONDS;
const OVERLAP_SECONDS = 0.8;
/** Faint noise of rooms and microphones: some -60 dB of full scale. */
const ROOM_LEVEL = 0.001;
const SPEECH_LEVEL = 0.07;

interface Resonator {
  readonly a: number;
  readonly b: number;
  first: number;
  second: number;
}

/** Who of `people` speaks at a moment, seconds. */
export function speakersAt(seconds: number, people: number): readonly number[] {
  const turn = Math.floor(seconds / TURN_SECONDS) % TURNS;
  // Not in the order of the tiles; everybody of a small room has their turn.
  const who = (of: number): number => (of * (people % 2 === 0 ? 3 : 2)) % people;
  const rest = TURN_SECONDS - (seconds % TURN_SECONDS);
  const next = who((turn + 1) % TURNS);
  return turn % 2 === 1 && rest < OVERLAP_SECONDS && next !== who(turn) ? [who(turn), next] : [who(turn)];
}

/** One loop of participant `index` in a room of `people`: 16-bit mono at 48 kHz. */
export function voiceSamples(index: number, people: number): Int16Array {
  const random = seededRandom(index * 104729 + people);
  const samples = new Int16Array(VOICE_SECONDS * VOICE_RATE);
  const pitch = 100 + ((index * 37) % 120);
  const formants = [500 + random() * 250, 1200 + random() * 500, 2500 + random() * 300].map((hertz) =>
    resonator(hertz, 90 + hertz / 20),
  );
  let phase = 0;
  let loudness = 0;
  let noise = 0;
  for (let at = 0; at < samples.length; at += 1) {
    const seconds = at / VOICE_RATE;
    const speaks = at % 480 === 0 ? speakersAt(seconds, people).includes(index) : undefined;
    if (speaks !== undefined) {
      // Syllables, with a breath every few of them.
      const syllable = Math.max(0, Math.sin(seconds * 2 * Math.PI * 4.4 + index));
      const breath = Math.sin(seconds * 2 * Math.PI * 0.7 + index) > -0.8 ? 1 : 0;
      loudness = speaks ? syllable * breath : 0;
    }
    phase += (pitch * (1 + 0.08 * Math.sin(seconds * 3 + index))) / VOICE_RATE;
    if (phase >= 1) phase -= 1;
    const white = random() * 2 - 1;
    const source = (0.5 - phase) * 0.9 + white * 0.12;
    let voice = 0;
    for (const one of formants) voice += resonate(one, source * loudness);
    noise = noise * 0.9 + white * 0.1;
    const value = voice * SPEECH_LEVEL + noise * ROOM_LEVEL * 4;
    samples[at] = Math.max(-1, Math.min(1, value)) * 32767;
  }
  return samples;
}

function resonator(hertz: number, bandwidth: number): Resonator {
  const radius = Math.exp((-Math.PI * bandwidth) / VOICE_RATE);
  return { a: 2 * radius * Math.cos((2 * Math.PI * hertz) / VOICE_RATE), b: -radius * radius, first: 0, second: 0 };
}

function resonate(one: Resonator, input: number): number {
  const output = input * 0.05 + one.a * one.first + one.b * one.second;
  one.second = one.first;
  one.first = output;
  return output;
}
