/** Painted people: some join a real room over sockets, and one sits before the browser's camera. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { H264Config } from '../../src/media/codec.ts';
import type { Sample } from '../../tests/helpers/media-samples.ts';
import { TestParticipant } from '../../tests/helpers/test-participant.ts';
import { encodeLoop } from '../check/pattern.ts';
import { toneLoop } from '../check/tones.ts';
import { paintPerson } from '../gallery/portrait.ts';

const SIZE = { width: 1280, height: 720 };
const FPS = 30;
// A little grain, as cameras have it: without it a still picture would look like a camera that hangs.
const GRAIN = 'noise=alls=5:allf=t';

/** In the order in which they join. */
const OTHERS = ['Tomás Okafor', '佐藤 恵美', 'Дмитрий Волков', 'आशा शर्मा'] as const;

/** Their cameras are encoded once. */
export class PaintedPeople {
  readonly #ffmpeg: string;
  readonly #cameras = new Map<number, Promise<Sample<H264Config>>>();

  constructor(ffmpeg: string) {
    this.#ffmpeg = ffmpeg;
  }

  /** Joins so many of the others; the first one is heard, the rest are quiet. They leave by `leave`. */
  async join(
    where: { readonly url: string; readonly room: string; readonly token: string },
    count: number,
  ): Promise<readonly TestParticipant[]> {
    const joined: TestParticipant[] = [];
    for (const [index, name] of OTHERS.slice(0, count).entries()) {
      const picture = await this.#camera(index + 1);
      const sound = toneLoop({ hz: 300, level: index === 0 ? 0.15 : 0.0001 }).packets.map(({ data }) => data);
      joined.push(await TestParticipant.join({ ...where, name }, { picture, sound }));
    }
    return joined;
  }

  #camera(person: number): Promise<Sample<H264Config>> {
    const found = this.#cameras.get(person) ?? encodeCamera(this.#ffmpeg, person);
    this.#cameras.set(person, found);
    return found;
  }
}

async function encodeCamera(ffmpeg: string, person: number): Promise<Sample<H264Config>> {
  const painted = paintPerson(person, SIZE.width, SIZE.height);
  const frames = Array.from({ length: FPS }, () => painted);
  const rate = ['-crf', '20', '-maxrate', '3M', '-bufsize', '3M'];
  const { config, packets } = await encodeLoop(ffmpeg, SIZE, frames, { pixelFormat: 'rgba', filters: GRAIN, rate });
  const durationMs = 1000 / FPS;
  return {
    config: config as H264Config,
    packets: packets.map((packet, index) => ({ ...packet, timestampMs: index * durationMs, durationMs })),
  };
}

/** Writes a film that Chromium can take for a camera. */
export async function writeCamera(ffmpeg: string, path: string): Promise<void> {
  const input = ['-f', 'rawvideo', '-pix_fmt', 'rgba', '-video_size', `${SIZE.width}x${SIZE.height}`];
  const output = ['-pix_fmt', 'yuvj420p', '-q:v', '4', '-f', 'mjpeg', '-y', path];
  const args = ['-v', 'error', ...input, '-framerate', String(FPS), '-i', 'pipe:0', '-vf', GRAIN, ...output];
  const running = promisify(execFile)(ffmpeg, args);
  const painted = paintPerson(0, SIZE.width, SIZE.height);
  running.child.stdin?.on('error', () => {});
  for (let frame = 0; frame < FPS; frame += 1) running.child.stdin?.write(painted);
  running.child.stdin?.end();
  await running;
}

/** Writes what Chromium can take for a microphone: a second of a tone, again and again. */
export async function writeVoice(ffmpeg: string, path: string): Promise<void> {
  const tone = 'sine=frequency=220:sample_rate=48000:duration=1,volume=0.5';
  await promisify(execFile)(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', tone, '-y', path]);
}
