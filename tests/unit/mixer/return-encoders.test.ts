import { describe, expect, it } from 'vitest';
import { BLOCK_FRAMES, OpusDecoder } from '../../../src/mixer/opus-codec.ts';
import { toneAmplitude } from '../../helpers/decoded-program.ts';
import { left, SoundRoom, steepest, Tone } from './sound-room.ts';

const ANA = 0;
const BEN = 1;
const STEREO_BIT = 4;

/** Ana listens and is silent until she is given an amplitude; Ben is a steady tone; others listen. */
function room(hz: number, listeners = 3): { mix: SoundRoom; ana: Tone; ben: Tone } {
  const mix = new SoundRoom();
  for (let participant = 0; participant < listeners; participant += 1) mix.mixer.addMember(participant, true);
  const [ana, ben] = [new Tone(400, 0), new Tone(hz, 0.3)];
  mix.mixer.addSource(ANA, 1, ana);
  mix.mixer.addSource(BEN, 2, ben);
  return { mix, ana, ben };
}

/** Packets of one block, by participant. */
function packetsAt(mix: SoundRoom, block: number): Uint8Array[] {
  return mix.returns
    .filter((item) => item.block === block)
    .toSorted((a, b) => a.participant - b.participant)
    .map(({ packet }) => packet);
}

/** How far the samples are from a steady tone at most. */
function deviation(samples: Float32Array, hz: number): number {
  let [ss, sc, cc, ys, yc] = [0, 0, 0, 0, 0];
  const waves = [...samples].map((y, at) => {
    const angle = (2 * Math.PI * hz * at) / 48000;
    const [s, c] = [Math.sin(angle), Math.cos(angle)];
    ss += s * s;
    sc += s * c;
    cc += c * c;
    ys += y * s;
    yc += y * c;
    return { y, s, c };
  });
  const determinant = ss * cc - sc * sc;
  const [a, b] = [(ys * cc - yc * sc) / determinant, (yc * ss - ys * sc) / determinant];
  return Math.max(...waves.map(({ y, s, c }) => Math.abs(y - a * s - b * c)));
}

describe('ReturnEncoders', () => {
  it('gives one and the same packet to all who are silent, however many', () => {
    const { mix } = room(900, 16);
    mix.run(10);
    const packets = packetsAt(mix, 9);
    expect(packets).toHaveLength(16);
    const silent = packets.filter((_, participant) => participant !== BEN);
    expect(new Set(silent).size).toBe(1);
    expect(packets[BEN]).not.toBe(silent[0]);
  });

  it('gives a packet of their own to whoever is heard, at once, and for three seconds after', () => {
    const { mix, ana } = room(900);
    mix.run(20);
    ana.amplitude = 0.3;
    mix.run(10);
    ana.amplitude = 0;
    mix.run(170);
    const own = Array.from({ length: 200 }, (_, block) => packetsAt(mix, block)[ANA] !== packetsAt(mix, block)[2]);
    expect(own.indexOf(true)).toBe(20);
    expect(own.lastIndexOf(true)).toBe(20 + 10 + 150 - 2);
    expect(own.filter(Boolean)).toHaveLength(10 + 150 - 1);
  });

  it.each([440, 900, 3100])('changes encoders without a click or a dent in somebody else’s tone of %i Hz', (hz) => {
    const { mix, ana } = room(hz);
    const changes: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      mix.run(90 + round);
      changes.push(mix.block);
      ana.amplitude = 0.3;
      mix.run(30);
      ana.amplitude = 0;
      changes.push(mix.block + 149);
      mix.run(160);
    }
    const heard = mix.heardBy(ANA, 0);
    const window = (block: number) => heard.subarray((block - 2) * BLOCK_FRAMES, (block + 3) * BLOCK_FRAMES);
    const calm = [40, 60, 80].map(window);
    const codec = Math.max(...calm.map((samples) => deviation(samples, hz)));
    const slope = Math.max(...calm.map(steepest));
    for (const block of changes) {
      // The one packet that tells everything anew is a little coarser; a change without care is off by 0.2 to 0.5.
      expect(deviation(window(block), hz)).toBeLessThan(codec + 0.03);
      expect(steepest(window(block))).toBeLessThan(slope * 1.1);
    }
    expect(steepest(heard)).toBeLessThan(slope * 1.5);
  });

  it('tells everything anew in the packet of a change, and in no other', () => {
    const { mix, ana } = room(900);
    mix.run(40);
    ana.amplitude = 0.3;
    mix.run(30);
    ana.amplitude = 0;
    mix.run(170);
    const packets = mix.packetsOf(ANA);
    // What a receiver makes of one packet who knows none of those before.
    const alone = (block: number): number => {
      const heard = new OpusDecoder().decode(packets[block] as Uint8Array).subarray(BLOCK_FRAMES);
      return heard.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
    };
    const back = 40 + 30 - 1 + 150;
    expect(alone(40)).toBeCloseTo(0.3, 1);
    expect(alone(back)).toBeCloseTo(0.3, 1);
    for (const block of [38, 39, 41, 42, back - 1, back + 1]) expect(alone(block)).toBeLessThan(0.15);
  });

  it('lets nobody hear themselves when encoders change, nor between', () => {
    const { mix, ana } = room(2000);
    for (let round = 0; round < 4; round += 1) {
      mix.run(20);
      ana.amplitude = 0.3;
      mix.run(30);
      ana.amplitude = 0;
      mix.run(160);
    }
    // -60 dB of 0.3.
    expect(toneAmplitude(mix.heardBy(ANA), 400)).toBeLessThan(0.0003);
    expect(toneAmplitude(mix.heardBy(2), 400)).toBeGreaterThan(0.03);
  });

  it('keeps the limiting of the program when somebody gets their own sound', () => {
    const { mix, ana, ben } = room(900);
    ben.amplitude = 3;
    mix.run(60);
    ana.amplitude = 0.01;
    mix.run(60);
    const heard = mix.heardBy(ANA, 10);
    expect(steepest(heard)).toBeLessThan(0.89 * ((2 * Math.PI * 900) / 48000) * 1.1);
    expect(Math.max(...heard)).toBeLessThan(1);
  });

  it('codes mono while all that is heard is mono, stereo at once when something is not, and mono again a second later', () => {
    const { mix, ben } = room(900);
    mix.run(60);
    ben.stereo = true;
    mix.run(30);
    ben.stereo = false;
    mix.run(70);
    const stereo = mix.packetsOf(2).map((packet) => ((packet[0] ?? 0) & STEREO_BIT) !== 0);
    expect([stereo.indexOf(true), stereo.lastIndexOf(true)]).toEqual([60, 60 + 30 + 49 - 1]);
    expect(mix.packetsOf(ANA)).toEqual(mix.packetsOf(2));
  });

  it('goes on without a click when the mix changes between mono and stereo', () => {
    const { mix, ana } = room(900);
    ana.stereo = true;
    mix.run(100);
    for (let round = 0; round < 2; round += 1) {
      ana.amplitude = 0.0001;
      mix.run(30);
      ana.amplitude = 0;
      mix.run(100);
    }
    const heard = mix.heardBy(2, 20);
    expect(steepest(heard)).toBeLessThan(0.3 * ((2 * Math.PI * 900) / 48000) * 1.15);
  });

  it.each([
    ['speaks on', 30],
    ['is silent at once', 0],
    ['is silent after a block', 1],
    ['is silent after two blocks', 2],
  ])('lets nobody who %s hear what they said before they listened', (_, blocks) => {
    const { mix, ana, ben } = room(900);
    ben.amplitude = 0;
    // The same person comes from elsewhere, between two blocks; or listens for the first time.
    for (const before of [true, false]) {
      mix.mixer.setListening(ANA, before);
      ana.amplitude = 0.3;
      mix.run(20);
      const { length } = mix.packetsOf(ANA);
      if (before) mix.mixer.setListening(ANA, false);
      mix.mixer.setListening(ANA, true);
      mix.run(blocks);
      ana.amplitude = 0;
      mix.run(200);
      const decoder = new OpusDecoder();
      const heard = left(
        mix
          .packetsOf(ANA)
          .slice(length)
          .map((packet) => decoder.decode(packet)),
      );
      expect(heard.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0)).toBeLessThan(0.0003);
    }
  });

  it('begins anew for somebody who stops listening and listens again', () => {
    const { mix, ana } = room(900);
    ana.amplitude = 0.3;
    mix.run(20);
    mix.mixer.setListening(ANA, false);
    mix.run(20);
    mix.mixer.setListening(ANA, true);
    mix.run(60);
    expect(mix.returnsOf(ANA)).toEqual([...Array(20).keys(), ...Array.from({ length: 60 }, (_, index) => 40 + index)]);
    expect(toneAmplitude(mix.heardBy(ANA, 25), 400)).toBeLessThan(0.0005);
  });
});
