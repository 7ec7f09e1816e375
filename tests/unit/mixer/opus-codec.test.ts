import { describe, expect, it } from 'vitest';
import { MediaFormatError } from '../../../src/media/media-format-error.ts';
import { BLOCK_FRAMES, OpusDecoder, OpusEncoder } from '../../../src/mixer/opus-codec.ts';
import { toneAmplitude } from '../../helpers/decoded-program.ts';

function tone(hz: number, block: number, amplitude = 0.5): Float32Array {
  const value = (frame: number): number =>
    amplitude * Math.sin((2 * Math.PI * hz * (block * BLOCK_FRAMES + frame)) / 48000);
  return Float32Array.from({ length: BLOCK_FRAMES * 2 }, (_, index) => value(index >> 1));
}

function channel(samples: readonly Float32Array[], which: 0 | 1): Float32Array {
  return Float32Array.from(samples.flatMap((block) => [...block].filter((_, index) => index % 2 === which)));
}

describe('Opus', () => {
  it('carries a tone from encoder to decoder, 20 ms to a packet', () => {
    const [encoder, decoder] = [new OpusEncoder(64_000), new OpusDecoder()];
    const blocks = Array.from({ length: 50 }, (_, block) => decoder.decode(encoder.encode(tone(440, block))));
    expect(blocks.every((block) => block.length === BLOCK_FRAMES * 2)).toBe(true);
    expect(toneAmplitude(channel(blocks.slice(5), 0), 440)).toBeCloseTo(0.5, 1);
    expect(toneAmplitude(channel(blocks.slice(5), 1), 440)).toBeCloseTo(0.5, 1);
  });

  it('keeps near the bit rate that was asked for', () => {
    const encoder = new OpusEncoder(64_000);
    let bytes = 0;
    for (let block = 0; block < 100; block += 1) {
      const noise = Float32Array.from({ length: BLOCK_FRAMES * 2 }, (_, index) => Math.sin(index * index * 12.9) * 0.4);
      bytes += encoder.encode(noise).byteLength;
    }
    expect((bytes * 8) / 2).toBeGreaterThan(32_000);
    expect((bytes * 8) / 2).toBeLessThan(96_000);
  });

  it('gives packets that the next one does not change', () => {
    const encoder = new OpusEncoder(64_000);
    const first = encoder.encode(tone(440, 0));
    const copy = Uint8Array.from(first);
    for (let block = 1; block < 5; block += 1) encoder.encode(tone(1000, block));
    expect(first).toEqual(copy);
  });

  it('gives samples that the next packet does not change', () => {
    const [encoder, decoder] = [new OpusEncoder(64_000), new OpusDecoder()];
    const first = decoder.decode(encoder.encode(tone(440, 0)));
    const copy = Float32Array.from(first);
    decoder.decode(encoder.encode(tone(1000, 1)));
    expect(first).toEqual(copy);
  });

  it('clips what is too loud or no number instead of letting it wrap round', () => {
    const [encoder, decoder] = [new OpusEncoder(64_000), new OpusDecoder()];
    const blocks = Array.from({ length: 30 }, (_, block) => decoder.decode(encoder.encode(tone(100, block, 3))));
    // Clipped, a sine becomes nearly a square, whose fundamental is 4/pi; wrapped round, it would be noise.
    expect(toneAmplitude(channel(blocks.slice(5), 0), 100)).toBeGreaterThan(0.9);
    expect(encoder.encode(new Float32Array(BLOCK_FRAMES * 2).fill(Number.NaN)).byteLength).toBeGreaterThan(0);
  });

  it('reads a packet from within a larger buffer', () => {
    const packet = new OpusEncoder(64_000).encode(tone(440, 0));
    const buffer = new Uint8Array(packet.length + 7).fill(255);
    buffer.set(packet, 3);
    const [a, b] = [new OpusDecoder(), new OpusDecoder()];
    expect(a.decode(buffer.subarray(3, 3 + packet.length))).toEqual(b.decode(packet));
  });

  it.each([[[]], [[255]], [[3, 0]], [[255, 255, 255]]])('refuses %j, which is no packet', (bytes) => {
    expect(() => new OpusDecoder().decode(Uint8Array.from(bytes))).toThrow(MediaFormatError);
  });

  it('decodes a mono sender as mono when asked to, and as stereo from its first stereo packet on', () => {
    const [encoder, decoder] = [new OpusEncoder(64_000), new OpusDecoder(1)];
    const decode = (mono: boolean) => {
      encoder.mono = mono;
      const { samples, channels } = decoder.decodeInPlace(encoder.encode(tone(440, 0)));
      return [channels, samples.length];
    };
    expect([decode(true), decode(false), decode(true)]).toEqual([
      [1, BLOCK_FRAMES],
      [2, BLOCK_FRAMES * 2],
      [2, BLOCK_FRAMES * 2],
    ]);
    const other = new OpusDecoder(1);
    expect(() => other.decodeInPlace(Uint8Array.of(255, 255, 255))).toThrow(MediaFormatError);
    encoder.mono = true;
    expect(other.decodeInPlace(encoder.encode(tone(440, 0))).channels).toBe(1);
  });

  it('spends fewer bits on mono', () => {
    const bytes = [false, true].map((mono) => {
      const encoder = new OpusEncoder(64_000);
      encoder.mono = mono;
      return Array.from({ length: 50 }, (_, block) => encoder.encode(tone(440, block)).byteLength).reduce(
        (a, b) => a + b,
      );
    });
    expect((bytes[0] ?? 0) / 125).toBeCloseTo(64, -1);
    expect((bytes[1] ?? 0) / 125).toBeCloseTo(40, -1);
  });

  it('delays by 2.5 ms only', () => {
    const [encoder, decoder] = [new OpusEncoder(64_000), new OpusDecoder()];
    const click = new Float32Array(BLOCK_FRAMES * 2).fill(0.9, 400 * 2, 402 * 2);
    const heard = channel([decoder.decode(encoder.encode(click))], 0);
    const loudest = heard.reduce((best, value, at) => (Math.abs(value) > Math.abs(heard[best] ?? 0) ? at : best), 0);
    expect(Math.abs(loudest - 400 - 120)).toBeLessThanOrEqual(3);
  });

  it('codes the same after a reset as at first', () => {
    const [used, fresh] = [new OpusEncoder(64_000), new OpusEncoder(64_000)];
    for (let block = 0; block < 20; block += 1) used.encode(tone(300, block));
    used.reset();
    for (let block = 0; block < 3; block += 1) {
      expect(used.encode(tone(700, block))).toEqual(fresh.encode(tone(700, block)));
    }
  });

  it('gives an independent packet that a receiver of another encoder decodes at the right level', () => {
    const levels = [false, true].map((independent) => {
      const [quiet, loud, decoder] = [new OpusEncoder(64_000), new OpusEncoder(64_000), new OpusDecoder()];
      for (let block = 0; block < 20; block += 1) {
        decoder.decode(quiet.encode(tone(3000, block, 0.001)));
        loud.encode(tone(440, block));
      }
      const heard = channel([decoder.decode(loud.encode(tone(440, 20), independent))], 0);
      return heard.subarray(240).reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
    });
    expect(levels[0]).toBeLessThan(0.1);
    expect(levels[1]).toBeCloseTo(0.5, 1);
  });
});
