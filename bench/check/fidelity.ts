/** How much of what people send is left in their cells: structural similarity of a cell and its source, scaled alike. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { arrange } from '../../src/layout/arrange.ts';
import { annotationSchema } from '../../src/layout/annotation.ts';
import type { Region } from '../../src/layout/layout.ts';
import { type Picture, pictureBytes } from '../../src/mixer/picture.ts';
import { PROGRAM } from '../program.ts';
import type { CodedLoop } from '../room/coded-loop.ts';
import { CheckRoom } from './check-room.ts';
import { decodeScaled } from './decode-scaled.ts';
import { Likeness } from './likeness.ts';

/** What is measured. */
export interface FidelityOptions {
  readonly ffmpeg: string;
  /** Sent by as many people as there are tiles, by turns. */
  readonly loops: readonly CodedLoop[];
  readonly tiles: number;
  /** Pictures of the program that are looked at. */
  readonly samples: number;
  /** By default the program's own. */
  readonly kbit?: number;
}

/** How alike one tile is: luma, and all planes, 0 to 1. */
export interface Similarity {
  readonly luma: number;
  readonly all: number;
}

const run = promisify(execFile);
/** Not in step with key frames. */
const SAMPLE_STEP = 7;
/** The encoder has to find its rate, once everybody is there. */
const WARMUP_FRAMES = 60;
const PATIENCE_MS = 40_000;
const GRAIN = 12;

/** Opens a room with as many tiles, measures each of them, closes it. */
export async function measureFidelity(options: FidelityOptions): Promise<readonly Similarity[]> {
  const { ffmpeg, tiles, samples, loops, kbit = PROGRAM.kbit } = options;
  const { width, height, preset, gopFrames } = PROGRAM;
  const room = new CheckRoom(ffmpeg, { width, height, videoKbit: kbit, preset, gopFrames });
  try {
    room.room.annotation = annotationSchema.parse({ names: false, marks: false, speakerBorder: false, clock: false });
    const likeness = new Likeness(ffmpeg);
    for (let index = 0; index < tiles; index += 1) {
      await likeness.note(`p${index}/0`, loops[index % loops.length] as CodedLoop);
    }
    const sent: CodedLoop[] = [];
    for (let index = 0; index < tiles; index += 1) {
      const loop = loops[index % loops.length] as CodedLoop;
      const phaseMs = ((index * 0.618) % 1) * loop.stepMs;
      room.send(room.enter(`p${index}`), 0, { loop, source: 'camera', phaseMs });
      sent.push(loop);
    }
    const regions = regionsOf(room);
    const there = (picture: Picture): boolean => likeness.holds(picture, regions);
    await room.watch.until(there, PATIENCE_MS, () => likeness.complaint);
    await room.frames(WARMUP_FRAMES);
    const cells: Uint8Array[][] = regions.map(() => []);
    await room.watch.until(
      (picture, frame) => {
        if (frame % SAMPLE_STEP !== 0) return false;
        regions.forEach((region, index) => cells[index]?.push(cut(picture, region)));
        return cells[0]?.length === samples;
      },
      PATIENCE_MS,
      () => 'The program stopped',
    );
    // The room is not needed any more, and the machine is.
    await room.close();
    const results: Similarity[] = [];
    for (const [index, region] of regions.entries()) {
      const source = await decodeScaled(ffmpeg, sent[index] as CodedLoop, region);
      results.push(await similarityOf(ffmpeg, region, cells[index] ?? [], source));
    }
    return results;
  } finally {
    await room.close();
  }
}

function regionsOf({ room, program }: CheckRoom): readonly Region[] {
  const candidates = room.participants.map(
    ({ id }) => ({ key: `${id}/0`, participant: id, source: 'camera' }) as const,
  );
  return arrange(room.layout, { candidates, width: program.width, height: program.height }).regions;
}

/** I420 of one cell. */
function cut({ data, width, height }: Picture, cell: Region): Uint8Array {
  const out = new Uint8Array(pictureBytes(cell.width, cell.height));
  let at = 0;
  let plane = 0;
  for (const shift of [0, 1, 1]) {
    const stride = width >> shift;
    for (let row = cell.y >> shift; row < (cell.y + cell.height) >> shift; row += 1) {
      const start = plane + row * stride + (cell.x >> shift);
      out.set(data.subarray(start, start + (cell.width >> shift)), at);
      at += cell.width >> shift;
    }
    plane += stride * (height >> shift);
  }
  return out;
}

/** Each cell beside the frame of the source that it shows, which is the one that differs least. */
async function similarityOf(
  ffmpeg: string,
  { width, height }: Region,
  cells: readonly Uint8Array[],
  source: readonly Uint8Array[],
): Promise<Similarity> {
  const shown = cells.map((cell) => nearest(cell, source, width * height));
  const folder = await mkdtemp(join(tmpdir(), 'gridcast-fidelity-'));
  try {
    const paths = [join(folder, 'cells.yuv'), join(folder, 'source.yuv')] as const;
    await writeFile(paths[0], Buffer.concat(cells));
    await writeFile(paths[1], Buffer.concat(shown));
    const form = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-video_size', `${width}x${height}`, '-framerate', '30'];
    const inputs = paths.flatMap((path) => [...form, '-i', path]);
    const { stderr } = await run(ffmpeg, ['-hide_banner', ...inputs, '-lavfi', 'ssim', '-f', 'null', '-']);
    const found = /SSIM Y:([\d.]+).* All:([\d.]+)/.exec(stderr);
    if (!found) throw new Error('FFmpeg said nothing of similarity');
    return { luma: Number(found[1]), all: Number(found[2]) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function nearest(cell: Uint8Array, source: readonly Uint8Array[], lumas: number): Uint8Array {
  let best = source[0] ?? cell;
  let least = Number.POSITIVE_INFINITY;
  for (const frame of source) {
    let difference = 0;
    for (let at = 0; at < lumas; at += GRAIN + 1) difference += ((frame[at] as number) - (cell[at] as number)) ** 2;
    if (difference >= least) continue;
    least = difference;
    best = frame;
  }
  return best;
}
