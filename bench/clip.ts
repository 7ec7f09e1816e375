/**
 * `npm run bench:clip`: how long clips of a session of an hour take, a minute of it and all of it. The session is synthetic: real
 * media, repeated. See docs/benchmarks.md.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../src/errors.ts';
import { locateFfmpeg } from '../src/ffmpeg/locate.ts';
import { nullLogger } from '../src/logger.ts';
import { makeClip } from '../src/recorder/clips/clip-maker.ts';
import { loadSessionIndex } from '../src/recorder/session/session-index.ts';
import { systemClock } from '../src/util/clock.ts';
import { FRAMERATE, programLoop } from './archive/media.ts';
import { writeSession } from './archive/session.ts';
import { describeMachine, machineFacts } from './measure/machine.ts';
import { table } from './measure/table.ts';
import { parseGiven, positive } from './options.ts';

const SESSION = 's1';
/** Somewhere in the middle of a group of pictures, so that the clip has to hide some. */
const FROM = 37;

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['minutes'] as const);
  const minutes = positive('minutes', given.minutes, 60, 600);
  const ffmpeg = await locateFfmpeg({});
  const dataDir = await mkdtemp(join(tmpdir(), 'gridcast-bench-'));
  const folder = join(dataDir, 'sessions', SESSION);
  const controller = new AbortController();
  process.on('SIGINT', () => controller.abort());
  try {
    await mkdir(folder, { recursive: true });
    const program = await programLoop(ffmpeg.path);
    await writeSession(folder, SESSION, minutes * 60 * FRAMERATE, { program, mics: [], camera: undefined });
    const { parts } = await loadSessionIndex(folder);
    const rows: string[][] = [];
    for (const length of [1, minutes]) {
      const range = { from: FROM, to: Math.round(length * 60 * FRAMERATE) - FROM };
      const about = { id: `clip-${length}`, room: 'bench', title: 'Bench', session: SESSION, beganMs: 0 };
      const began = systemClock.monotonicMs();
      const { duration, bytes } = await makeClip(
        { ...about, folder, range, framerate: FRAMERATE, parts },
        { dataDir, ffmpegPath: ffmpeg.path, ffprobePath: ffmpeg.ffprobePath, clock: systemClock, log: nullLogger },
        controller.signal,
      );
      const seconds = (systemClock.monotonicMs() - began) / 1000;
      const times = Math.round(duration / seconds);
      rows.push([
        `${length} minutes`,
        duration.toFixed(1),
        (bytes / 1e6).toFixed(0),
        seconds.toFixed(1),
        String(times),
      ]);
    }
    process.stdout.write(`${describeMachine(machineFacts(ffmpeg.version))}\n\n`);
    process.stdout.write(`${table([['', 'lasts, s', 'MB', 'made in, s', 'times real time'], ...rows])}\n`);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 2;
});
