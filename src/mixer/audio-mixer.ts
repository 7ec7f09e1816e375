/** The sound of a room: one sum for the program, and for each listener the sum without their own. */
import type { AudioSource } from './audio-source.ts';
import { Limiter } from './limiter.ts';
import { BLOCK_FRAMES, CHANNELS, OpusEncoder } from './opus-codec.ts';

/** Bits per second of a participant's return sound. */
const RETURN_BITRATE = 64_000;

/** Where the mixed blocks go. `block` counts 20 ms blocks since the session began. */
export interface AudioSinks {
  /** Interleaved stereo floats; valid only during the call. */
  readonly onProgram: (samples: Float32Array, block: number) => void;
  /** One Opus packet of a listener's mix-minus. */
  readonly onReturn: (participant: number, packet: Uint8Array, block: number) => void;
}

interface Listener {
  readonly encoder: OpusEncoder;
  readonly limiter: Limiter;
}

interface Member {
  readonly sources: Map<number, AudioSource>;
  readonly own: Float32Array;
  listener: Listener | undefined;
}

/** Members are known by number; the caller owns the sources. */
export class AudioMixer {
  readonly #sinks: AudioSinks;
  readonly #members = new Map<number, Member>();
  readonly #sum = new Float32Array(BLOCK_FRAMES * CHANNELS);
  readonly #scratch = new Float32Array(BLOCK_FRAMES * CHANNELS);
  readonly #limiter = new Limiter();

  constructor(sinks: AudioSinks) {
    this.#sinks = sinks;
  }

  /** @param listens whether a mix-minus is made for this member. */
  addMember(participant: number, listens: boolean): void {
    const own = new Float32Array(BLOCK_FRAMES * CHANNELS);
    this.#members.set(participant, { sources: new Map(), own, listener: undefined });
    this.setListening(participant, listens);
  }

  /** Starts or ends making a mix-minus for this member. */
  setListening(participant: number, listens: boolean): void {
    const member = this.#members.get(participant);
    if (!member || listens === (member.listener !== undefined)) return;
    member.listener = listens ? { encoder: new OpusEncoder(RETURN_BITRATE), limiter: new Limiter() } : undefined;
  }

  removeMember(participant: number): void {
    this.#members.delete(participant);
  }

  addSource(participant: number, track: number, source: AudioSource): void {
    this.#members.get(participant)?.sources.set(track, source);
  }

  removeSource(participant: number, track: number): void {
    this.#members.get(participant)?.sources.delete(track);
  }

  /** Mixes block number `block`, which is due at `nowMs`. */
  mix(block: number, nowMs: number): void {
    this.#sum.fill(0);
    for (const member of this.#members.values()) {
      member.own.fill(0);
      for (const source of member.sources.values()) {
        if (source.read(nowMs, this.#scratch)) add(member.own, this.#scratch);
      }
      add(this.#sum, member.own);
    }
    for (const [participant, { own, listener }] of this.#members) {
      if (!listener) continue;
      // Subtracted before any limiting: a clipped sum minus one's own would still hold one's own distortion.
      for (let index = 0; index < own.length; index += 1) {
        this.#scratch[index] = (this.#sum[index] as number) - (own[index] as number);
      }
      listener.limiter.process(this.#scratch);
      this.#sinks.onReturn(participant, listener.encoder.encode(this.#scratch), block);
    }
    this.#limiter.process(this.#sum);
    this.#sinks.onProgram(this.#sum, block);
  }
}

function add(target: Float32Array, source: Float32Array): void {
  for (let index = 0; index < target.length; index += 1) {
    target[index] = (target[index] as number) + (source[index] as number);
  }
}
