import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AacConfig, H264Config } from '../../../src/media/codec.ts';
import type { Packet } from '../../../src/media/packet.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { ServedSession, packaged } from './packaged-session.ts';
import { GOP, audioRun, ffmpeg, videoRun } from './program-media.ts';

/** Edge of the pictures that are compared, in grey. */
const EDGE = 16;

/** As the program was, then coded with more effort, then of another size: each for two seconds. */
const looks = [{}, { preset: 'veryfast' }, { width: 480, height: 272 }] as const;
let runs: Packet<H264Config>[][];
let sound: Packet<AacConfig>[];
let session: ServedSession;

beforeAll(async () => {
  [sound, ...runs] = await Promise.all([audioRun(7), ...looks.map((look, at) => videoRun(at * GOP, GOP, look))]);
  session = await ServedSession.open(packaged(runs.flat(), sound));
});
afterAll(() => session.close());

/** Each picture, small and grey, one after another; what the decoder complains about is an error. */
function pictures(input: string): Promise<Buffer> {
  const small = `scale=${EDGE}:${EDGE}:flags=area,format=gray`;
  return ffmpeg([
    ...['-v', 'error', '-i', input, '-map', '0:v', '-fps_mode', 'passthrough'],
    ...['-vf', small, '-f', 'rawvideo', '-'],
  ]);
}

async function alone(run: readonly Packet<H264Config>[]): Promise<Buffer> {
  const parts = packaged(run, sound);
  const path = join(await tempDir(), 'run.mp4');
  await writeFile(path, Buffer.concat([parts[0]?.init.data ?? Buffer.alloc(0), ...parts.map(({ data }) => data)]));
  return pictures(path);
}

it('players that read only the first init segment decode every picture after the program has changed', async () => {
  const expected = await Promise.all(runs.map(alone));
  expect(expected.map((grey) => grey.length)).toEqual(runs.map(() => GOP * EDGE * EDGE));
  const played = await pictures(session.playlistUrl);
  expect(played.length / (EDGE * EDGE)).toBe(3 * GOP);
  expect(Buffer.compare(played, Buffer.concat(expected))).toBe(0);
});
