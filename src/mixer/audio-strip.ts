/** One track on its way into the mix: mute, gate, automatic gain, and the ramps between them. */
import type { TrackSource } from '../room/track.ts';
import type { ArrivedSound, AudioSource } from './audio-source.ts';
import { AutoGain } from './auto-gain.ts';
import { KWeighting } from './loudness.ts';
import { NoiseGate } from './noise-gate.ts';
import { BLOCK_FRAMES, CHANNELS } from './opus-codec.ts';
import { SILENCE_DB } from './sound-level.ts';

/** A gate closes within 50 ms: so much of it in each block of 20 ms. */
const GATE_FADE = 0.4;
/** 5 ms: with a short playout delay the first block that passes is the one in which the word begins, and nothing of it may be lost. */
const OPENING_FRAMES = 240;

/** What only a microphone has; films and screens keep their dynamics. */
interface Voice {
  readonly gate: NoiseGate;
  readonly gain: AutoGain;
  readonly weighting: KWeighting;
}

/** Owned by the audio mixer, like its source's listener; the source is the caller's. */
export class AudioStrip {
  readonly kind: TrackSource;
  /** The sender's own switch. */
  muted = false;
  readonly #source: AudioSource;
  readonly #voice: Voice | undefined;
  #gateGain = 0;
  /** Gain at the end of the last block; not a number before the first, which begins without a ramp. */
  #gain = Number.NaN;
  #passes = true;

  constructor(source: AudioSource, kind: TrackSource) {
    this.kind = kind;
    this.#source = source;
    if (kind !== 'mic') return;
    const voice = { gate: new NoiseGate(), gain: new AutoGain(), weighting: new KWeighting() };
    this.#voice = voice;
    source.onSound = (sound) => weigh(voice, sound);
  }

  /** Whether both channels are alike. */
  get mono(): boolean {
    return this.#source.mono;
  }

  /** Level of the last block with automatic gain, before what the host set, dBFS; no level while the gate is shut. */
  get levelDb(): number {
    if (this.muted || !this.#passes) return SILENCE_DB;
    return Math.max(SILENCE_DB, this.#source.levelDb + (this.#voice?.gain.gainDb ?? 0));
  }

  /**
   * Adds the 20 ms that are due at `nowMs` to `target`, `gain` times as loud; false when nothing was added. `scratch` is
   * overwritten.
   */
  mixInto(target: Float32Array, scratch: Float32Array, nowMs: number, gain: number): boolean {
    const wanted = this.muted ? 0 : gain * this.#voiceGain();
    const from = Number.isNaN(this.#gain) ? wanted : this.#gain;
    this.#gain = wanted;
    if (from === 0 && wanted === 0) {
      this.#source.skip(nowMs);
      return false;
    }
    if (!this.#source.read(nowMs, scratch)) return false;
    if (from === wanted) addScaled(target, scratch, wanted);
    else addRamp(target, scratch, from, wanted, from === 0 ? OPENING_FRAMES : BLOCK_FRAMES);
    return true;
  }

  /** Ends listening to the source. */
  close(): void {
    if (this.#voice) this.#source.onSound = undefined;
  }

  #voiceGain(): number {
    if (!this.#voice) return 1;
    const { gate, gain } = this.#voice;
    // The block that begins now: it may hold the first sound of a word only in its second half.
    this.#passes = gate.isOpen(this.#source.position);
    this.#gateGain = this.#passes ? 1 : Math.max(0, this.#gateGain - GATE_FADE);
    return this.#gateGain * gain.next(this.#passes);
  }
}

function weigh({ gate, gain, weighting }: Voice, sound: ArrivedSound): void {
  const { samples, channels, meanSquare, levelDb, from, to } = sound;
  const open = gate.observe(levelDb, from, to);
  // What is no voice is not weighed: most of a room is silent most of the time.
  const weighted = open ? weighting.meanSquare(samples, channels) : 0;
  gain.observe({ meanSquare, weighted, frames: to - from, open, floorDb: gate.floorDb });
}

function addScaled(target: Float32Array, source: Float32Array, gain: number): void {
  const { length } = target;
  for (let index = 0; index < length; index += 1) {
    target[index] = (target[index] as number) + (source[index] as number) * gain;
  }
}

/** The gain has changed after `frames` frames. */
function addRamp(target: Float32Array, source: Float32Array, from: number, to: number, frames: number): void {
  const slope = (to - from) / frames;
  for (let frame = 0; frame < BLOCK_FRAMES; frame += 1) {
    const gain = frame < frames ? from + slope * (frame + 1) : to;
    const at = CHANNELS * frame;
    target[at] = (target[at] as number) + (source[at] as number) * gain;
    target[at + 1] = (target[at + 1] as number) + (source[at + 1] as number) * gain;
  }
}
