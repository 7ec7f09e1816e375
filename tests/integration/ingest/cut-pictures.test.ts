/** Pictures of a real encoder, cut into slices in each way that it knows. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { inspectPicture } from '../../../src/ingest/picture-check.ts';
import { frameContents, splitNalUnits } from '../../../src/media/h264.ts';

const DELIMITER = 9;
const FRAMES = 4;
const NOISE = 'nullsrc=size=640x360:rate=30,geq=random(1)*255:128:128';
const STILL = 'color=red:size=640x360:rate=30';

/** Pictures of x264, each with all of its units. */
async function encoded(source: string, options: string): Promise<Uint8Array[]> {
  const ffmpeg = await locateFfmpeg({});
  const input = ['-v', 'error', '-f', 'lavfi', '-i', source, '-frames:v', String(FRAMES), '-pix_fmt', 'yuv420p'];
  const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-x264-params', options];
  const args = [...input, ...codec, '-bsf:v', 'h264_metadata=aud=insert', '-f', 'h264', '-'];
  const { stdout } = await promisify(execFile)(ffmpeg.path, args, { encoding: 'buffer', maxBuffer: 1 << 26 });
  const pictures: Uint8Array[][] = [];
  for (const unit of splitNalUnits(stdout)) {
    if (((unit[0] ?? 0) & 0x1f) === DELIMITER) pictures.push([]);
    pictures.at(-1)?.push(Uint8Array.of(0, 0, 0, 1), unit);
  }
  return pictures.map((units) => Buffer.concat(units));
}

it.each([
  ['one slice', STILL, 'sliced-threads=0:slices=1', 1],
  ['one for each row', STILL, 'sliced-threads=0:slices=23', 23],
  ['packets of a network', NOISE, 'slice-max-size=1200', 50],
  ['macroblocks in threads', NOISE, 'sliced-threads=1:threads=4', 4],
  ['packets of interlaced pictures', NOISE, 'tff=1:slice-max-size=1200', 50],
])('takes pictures that are cut into %s', async (_, source, options, least) => {
  const pictures = await encoded(source, options);
  expect(pictures).toHaveLength(FRAMES);
  const [first] = pictures;
  expect(frameContents(first ?? new Uint8Array(0)).slices).toBeGreaterThanOrEqual(least);
  const inspected = pictures.map((picture, index) =>
    inspectPicture(picture, { track: 1, codec: 'h264', flagged: index === 0, maxPixels: 1920 * 1088 }),
  );
  expect(inspected[0]).toMatchObject({ width: 640, height: 360 });
});
