import { describe, expect, it } from 'vitest';
import { AudioSource } from '../../../src/mixer/audio-source.ts';
import { AudioStrip } from '../../../src/mixer/audio-strip.ts';
import { BLOCK_FRAMES, OpusEncoder } from '../../../src/mixer/opus-codec.ts';
import { PlayoutClock } from '../../../src/mixer/playout-clock.ts';
import type { TrackSource } from '../../../src/room/track.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

/** A sender of noise at given levels, and the strip that mixes it. */
class Sender {
  readonly clock = new FakeClock();
  readonly source: AudioSource;
  readonly strip: AudioStrip;
  /** Mean level of each block that was mixed, dBFS; minus infinity for none. */
  readonly out: number[] = [];
  readonly #encoder = new OpusEncoder(128_000);
  readonly #scratch = new Float32Array(BLOCK_FRAMES * 2);
  #seed = 1;
  #packet = 0;

  constructor(kind: TrackSource) {
    this.source = new AudioSource(new PlayoutClock(), this.clock);
    this.strip = new AudioStrip(this.source, kind);
    this.#encoder.mono = true;
  }

  /** @param levelOf the level, dBFS, of each packet. */
  run(ms: number, levelOf: (packet: number) => number, gain = 1): void {
    for (let left = ms; left > 0; left -= 20) {
      const amplitude = 10 ** (levelOf(this.#packet) / 20) * Math.sqrt(3);
      const block = new Float32Array(BLOCK_FRAMES * 2);
      for (let at = 0; at < block.length; at += 2) {
        this.#seed = (this.#seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        block.fill(amplitude * (this.#seed / 1_073_741_824 - 1), at, at + 2);
      }
      this.source.feed(this.#packet * 20_000, this.#encoder.encode(block));
      this.#packet += 1;
      this.clock.advance(20);
      const mixed = new Float32Array(BLOCK_FRAMES * 2);
      this.strip.mixInto(mixed, this.#scratch, this.clock.monotonicMs(), gain);
      const power = mixed.reduce((sum, value) => sum + value * value, 0) / mixed.length;
      this.out.push(10 * Math.log10(power));
    }
  }
}

const ROOM_DB = -66;
const room = (): number => ROOM_DB;

/** Words of 300 ms, whose last 60 ms die away, and 200 ms between them. */
function words(level: number): (packet: number) => number {
  return (packet) => {
    const tick = packet % 25;
    if (tick < 12) return level - (tick % 4) * 4;
    return tick < 15 ? level - 12 - (tick - 11) * 4 : ROOM_DB;
  };
}

describe('AudioStrip', () => {
  it('shuts out the noise of a room from a microphone, and nothing from a film', () => {
    const [mic, film] = [new Sender('mic'), new Sender('file')];
    for (const sender of [mic, film]) sender.run(3000, room);
    expect(mic.out.slice(10).every((level) => level === Number.NEGATIVE_INFINITY)).toBe(true);
    expect(film.out.slice(10).every((level) => Math.abs(level - ROOM_DB) < 3)).toBe(true);
    expect([mic.strip.levelDb, Math.round(film.strip.levelDb / 10)]).toEqual([-127, -7]);
  });

  it('cuts nothing off words: they begin and end as they were said', () => {
    const [mic, film] = [new Sender('mic'), new Sender('file')];
    for (const sender of [mic, film]) {
      // Until the delay of either is as short as it gets.
      sender.run(12_000, room);
      sender.run(1000, words(-30));
    }
    const said = film.out.map((level, block) => ({ level, block })).filter(({ level }) => level > ROOM_DB + 8);
    expect(said.length).toBeGreaterThan(25);
    // Automatic gain moves by 6 dB a second at most.
    for (const { level, block } of said) expect(mic.out[block]).toBeGreaterThan(level - 1);
  });

  it('fades out within 60 ms when the last word is long over', () => {
    const mic = new Sender('mic');
    mic.run(2000, room);
    mic.run(200, () => -30);
    mic.run(1500, room);
    const last = mic.out.findLastIndex((level) => level > Number.NEGATIVE_INFINITY);
    const fading = mic.out.slice(last - 3, last + 1);
    expect(fading.toSorted((a, b) => b - a)).toEqual(fading);
    expect((fading[0] ?? 0) - (fading.at(-1) ?? 0)).toBeGreaterThan(6);
    // 200 ms of sound, 400 ms of hold, and the delay.
    expect(last).toBeLessThan((2000 + 200 + 400 + 160) / 20);
  });

  it('brings a soft voice up, and leaves a soft film as it is', () => {
    const [mic, film] = [new Sender('mic'), new Sender('file')];
    for (const sender of [mic, film]) sender.run(12_000, words(-36));
    const loudest = (sender: Sender): number => Math.max(...sender.out.slice(-100));
    expect(loudest(mic) - loudest(film)).toBeGreaterThan(10);
    expect(loudest(film)).toBeCloseTo(-36, -1);
  });

  it('is listened to no more when it is closed', () => {
    const mic = new Sender('mic');
    expect(mic.source.onSound).toBeDefined();
    mic.strip.close();
    expect(mic.source.onSound).toBeUndefined();
  });
});
