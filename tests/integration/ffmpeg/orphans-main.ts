/** A server that is killed: it starts each kind of live process, feeds them, prints their pids and stays. */
import { encodeAudioArgs, encodeVideoArgs } from '../../../src/ffmpeg/encode-args.ts';
import { createSpawner } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { decodeVideoArgs } from '../../../src/ffmpeg/live-args.ts';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { nullLogger } from '../../../src/logger.ts';
import { systemClock } from '../../../src/util/clock.ts';

const SIZE = { width: 64, height: 64 };
const { path } = await locateFfmpeg({});
const spawn = createSpawner(path);
const children = [
  decodeVideoArgs({ ...SIZE, maxPixels: 4096, codec: 'h264', fit: 'contain' }),
  encodeVideoArgs({ ...SIZE, framerate: 30, kbit: 100, preset: 'ultrafast', gopFrames: 30 }),
  encodeAudioArgs({ kbit: 64 }),
].map((args) => spawn(args, { label: 'orphan', log: nullLogger, clock: systemClock, progressTimeoutMs: 600_000 }));
for (const { input, output } of children) {
  output.resume();
  input.write(new Uint8Array(50_000));
}
// The encoder has answered: it runs.
children[1]?.output.once('data', () => {
  process.stdout.write(JSON.stringify(children.map(({ pid }) => pid)));
});
