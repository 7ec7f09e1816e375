import { expect, it } from 'vitest';
import { OpusDecoder } from '../../../src/mixer/opus-codec.ts';
import { toneAmplitude } from '../../helpers/decoded-program.ts';
import { MediaSamples } from '../../helpers/media-samples.ts';

it('a sender whom FFmpeg codes as mono is heard on both channels', async () => {
  const samples = new MediaSamples();
  const { packets } = await samples.opus({ toneHz: 440, seconds: 0.4, channels: 1 });
  await samples.close();
  const decoder = new OpusDecoder();
  const blocks = packets.map(({ data }) => decoder.decode(data));
  const channel = (which: 0 | 1, from = 0): Float32Array =>
    Float32Array.from(blocks.slice(from).flatMap((block) => [...block].filter((_, index) => index % 2 === which)));
  expect(channel(0)).toEqual(channel(1));
  expect(toneAmplitude(channel(0, 4), 440)).toBeCloseTo(0.25, 1);
});
