import { describe, expect, it } from 'vitest';
import { LIMITER_DELAY_FRAMES } from '../../../src/mixer/limiter.ts';
import { BLOCK_FRAMES } from '../../../src/mixer/opus-codec.ts';
import { toneAmplitude } from '../../helpers/decoded-program.ts';
import { SoundRoom, steepest, Tone } from './sound-room.ts';

const ANA = 0;
const BEN = 1;
const CLEO = 2;

/** The left channel. */
function monoOf(blocks: readonly Float32Array[]): Float32Array {
  return Float32Array.from(blocks.flatMap((block) => [...block].filter((_, index) => index % 2 === 0)));
}

describe('AudioMixer', () => {
  it('gives the program the exact sum of everybody, and nothing when nobody speaks', () => {
    const mix = new SoundRoom();
    mix.run(1);
    expect(mix.program[0]?.every((sample) => sample === 0)).toBe(true);
    for (const [participant, hz] of [300, 500, 700].entries()) {
      mix.mixer.addMember(participant, false);
      mix.mixer.addSource(participant, 10 + participant, new Tone(hz));
    }
    mix.run(1);
    mix.run(1);
    const expected = new Float32Array(BLOCK_FRAMES * 2);
    for (const hz of [300, 500, 700]) {
      const block = new Float32Array(BLOCK_FRAMES * 2);
      new Tone(hz).read(0, block);
      for (let index = 0; index < block.length; index += 1) {
        expected[index] = (expected[index] as number) + (block[index] as number);
      }
    }
    const delay = LIMITER_DELAY_FRAMES * 2;
    expect(mix.program[1]?.subarray(0, delay).every((sample) => sample === 0)).toBe(true);
    expect(mix.program[1]?.subarray(delay)).toEqual(expected.subarray(0, -delay));
    expect(mix.program[2]?.subarray(0, delay)).toEqual(expected.subarray(-delay));
    expect(mix.blocks).toEqual([0, 1, 2]);
  });

  it('gives each listener everybody but themselves', () => {
    const mix = new SoundRoom();
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

  it('keeps whoever is withheld out of the program, and in everybody’s ears', () => {
    const mix = new SoundRoom();
    const tones = [400, 900];
    for (const [participant, hz] of tones.entries()) {
      mix.mixer.addMember(participant, true);
      mix.mixer.addSource(participant, participant, new Tone(hz));
    }
    mix.mixer.addMember(CLEO, true);
    mix.mixer.setMember(BEN, { gainDb: 0, silenced: false, withheld: true });
    mix.run(60);
    const alone = new SoundRoom();
    alone.mixer.addMember(ANA, false);
    alone.mixer.addSource(ANA, 0, new Tone(400));
    alone.run(60);
    // Sample by sample, and not as arrays, whose difference would take minutes to print.
    const expected = monoOf(alone.program);
    expect(monoOf(mix.program).every((sample, at) => sample === expected[at])).toBe(true);
    for (const listener of [ANA, CLEO]) expect(toneAmplitude(mix.heardBy(listener), 900)).toBeGreaterThan(0.15);
  });

  it('fades whoever is withheld out within a block and the limiter’s delay, and in again without a click', () => {
    const mix = new SoundRoom();
    mix.mixer.addMember(ANA, false);
    mix.mixer.addSource(ANA, 1, new Tone(400));
    mix.run(10);
    mix.mixer.setMember(ANA, { gainDb: 0, silenced: false, withheld: true });
    mix.run(10);
    expect(mix.program[11]?.subarray(LIMITER_DELAY_FRAMES * 2).every((sample) => sample === 0)).toBe(true);
    expect(mix.program.slice(12).every((block) => block.every((sample) => sample === 0))).toBe(true);
    mix.mixer.setMember(ANA, { gainDb: 0, silenced: false, withheld: false });
    mix.run(10);
    expect(toneAmplitude(monoOf(mix.program.slice(-6)), 400)).toBeGreaterThan(0.15);
    expect(steepest(monoOf(mix.program.slice(8)))).toBeLessThan(0.03);
  });

  it('gives silence to somebody who is alone, however loud they are', () => {
    const mix = new SoundRoom();
    mix.mixer.addMember(ANA, true);
    mix.mixer.addSource(ANA, 1, new Tone(400, 3));
    mix.run(30);
    expect(mix.heardBy(ANA).every((sample) => Math.abs(sample) < 0.001)).toBe(true);
    expect(Math.max(...(mix.program.at(-1) ?? []))).toBeGreaterThan(0.8);
  });

  it('keeps a shout out of the return sound of the one who shouts, undistorted for them', () => {
    const mix = new SoundRoom();
    mix.mixer.addMember(ANA, true);
    mix.mixer.addMember(BEN, true);
    mix.mixer.addSource(ANA, 1, new Tone(400, 5));
    mix.mixer.addSource(BEN, 2, new Tone(900, 0.3));
    mix.run(60);
    expect(toneAmplitude(mix.heardBy(ANA), 400)).toBeLessThan(0.002);
    expect(toneAmplitude(mix.heardBy(ANA), 900)).toBeGreaterThan(0.25);
    expect(Math.max(...mix.program.flatMap((block) => [...block]))).toBeLessThanOrEqual(0.8901);
  });

  it('takes several tracks of one participant as one voice', () => {
    const mix = new SoundRoom();
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
    const mix = new SoundRoom();
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
      const mix = new SoundRoom();
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
    const mix = new SoundRoom();
    const tone = new Tone(400);
    mix.mixer.addMember(ANA, true);
    mix.mixer.addMember(BEN, true);
    mix.mixer.addSource(ANA, 1, tone);
    mix.run(3);
    expect(tone.reads).toEqual([0, 20, 40]);
  });

  it('forgets those who left, and ignores what concerns nobody', () => {
    const mix = new SoundRoom();
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

  it('makes a participant louder or softer as the host says, within a block and without a click', () => {
    const mix = new SoundRoom();
    mix.mixer.addMember(ANA, false);
    mix.mixer.addSource(ANA, 1, new Tone(415));
    mix.run(10);
    for (const [gainDb, amplitude] of [
      [12, 0.2 * 10 ** (12 / 20)],
      [-30, 0.2 * 10 ** (-30 / 20)],
      [60, 0.2 * 10 ** (12 / 20)],
      [-99, 0.2 * 10 ** (-30 / 20)],
      [0, 0.2],
    ] as const) {
      const from = mix.block;
      mix.mixer.setMember(ANA, { gainDb, silenced: false });
      mix.run(12);
      expect(toneAmplitude(mix.programFrom(from + 2), 415)).toBeCloseTo(amplitude, 3);
    }
    // A step of 24 dB at the crest of the wave would be 0.6.
    expect(steepest(mix.programFrom(0))).toBeLessThan(0.06);
  });

  it.each([
    [
      'the host silences them',
      (mix: SoundRoom, off: boolean) => mix.mixer.setMember(ANA, { gainDb: 0, silenced: off }),
    ],
    ['they mute their track', (mix: SoundRoom, off: boolean) => mix.mixer.setTrackMuted(ANA, 1, off)],
  ])('leaves somebody out while %s, and fades there and back', (_, set) => {
    const mix = new SoundRoom();
    const tone = new Tone(415);
    mix.mixer.addMember(ANA, false);
    mix.mixer.addMember(BEN, true);
    mix.mixer.addSource(ANA, 1, tone);
    mix.run(10);
    set(mix, true);
    mix.run(20);
    expect(mix.program.slice(12, 30).every((block) => block.every((sample) => sample === 0))).toBe(true);
    expect(tone.reads).toHaveLength(11);
    expect(tone.skips).toHaveLength(19);
    set(mix, false);
    mix.run(20);
    expect(toneAmplitude(mix.programFrom(32), 415)).toBeCloseTo(0.2, 3);
    expect(steepest(mix.programFrom(0))).toBeLessThan(0.0125);
  });

  it('mutes one track of a participant, not the others', () => {
    const mix = new SoundRoom();
    mix.mixer.addMember(ANA, false);
    mix.mixer.addSource(ANA, 1, new Tone(400));
    mix.mixer.addSource(ANA, 2, new Tone(900));
    mix.mixer.setTrackMuted(ANA, 1, true);
    mix.mixer.setTrackMuted(ANA, 77, true);
    mix.mixer.setTrackMuted(BEN, 2, true);
    mix.run(20);
    expect(toneAmplitude(mix.programFrom(2), 400)).toBeLessThan(1e-3);
    expect(toneAmplitude(mix.programFrom(2), 900)).toBeCloseTo(0.2, 3);
  });

  it('tells who speaks and who has the floor, but not of screens, and never of somebody who was silenced', () => {
    const mix = new SoundRoom();
    for (const participant of [ANA, BEN, CLEO]) mix.mixer.addMember(participant, false);
    mix.mixer.addSource(ANA, 1, new Tone(400));
    mix.mixer.addSource(BEN, 2, new Tone(500), 'screen');
    mix.mixer.addSource(CLEO, 3, new Tone(600, 0));
    mix.run(100);
    expect(mix.spoken.at(-1)).toMatchObject({ participants: [ANA], speaker: ANA });
    mix.mixer.setMember(ANA, { gainDb: 0, silenced: true });
    mix.run(50);
    expect(mix.spoken.at(-1)).toMatchObject({ participants: [], speaker: undefined });
  });

  it('does not mark somebody as speaking by a muted track, who keeps the floor until another speaks', () => {
    const mix = new SoundRoom();
    for (const participant of [ANA, BEN]) mix.mixer.addMember(participant, false);
    const ben = new Tone(500, 0);
    mix.mixer.addSource(ANA, 1, new Tone(400));
    mix.mixer.addSource(BEN, 2, ben);
    mix.run(100);
    mix.mixer.setTrackMuted(ANA, 1, true);
    mix.run(100);
    expect(mix.spoken.at(-1)).toMatchObject({ participants: [], speaker: ANA });
    ben.amplitude = 0.2;
    mix.run(100);
    expect(mix.spoken.at(-1)).toMatchObject({ participants: [BEN], speaker: BEN });
  });
});
