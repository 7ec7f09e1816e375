/** Everybody's return sound: one packet for all who are silent, and one of their own for those who are heard. */
import { Limiter } from './limiter.ts';
import { BLOCK_FRAMES, CHANNELS, OpusEncoder } from './opus-codec.ts';

/** Bits per second of stereo return sound. */
const RETURN_BITRATE = 64_000;
/** Three seconds: between two sentences nobody changes encoders. */
const HOLD_BLOCKS = 150;
/** One second without stereo before the packets are mono. */
const MONO_BLOCKS = 50;

/** One Opus packet of a listener's mix-minus. */
export type OnReturn = (participant: number, packet: Uint8Array, block: number) => void;

/** A block of everybody's sound before the program is limited. */
export interface UnlimitedBlock {
  readonly block: number;
  readonly sum: Float32Array;
  /** The program's. */
  readonly limiter: Limiter;
}

interface Listener {
  /** Made when first needed. */
  own: { readonly encoder: OpusEncoder; readonly limiter: Limiter } | undefined;
  /** The newest block that they got, and whether it was the shared one. */
  lastBlock: number;
  shared: boolean;
}

/**
 * A silent listener's mix-minus is the program itself. Opus packets tell differences, so whoever changes encoders gets one
 * packet that does not, from an encoder that has already heard the 40 ms before: the change cannot be heard.
 */
export class ReturnEncoders {
  readonly #onReturn: OnReturn;
  readonly #listeners = new Map<number, Listener>();
  /**
   * Until which block whoever was heard is on their own encoder, also if they did not listen: what is shared begins with the end of
   * the block before, and that would be their own voice.
   */
  readonly #ownUntil = new Map<number, number>();
  readonly #shared = new OpusEncoder(RETURN_BITRATE);
  #sharedBlock = Number.NEGATIVE_INFINITY;
  /** The limited program of the two blocks before, the older first: in less, no encoder finds the pitch that others filter by. */
  #before: readonly [Float32Array, Float32Array] = [
    new Float32Array(BLOCK_FRAMES * CHANNELS),
    new Float32Array(BLOCK_FRAMES * CHANNELS),
  ];
  readonly #scratch = new Float32Array(BLOCK_FRAMES * CHANNELS);
  #monoFrom = 0;

  constructor(onReturn: OnReturn) {
    this.#onReturn = onReturn;
  }

  has(participant: number): boolean {
    return this.#listeners.has(participant);
  }

  add(participant: number): void {
    const never = Number.NEGATIVE_INFINITY;
    this.#listeners.set(participant, { own: undefined, lastBlock: never, shared: false });
  }

  /** They do not listen any more. */
  remove(participant: number): void {
    this.#listeners.delete(participant);
  }

  /** They are gone. */
  forget(participant: number): void {
    this.#listeners.delete(participant);
    this.#ownUntil.delete(participant);
  }

  /** What is in this block: whether anything of it is stereo. To be called before all else of a block. */
  begin(block: number, stereo: boolean): void {
    if (stereo) this.#monoFrom = block + MONO_BLOCKS;
  }

  /** For each participant, whether heard or not; `own` is what they gave to the sum, undefined when that is nothing. */
  encodeOwn(participant: number, own: Float32Array | undefined, { block, sum, limiter }: UnlimitedBlock): void {
    if (own) this.#ownUntil.set(participant, block + HOLD_BLOCKS);
    const listener = this.#listeners.get(participant);
    const until = this.#ownUntil.get(participant);
    if (!listener || until === undefined || block >= until) return;
    const continues = listener.lastBlock === block - 1;
    const changes = listener.shared || !continues;
    listener.own ??= { encoder: new OpusEncoder(RETURN_BITRATE), limiter: new Limiter() };
    const { encoder } = listener.own;
    encoder.mono = block >= this.#monoFrom;
    if (changes) {
      // Whoever begins to listen may have been heard until now: the program's limiter holds their own voice.
      if (continues) listener.own.limiter.copy(limiter);
      else listener.own.limiter.begin(limiter);
      this.#prepare(encoder, continues);
    }
    const mix = this.#scratch;
    // Subtracted before any limiting: a clipped sum minus one's own would still hold one's own distortion.
    if (own) subtract(mix, sum, own);
    else mix.set(sum);
    listener.own.limiter.process(mix);
    listener.lastBlock = block;
    listener.shared = false;
    this.#onReturn(participant, encoder.encode(mix, changes), block);
  }

  /** For all others, with the limited program. */
  encodeShared(block: number, program: Float32Array): void {
    let packet: Uint8Array | undefined;
    const changes = this.#changes(block);
    for (const [participant, listener] of this.#listeners) {
      if (listener.lastBlock === block) continue;
      packet ??= this.#encodeShared(block, program, changes);
      listener.lastBlock = block;
      listener.shared = true;
      this.#onReturn(participant, packet, block);
    }
    const [oldest, newer] = this.#before;
    oldest.set(program);
    this.#before = [newer, oldest];
  }

  /** An encoder that has not heard the last block begins; its listener has heard the program until now, or nothing. */
  #prepare(encoder: OpusEncoder, heardProgram: boolean): void {
    encoder.reset();
    if (!heardProgram) return;
    for (const program of this.#before) encoder.encode(program);
  }

  /** Whether somebody comes from their own encoder, or from nowhere. */
  #changes(block: number): boolean {
    for (const listener of this.#listeners.values()) {
      if (listener.lastBlock !== block && !(listener.shared && listener.lastBlock === block - 1)) return true;
    }
    return false;
  }

  #encodeShared(block: number, program: Float32Array, independent: boolean): Uint8Array {
    this.#shared.mono = block >= this.#monoFrom;
    if (this.#sharedBlock !== block - 1) this.#prepare(this.#shared, true);
    this.#sharedBlock = block;
    return this.#shared.encode(program, independent);
  }
}

function subtract(target: Float32Array, sum: Float32Array, own: Float32Array): void {
  const { length } = target;
  for (let index = 0; index < length; index += 1) target[index] = (sum[index] as number) - (own[index] as number);
}
