/** The media of the benches: made once with FFmpeg, kept in a folder, the same in every run. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Size, cropTo, fitSize } from '../../web/capture/fit-size.ts';
import { gridLayout } from '../../src/layout/grid.ts';
import { PROGRAM } from '../program.ts';
import { compositeGraph } from './static-graph.ts';
import { CameraScene } from './camera.ts';
import { VOICE_RATE, voiceSamples } from './voices.ts';

/** Size of every camera's pictures. */
export const CAMERA = { width: 640, height: 360 } as const;
/** Different people; rooms with more of them meet some twice. */
const SCENES = 16;
const FPS = 30;
const LOOP_SECONDS = 8;
const FRAMES = FPS * LOOP_SECONDS;
/** Senders make a key frame every 4 s. */
const GOP = FPS * 4;
const CAMERA_KBIT = 750;
const VERSION = 1;

/** Files appear under their final names only when they are whole. */
export class Content {
  readonly folder: string;
  readonly #ffmpeg: string;
  readonly #say: (line: string) => void;

  constructor(options: { ffmpeg: string; folder?: string | undefined; say: (line: string) => void }) {
    this.#ffmpeg = options.ffmpeg;
    this.folder = options.folder ?? join(tmpdir(), `gridcast-bench-${VERSION}`);
    this.#say = options.say;
  }

  /** The size at which a browser sends to a grid of so many tiles. */
  clampedSize(tiles: number): Size {
    const [cell] = gridLayout(tiles, PROGRAM.width, PROGRAM.height);
    return fitSize(CAMERA, cell ?? CAMERA, 2);
  }

  /** Eight seconds of H.264 of one camera, as MP4 without sound, made to be repeated. */
  clip(index: number, size: Size = CAMERA): Promise<string> {
    const scene = index % SCENES;
    return this.#make(`camera-${scene}-${size.width}x${size.height}.mp4`, async (path) => {
      const full = size.width === CAMERA.width && size.height === CAMERA.height;
      const { width, height, x, y } = cropTo(CAMERA, size);
      const fit = full ? [] : [`crop=${width}:${height}:${x}:${y}`, `scale=${size.width}:${size.height}:flags=area`];
      const kbit = Math.round((CAMERA_KBIT * size.width * size.height) / (CAMERA.width * CAMERA.height));
      // Sensor noise comes last but for the scaling, which a sender does behind the camera as well.
      const filters = ['noise=alls=6:allf=t', ...fit].join(',');
      const rate = ['-b:v', `${kbit}k`, '-maxrate', `${Math.round(kbit * 1.2)}k`, '-bufsize', `${kbit}k`];
      await this.#encode(
        [
          ...['-f', 'rawvideo', '-pixel_format', 'rgba', '-video_size', `${CAMERA.width}x${CAMERA.height}`],
          ...['-framerate', String(FPS), '-i', 'pipe:0', '-vf', filters, '-pix_fmt', 'yuv420p'],
          ...['-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-profile:v', 'baseline'],
          ...['-g', String(GOP), '-keyint_min', String(GOP), '-sc_threshold', '0', ...rate, path],
        ],
        cameraFrames(scene),
      );
    });
  }

  /** The same, repeated without encoding it again, for programs that cannot repeat by themselves. */
  async longClip(index: number, seconds: number): Promise<string> {
    const clip = await this.clip(index);
    const times = Math.ceil(seconds / LOOP_SECONDS);
    return this.#make(`camera-${index % SCENES}-times-${times}.mp4`, (path) =>
      this.#encode(['-stream_loop', String(times - 1), '-i', clip, '-c', 'copy', path]),
    );
  }

  /** Four seconds of one colour in the camera's size; `colour` is `RRGGBB`. */
  solid(colour: string): Promise<string> {
    return this.#make(`solid-${colour}.mp4`, (path) =>
      this.#encode([
        ...[
          '-f',
          'lavfi',
          '-i',
          `color=c=0x${colour}:size=${CAMERA.width}x${CAMERA.height}:rate=${FPS},trim=end_frame=${GOP}`,
        ],
        ...[
          '-pix_fmt',
          'yuv420p',
          '-c:v',
          'libx264',
          '-preset',
          'veryfast',
          '-tune',
          'zerolatency',
          '-profile:v',
          'baseline',
        ],
        ...['-g', String(GOP), path],
      ]),
    );
  }

  /** Opus of one participant in a conversation of so many: mono, 32 kbit/s, 20 ms packets. */
  voice(index: number, people: number): Promise<string> {
    return this.#make(`voice-${people}-${index}.ogg`, async (path) => {
      const samples = voiceSamples(index, people);
      const input = ['-f', 's16le', '-ar', String(VOICE_RATE), '-ac', '1', '-i', 'pipe:0'];
      const codec = ['-c:a', 'libopus', '-b:a', '32k', '-application', 'voip', '-frame_duration', '20'];
      await this.#encode([...input, ...codec, path], [new Uint8Array(samples.buffer)]);
    });
  }

  /** The program itself as raw I420, with names and a clock: what the floor's encoder reads. Some 330 MB. */
  async composite(tiles: number): Promise<string> {
    const clips = await Promise.all(Array.from({ length: tiles }, (_, index) => this.clip(index)));
    return this.#make(`composite-${tiles}.yuv`, async (path) => {
      const inputs = clips.flatMap((clip) => ['-i', clip]);
      const graph = ['-filter_complex', compositeGraph(tiles), '-map', '[program]', '-frames:v', String(FRAMES)];
      await this.#encode([...inputs, ...graph, '-f', 'rawvideo', '-pix_fmt', 'yuv420p', path]);
    });
  }

  async #make(name: string, make: (path: string) => Promise<void>): Promise<string> {
    const path = join(this.folder, name);
    if (existsSync(path)) return path;
    await mkdir(this.folder, { recursive: true });
    this.#say(`making ${name}`);
    const unfinished = join(this.folder, `unfinished-${process.pid}-${name}`);
    try {
      await make(unfinished);
      await rename(unfinished, path);
    } finally {
      await rm(unfinished, { force: true });
    }
    return path;
  }

  async #encode(args: readonly string[], chunks: Iterable<Uint8Array> = []): Promise<void> {
    const child = spawn(this.#ffmpeg, ['-hide_banner', '-v', 'error', '-y', ...args], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    const closed = once(child, 'close');
    child.stdin.on('error', () => {});
    for (const chunk of chunks) {
      if (!child.stdin.write(chunk)) await Promise.race([once(child.stdin, 'drain'), closed]);
    }
    child.stdin.end();
    const [code] = await closed;
    if (code !== 0) throw new Error(`FFmpeg could not make the media of the bench (exit code ${String(code)})`);
  }
}

function* cameraFrames(scene: number): Iterable<Uint8Array> {
  const camera = new CameraScene(scene, FRAMES);
  for (let frame = 0; frame < FRAMES; frame += 1) yield Uint8Array.from(camera.frame(frame));
}
