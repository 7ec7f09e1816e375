/** What the mixer's own decoders make of a loop. */
import { createSpawner } from '../../src/ffmpeg/ffmpeg-process.ts';
import { nullLogger } from '../../src/logger.ts';
import { type PictureForm, VideoDecoder } from '../../src/mixer/video-decoder.ts';
import { systemClock } from '../../src/util/clock.ts';
import type { CodedLoop } from '../room/coded-loop.ts';

/** Every frame of a loop (I420) as the mixer's own decoders give it for a cell. */
export async function decodeScaled(ffmpeg: string, loop: CodedLoop, form: PictureForm): Promise<readonly Uint8Array[]> {
  if (loop.config.codec === 'opus') throw new TypeError('A sound has no pictures');
  const { config, packets, stepMs } = loop;
  const frames: Uint8Array[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const decoder = new VideoDecoder({
    config,
    form,
    maxPixels: config.width * config.height,
    spawn: createSpawner(ffmpeg),
    clock: systemClock,
    log: nullLogger,
    label: 'source',
    onFrame: ({ picture }) => {
      frames.push(picture.data);
      if (frames.length === packets.length) resolve();
    },
    onFailure: (reason) => reject(new Error(reason)),
  });
  for (const [index, { data, keyframe }] of packets.entries()) {
    decoder.feed({ captureUs: Math.round(index * stepMs * 1000), keyframe, data });
  }
  try {
    await promise;
    return frames;
  } finally {
    await decoder.close();
  }
}
