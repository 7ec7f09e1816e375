/** Starts a mixer process with its encoders, prints the pids of all of them, and dies without a word. */
import { nullLogger } from '../../../src/logger.ts';
import { MixerChild } from '../../../src/mixer/mixer-child.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { descendantsOf } from './processes.ts';

const child = new MixerChild({
  clock: systemClock,
  log: nullLogger,
  onMessage: (message) => {
    if (message.type !== 'stats') return;
    process.stdout.write(
      descendantsOf(process.pid)
        .map(({ pid }) => pid)
        .join(' '),
      () => {
        process.kill(process.pid, 'SIGKILL');
      },
    );
  },
  onMedia: () => {},
  onExit: () => {},
});
child.send({
  type: 'start',
  program: {
    width: 320,
    height: 180,
    framerate: 30,
    videoKbit: 500,
    audioKbit: 96,
    preset: 'ultrafast',
    gopFrames: 30,
    maxPixels: 1,
    ffmpegPath: process.argv[2] ?? 'ffmpeg',
    originMs: systemClock.monotonicMs(),
    originWallMs: 0,
  },
});
