/** A room of tones without packets, whose mix is kept. */
import { AudioMixer } from '../../../src/mixer/audio-mixer.ts';
import { AudioSource } from '../../../src/mixer/audio-source.ts';
import { BLOCK_FRAMES, OpusDecoder } from '../../../src/mixer/opus-codec.ts';
import { PlayoutClock } from '../../../src/mixer/playout-clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

/** A tone for ever, without packets; silent when its amplitude is 0. */
export class Tone extends AudioSource {
  readonly #hz: number;
  amplitude: number;
  stereo = false;
  readonly reads: number[] = [];
  readonly skips: number[] = [];
  #frame = 0;

  constructor(hz: number, amplitude = 0.2) {
    super(new PlayoutClock(), new FakeClock());
    this.#hz = hz;
    this.amplitude = amplitude;
  }

  override get mono(): boolean {
    return !this.stereo;
  }

  override get levelDb(): number {
    return this.amplitude === 0 ? -127 : 20 * Math.log10(this.amplitude / Math.SQRT2);
  }

  override read(nowMs: number, block: Float32Array): boolean {
    this.reads.push(nowMs);
    for (let frame = 0; frame < BLOCK_FRAMES; frame += 1) {
      const value = this.amplitude * Math.sin((2 * Math.PI * this.#hz * this.#frame) / 48000);
      block[frame * 2] = value;
      block[frame * 2 + 1] = this.stereo ? -value : value;
      this.#frame += 1;
    }
    return this.amplitude > 0;
  }

  override skip(nowMs: number): void {
    this.skips.push(nowMs);
    this.#frame += BLOCK_FRAMES;
  }
}

/** What came out of a mixer. */
export class SoundRoom {
  readonly program: Float32Array[] = [];
  readonly returns: Array<{ participant: number; packet: Uint8Array; block: number }> = [];
  readonly blocks: number[] = [];
  readonly spoken: Array<{ participants: readonly number[]; speaker: number | undefined; block: number }> = [];
  readonly mixer = new AudioMixer({
    onProgram: (samples, block) => {
      this.program.push(Float32Array.from(samples));
      this.blocks.push(block);
    },
    onReturn: (participant, packet, block) => this.returns.push({ participant, packet, block }),
    onSpeaking: (participants, speaker) => this.spoken.push({ participants, speaker, block: this.block }),
  });
  block = 0;

  run(blocks: number): void {
    for (let count = 0; count < blocks; count += 1) {
      this.mixer.mix(this.block, this.block * 20);
      this.block += 1;
    }
  }

  packetsOf(participant: number): Uint8Array[] {
    return this.returns.filter((item) => item.participant === participant).map(({ packet }) => packet);
  }

  returnsOf(participant: number): number[] {
    return this.returns.filter((item) => item.participant === participant).map(({ block }) => block);
  }

  /** What a participant hears, left channel, from block number `from` of their own on. */
  heardBy(participant: number, from = 5): Float32Array {
    const decoder = new OpusDecoder();
    return left(this.packetsOf(participant).map((packet) => decoder.decode(packet))).subarray(from * BLOCK_FRAMES);
  }

  /** The left channel of the program from block number `from` on. */
  programFrom(from: number): Float32Array {
    return left(this.program.slice(from));
  }
}

/** The left channel of stereo blocks, one after the other. */
export function left(blocks: readonly Float32Array[]): Float32Array {
  const samples = new Float32Array(blocks.reduce((sum, block) => sum + block.length / 2, 0));
  let at = 0;
  for (const block of blocks) {
    for (let index = 0; index < block.length; index += 2) {
      samples[at] = block[index] as number;
      at += 1;
    }
  }
  return samples;
}

/** The largest difference of two samples that follow each other. */
export function steepest(samples: Float32Array): number {
  let step = 0;
  for (let at = 1; at < samples.length; at += 1) {
    step = Math.max(step, Math.abs((samples[at] as number) - (samples[at - 1] as number)));
  }
  return step;
}
