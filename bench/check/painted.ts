/** Cameras that look like cameras, made in memory: short loops of the scenes that the benches use as files. */
import { CameraScene } from '../content/camera.ts';
import { CAMERA } from '../content/content.ts';
import type { CodedLoop } from '../room/coded-loop.ts';
import { encodeLoop } from './pattern.ts';

const KBIT = 750;

/** Frames of a scene's full round: people move as fast as people do. */
const ROUND = 240;

/**
 * One of the scenes there and back again, `frames` frames each way: 640x360, as a browser sends it, some 750 kbit/s with sensor
 * noise.
 */
export function paintedLoop(ffmpeg: string, scene: number, frames: number): Promise<CodedLoop> {
  return encodeLoop(ffmpeg, CAMERA, thereAndBack(scene, frames), {
    pixelFormat: 'rgba',
    filters: 'noise=alls=6:allf=t',
    preset: 'veryfast',
    rate: ['-b:v', `${KBIT}k`, '-maxrate', `${Math.round(KBIT * 1.2)}k`, '-bufsize', `${KBIT}k`],
    gopFrames: 2 * frames,
  });
}

function* thereAndBack(scene: number, frames: number): Iterable<Uint8Array> {
  const camera = new CameraScene(scene, ROUND);
  const painted: Uint8Array[] = [];
  for (let frame = 0; frame < frames; frame += 1) {
    const picture = Uint8Array.from(camera.frame(frame));
    painted.push(picture);
    yield picture;
  }
  yield* painted.reverse();
}
