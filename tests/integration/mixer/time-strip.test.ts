import { once } from 'node:events';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSpawner } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { nullLogger } from '../../../src/logger.ts';
import { type Picture, createPicture } from '../../../src/mixer/picture.ts';
import { type TimeStrip, drawTimeStrip, readTimeStrip } from '../../../src/mixer/time-strip.ts';
import { systemClock } from '../../../src/util/clock.ts';

const WIDTH = 1280;
const HEIGHT = 720;
const FRAMES = 75;
const START_MS = 1_790_000_000_000;
const spawn = createSpawner('ffmpeg');
const options = { label: 'test', log: nullLogger, clock: systemClock };

/** Writes pictures, each after the last is taken, and gives all of the output. */
async function through(args: readonly string[], inputs: Iterable<Buffer>): Promise<Buffer> {
  const child = spawn(['-hide_banner', '-v', 'error', '-nostdin', ...args], options);
  const chunks: Buffer[] = [];
  child.output.on('data', (chunk: Buffer) => chunks.push(chunk));
  for (const input of inputs) if (!child.input.write(input)) await once(child.input, 'drain');
  child.input.end();
  expect(await child.exit).toMatchObject({ kind: 'stopped', code: 0 });
  return Buffer.concat(chunks);
}

/** Noise that moves: the hardest neighbour a strip can have. */
function* program(): Iterable<Buffer> {
  const noise = createPicture(WIDTH, HEIGHT);
  let state = 1;
  for (let at = 0; at < noise.data.length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    noise.data[at] = 16 + ((state >>> 16) % 220);
  }
  for (let frame = 0; frame < FRAMES; frame += 1) {
    const canvas: Picture = { ...noise, data: Buffer.from(noise.data) };
    canvas.data.copy(canvas.data, 0, WIDTH * (frame % 16), WIDTH * HEIGHT);
    drawTimeStrip(canvas, frame, START_MS + (frame * 1000) / 30);
    yield canvas.data;
  }
}

describe('the time strip after x264 at 2500 kbit/s', () => {
  let coded: Buffer;

  beforeAll(async () => {
    const raw = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-video_size', `${WIDTH}x${HEIGHT}`, '-framerate', '30'];
    const x264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-g', '60', '-bf', '0'];
    const rate = ['-b:v', '2500k', '-maxrate', '2500k', '-bufsize', '1250k'];
    coded = await through([...raw, '-i', 'pipe:0', ...x264, ...rate, '-f', 'h264', 'pipe:1'], program());
  });

  it.each([
    ['as it is', WIDTH, HEIGHT],
    ['made smaller by half', 640, 360],
    ['made smaller to 854x480', 854, 480],
  ])('is read from every frame, %s', async (_what, width, height) => {
    const scale = ['-vf', `scale=${width}:${height}:flags=bicubic`, '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'];
    const luma = await through(['-f', 'h264', '-i', 'pipe:0', ...scale], [coded]);
    const read: (TimeStrip | undefined)[] = [];
    for (let at = 0; at < luma.length; at += width * height) {
      read.push(readTimeStrip(luma.subarray(at, at + width * height), width));
    }
    const expected = Array.from({ length: FRAMES }, (_, frame) => ({
      frame,
      wallMs: Math.floor(START_MS + (frame * 1000) / 30),
    }));
    expect(read).toEqual(expected);
  });
});
