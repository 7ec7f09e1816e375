/** Uses up this process's file descriptors, then starts a mixer process and an FFmpeg, and prints what they said. */
import { closeSync, openSync } from 'node:fs';
import { createSpawner } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { nullLogger } from '../../../src/logger.ts';
import { MixerChild } from '../../../src/mixer/mixer-child.ts';
import { systemClock } from '../../../src/util/clock.ts';

const held: number[] = [];
for (;;) {
  try {
    held.push(openSync('/dev/null', 'r'));
  } catch {
    break;
  }
}
const exits: string[] = [];
const ended = Promise.withResolvers<void>();
const child = new MixerChild({
  clock: systemClock,
  log: nullLogger,
  onMessage: () => {},
  onMedia: () => {},
  onExit: (reason) => {
    exits.push(reason);
    ended.resolve();
  },
});
child.send({ type: 'leave', participant: 1 });
const ffmpeg = createSpawner('ffmpeg')(['-version'], { label: 'starved', log: nullLogger, clock: systemClock });
const [{ kind }] = await Promise.all([ffmpeg.exit, ended.promise]);
await child.close();
for (const descriptor of held) closeSync(descriptor);
process.stdout.write(JSON.stringify({ exits, ffmpeg: kind }));
