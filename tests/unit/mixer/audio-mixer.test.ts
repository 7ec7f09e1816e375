import { describe, expect, it } from 'vitest';
import { AudioMixer } from '../../../src/mixer/audio-mixer.ts';
import { AudioSource } from '../../../src/mixer/audio-source.ts';
import { BLOCK_FRAMES, OpusDecoder } from '../../../src/mixer/opus-codec.ts';
import { PlayoutClock } from '../../../src/mixer/playout-clock.ts';
import { toneAmplitude } from '../../helpers/decoded-program.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

/** A tone for ever, without packets; silent when its amplitude is 0. */
class Tone extends AudioSource {
  readonly #hz: number;
  amplitude: number;
  reads: number[] = [];
  #frame = 0;

  constructor(hz: number, amplitude = 0.2) {
    super(new PlayoutClock(), new FakeClock());
    this.#hz = hz;
    this.amplitude = amplitude;
  }

  override read(nowMs: number, block: Float32Array): boolean {
    this.reads.push(nowMs);
    for (let frame = 0; frame < BLOCK_FRAMES; frame += 1) {
      const value = this.amplitude * Math.sin((2 * Math.PI * this.#hz * this.#frame) / 48000);
      block.fill(value, frame * 2, frame * 2 + 2);
      this.#frame += 1;
    }
    return this.amplitude > 0;
  }
}

/** A room whose mix is kept. */
class Mix {
  readonly program: Float32Array[] = [];
  readonly returns: Array<{ participant: number; packet: Uint8Array; block: number }> = [];
  readonly blocks: number[] = [];
  readonly mixer = new AudioMixer({
    onProgram: (samples, block) => {
      this.program.push(Float32Array.from(samples));
      this.blocks.push(block);
    },
    onReturn: (participant, packet, block) => this.returns.push({ participant, packet, block }),
  });
  #block = 0;

  run(blocks: number): void {
    for (let count = 0; count < blocks; count += 1) {
      this.mixer.mix(this.#block, this.#block * 20);
      this.#block += 1;
    }
  }

  /** What a participant hears, left channel, without the codec's first 100 ms. */
  heardBy(participant: number): Float32Array {
    const decoder = new OpusDecoder();
    const packets = this.returns.filter((item) => item.participant === participant);
    const blocks = packets.map(({ packet }) => decoder.decode(packet)).slice(5);
    return Float32Array.from(blocks.flatMap((block) => [...block].filter((_, index) => index % 2 === 0)));
  }

  returnsOf(participant: number): number[] {
    return this.returns.filter((item) => item.participant === participant).map(({ block }) => block);
  }
}

const ANA = 0;
const BEN = 1;
const CLEO = 2;

describe('AudioMixer', () => {
  it('gives the program the exact sum of everybody, and nothing when nobody speaks', () => {
    const mix = new Mix();
    mix.run(1);
    expect(mix.program[0]?.every((sample) => sample === 0)).toBe(true);
    for (const [participant, hz] of [300, 500, 700].entries()) {
      mix.mixer.addMember(participant, false);
      mix.mixer.addSource(participant, 10 + participant, new Tone(hz));
    }
    mix.run(1);
    const expected = new Float32Array(BLOCK_FRAMES * 2);
    for (const hz of [300, 500, 700]) {
      const block = new Float32Array(BLOCK_FRAMES * 2);
      new Tone(hz).read(0, block);
      for (let index = 0; index < block.length; index += 1) {
        expected[index] = (expected[index] as number) + (block[index] as number);
      }
    }
    expect(mix.program[1]).toEqual(expected);
    expect(mix.blocks).toEqual([0, 1]);
  });

  it('gives each listener everybody but themselves', () => {
    const mix = new Mix();
    const tones = [400, 900, 1700];
    for (const [participant, hz] of tones.entries()) {
      mix.mixer.addMember(participant, true);
      mix.mixer.addSource(participant, participant, new Tone(hz));
    }
    mix.run(60);
    for (const listener of [ANA, BEN, CLEO]) {
      const heard = mix.heardBy(listener);
      for (const [speaker, hz] of tones.entries()) {
        const amplitude = toneAmplitude(heard, hz);
        if (speaker === listener) expect(amplitude).toBeLessThan(0.002);
        else expect(amplitude).toBeGreaterThan(0.15);
      }
    }
  });

  it('gives silence to somebody who is alone, however loud they are', () => {
    const mix = new Mix();
    mix.mixer.addMember(ANA, true);
    mix.mixer.addSource(ANA, 1, new Tone(400, 3));
    mix.run(30);
    expect(mix.heardBy(ANA).every((sample) => Math.abs(sample) < 0.001)).toBe(true);
    expect(Math.max(...(mix.program.at(-1) ?? []))).toBeGreaterThan(0.8);
  });

  it('keeps a shout out of the return sound of the one who shouts, undistorted for them', () => {
    const mix = new Mix();
    mix.mixer.addMember(ANA, true);
    mix.mixer.addMember(BEN, true);
    mix.mixer.addSource(ANA, 1, new Tone(400, 5));
    mix.mixer.addSource(BEN, 2, new Tone(900, 0.3));
    mix.run(60);
    expect(toneAmplitude(mix.heardBy(ANA), 400)).toBeLessThan(0.002);
    expect(toneAmplitude(mix.heardBy(ANA), 900)).toBeGreaterThan(0.25);
    expect(Math.max(...mix.program.flatMap((block) => [...block]))).toBeLessThanOrEqual(1);
  });

  it('takes several tracks of one participant as one voice', () => {
    const mix = new Mix();
    mix.mixer.addMember(ANA, true);
    mix.mixer.addMember(BEN, true);
    mix.mixer.addSource(ANA, 1, new Tone(400));
    mix.mixer.addSource(ANA, 2, new Tone(900));
    mix.run(60);
    expect(toneAmplitude(mix.heardBy(ANA), 400) + toneAmplitude(mix.heardBy(ANA), 900)).toBeLessThan(0.002);
    expect(toneAmplitude(mix.heardBy(BEN), 400)).toBeGreaterThan(0.15);
    expect(toneAmplitude(mix.heardBy(BEN), 900)).toBeGreaterThan(0.15);
    mix.mixer.removeSource(ANA, 1);
    mix.returns.length = 0;
    mix.run(60);
    expect(toneAmplitude(mix.heardBy(BEN), 400)).toBeLessThan(0.01);
    expect(toneAmplitude(mix.heardBy(BEN), 900)).toBeGreaterThan(0.15);
  });

  it('makes return sound only while it is wanted', () => {
    const mix = new Mix();
    mix.mixer.addMember(ANA, false);
    mix.mixer.addMember(BEN, true);
    mix.run(3);
    mix.mixer.setListening(ANA, true);
    mix.mixer.setListening(ANA, true);
    mix.mixer.setListening(BEN, false);
    mix.run(3);
    mix.mixer.setListening(ANA, false);
    mix.mixer.setListening(BEN, true);
    mix.run(2);
    expect([mix.returnsOf(ANA), mix.returnsOf(BEN)]).toEqual([
      [3, 4, 5],
      [0, 1, 2, 6, 7],
    ]);
  });

  it('goes on with the same encoder when somebody is said to listen who does already', () => {
    const packets = [false, true].map((again) => {
      const mix = new Mix();
      mix.mixer.addMember(ANA, true);
      mix.mixer.addMember(BEN, false);
      mix.mixer.addSource(BEN, 1, new Tone(440));
      mix.run(10);
      if (again) mix.mixer.setListening(ANA, true);
      mix.run(10);
      return mix.returns.map(({ packet }) => packet);
    });
    expect(packets[1]).toEqual(packets[0]);
  });

  it('reads every source once a block, at the time the block is due', () => {
    const mix = new Mix();
    const tone = new Tone(400);
    mix.mixer.addMember(ANA, true);
    mix.mixer.addMember(BEN, true);
    mix.mixer.addSource(ANA, 1, tone);
    mix.run(3);
    expect(tone.reads).toEqual([0, 20, 40]);
  });

  it('forgets those who left, and ignores what concerns nobody', () => {
    const mix = new Mix();
    const tone = new Tone(400);
    mix.mixer.addMember(ANA, true);
    mix.mixer.addSource(ANA, 1, tone);
    mix.mixer.removeMember(ANA);
    mix.mixer.removeSource(ANA, 1);
    mix.mixer.setListening(ANA, true);
    mix.mixer.addSource(BEN, 1, tone);
    mix.mixer.removeMember(BEN);
    mix.run(2);
    expect([tone.reads, mix.returns]).toEqual([[], []]);
    expect(mix.program.every((block) => block.every((sample) => sample === 0))).toBe(true);
  });
});
