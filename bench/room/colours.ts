/** People who are one colour each, so that a program can be asked who stands where. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { YuvColor } from '../../src/mixer/picture.ts';
import type { Content } from '../content/content.ts';
import { type CodedLoop, loadVideo } from './coded-loop.ts';

/** Far enough from each other, from black, and from the background. */
const COLOURS = ['c02020', '20a040', '2040d0', 'd0c020', 'c030c0', '20b8c8', 'e8e8e8', 'e08020', '604020'];

/** What somebody sends, and how it looks in a program. */
export interface ColouredLoop {
  readonly loop: CodedLoop;
  readonly colour: YuvColor;
}

/** The first `count` of at most nine. */
export async function colouredLoops(ffmpeg: string, content: Content, count: number): Promise<readonly ColouredLoop[]> {
  const loops: ColouredLoop[] = [];
  for (const name of COLOURS.slice(0, count)) {
    const path = await content.solid(name);
    loops.push({ loop: await loadVideo(ffmpeg, path), colour: await colourOf(ffmpeg, path) });
  }
  return loops;
}

/** As it is decoded, whatever matrix the encoder took. */
async function colourOf(ffmpeg: string, path: string): Promise<YuvColor> {
  const onePixel = ['-frames:v', '1', '-vf', 'crop=2:2:100:100', '-pix_fmt', 'yuv420p', '-f', 'rawvideo', 'pipe:1'];
  const args = ['-hide_banner', '-v', 'error', '-nostdin', '-i', path, ...onePixel];
  const { stdout } = await promisify(execFile)(ffmpeg, args, { encoding: 'buffer' });
  return { y: stdout[0] ?? 0, u: stdout[4] ?? 0, v: stdout[5] ?? 0 };
}
