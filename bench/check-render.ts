/**
 * `npm run check:render`: records a room of four, has what each of them sent arranged anew as a grid, and holds every cell against
 * the recording. Fails when one is less alike than it should be, or shows a moment too early or too late. See docs/benchmarks.md.
 */
import { Publisher } from '../src/cli/publish/publisher.ts';
import { messageOf } from '../src/errors.ts';
import { createSpawner } from '../src/ffmpeg/ffmpeg-process.ts';
import { locateFfmpeg } from '../src/ffmpeg/locate.ts';
import { sleep, systemClock } from '../src/util/clock.ts';
import { type CheckedCell, type CheckedPerson, checkRender } from '../tests/helpers/render-check.ts';
import { describeMachine, machineFacts } from './measure/machine.ts';
import { parseGiven, positive } from './options.ts';

const LEAST_SSIM = 0.9;
const MOST_MS = 40;
const SECONDS = 10;

/** Pictures that move everywhere, and differ from frame to frame. */
const PEOPLE = [
  { name: 'Amélie', picture: 'testsrc2=s=640x360:r=30', hz: 220 },
  {
    name: 'Борис',
    picture: 'mandelbrot=s=640x360:r=30:maxiter=120:start_scale=2.2:end_scale=0.1:end_pts=600',
    hz: 330,
  },
  { name: '小林 Kaoru', picture: 'gradients=s=640x360:r=30:nb_colors=5:speed=0.05:seed=7,noise=alls=4', hz: 440 },
  { name: 'Dana', picture: 'testsrc=s=640x360:r=30:decimals=3,rotate=t/3', hz: 550 },
];
const SENT = { width: 640, height: 360, framerate: 30, videoKbit: 1500, loop: false };

/** Sends what FFmpeg makes and encodes meanwhile, as `gridcast publish` does. */
function publisherOf(ffmpegPath: string, { name, picture, hz }: (typeof PEOPLE)[number]): CheckedPerson {
  const graph = `${picture},format=yuv420p[out0];sine=frequency=${hz}:sample_rate=48000,volume=0.2[out1]`;
  return {
    name,
    async enter({ url, token }, room) {
      const publisher = new Publisher({
        ...{ url, room, token, name, clock: systemClock, format: SENT },
        source: { kind: 'lavfi', graph },
        spawn: createSpawner(ffmpegPath),
        onNotice: (text) => say(`${name}: ${text}`),
      });
      const running = publisher.run();
      while (publisher.progress.videoFrames === 0) await sleep(systemClock, 50);
      return {
        leave() {
          publisher.stop();
          return running;
        },
      };
    },
  };
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function line({ name, ssim, upper, offsetMs, width, height }: CheckedCell): string {
  return `${name}: ${width}x${height}, SSIM ${ssim.toFixed(4)} (upper quartile ${upper.toFixed(4)}), ${offsetMs.toFixed(0)} ms`;
}

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['seconds', 'keep-in']);
  const seconds = positive('seconds', given.seconds, SECONDS, 3600);
  const { path, version } = await locateFfmpeg({});
  say(describeMachine(machineFacts(version)));
  const cells = await checkRender({
    people: PEOPLE.map((person) => publisherOf(path, person)),
    program: { width: 1280, height: 720, videoKbit: 4000 },
    seconds,
    say,
    ...(given['keep-in'] !== undefined && { keepIn: given['keep-in'] }),
  });
  process.stdout.write(`${cells.map(line).join('\n')}\n`);
  const bad = cells.filter(({ ssim, offsetMs }) => ssim < LEAST_SSIM || Math.abs(offsetMs) > MOST_MS);
  process.exitCode = bad.length > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
});
