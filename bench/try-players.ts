/**
 * `npm run try:players`: whether players that we have not made play a room: Shaka and hls.js in a browser, FFmpeg, FFplay and GStreamer. Not
 * one of the tests, because a machine need not have them all. A line for each; those that are not installed are named.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Browser } from 'playwright-core';
import { messageOf } from '../src/errors.ts';
import { sleep, systemClock } from '../src/util/clock.ts';
import { ServerProcess } from '../tests/e2e/hostile/server-process.ts';
import { launchChromium, openPage } from '../tests/helpers/browser.ts';
import { ViewedRoom } from '../tests/helpers/viewed-room.ts';
import { ViewerPage, type ViewerScripts, viewerScripts } from '../tests/helpers/viewer-page.ts';
import { parseGiven, positive, someOf } from './options.ts';
import { figuresOf } from './viewers/watched-figures.ts';

const PLAYERS = ['hls.js', 'shaka', 'ffmpeg', 'ffplay', 'gstreamer'] as const;
const ROOMS = ['muxed', 'abr'] as const;
const PEOPLE = 2;
const FRAMERATE = 30;
/** What FFplay takes before it shows anything. */
const START_SECONDS = 8;
/** So many times the length that is asked for is too long. */
const PATIENCE = 6;
/** So little of what should be there is no hiccup any more. */
const ENOUGH = 0.9;

interface Tried {
  readonly ok: boolean;
  readonly words: string;
}

interface Ended {
  /** Undefined when there is no such program. */
  readonly code: number | undefined;
  readonly out: string;
}

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Ends it by `signal` after so many seconds. */
async function run(
  command: string,
  args: readonly string[],
  seconds: number,
  signal: NodeJS.Signals = 'SIGKILL',
): Promise<Ended> {
  const env = { ...process.env, SDL_VIDEODRIVER: 'dummy', SDL_AUDIODRIVER: 'dummy' };
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  const take = (chunk: Buffer): void => {
    out = (out + chunk.toString()).slice(-100_000);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const late = new AbortController();
  void sleep(systemClock, seconds * 1000, late.signal).then(() => {
    if (!late.signal.aborted) child.kill(signal);
  });
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code: code ?? -1, out };
  } catch {
    return { code: undefined, out };
  } finally {
    late.abort();
  }
}

function lastNumber(text: string, pattern: RegExp): number {
  return Number([...text.matchAll(pattern)].at(-1)?.[1] ?? 0);
}

function verdict({ code, out }: Ended, frames: number, wanted: number): Tried {
  if (code === undefined) return { ok: false, words: 'is not installed' };
  const why = code === 0 ? '' : `, exit code ${code}: ${out.trim().split('\n').at(-1) ?? ''}`;
  return { ok: code === 0 && frames >= wanted * ENOUGH, words: `${frames} of ${wanted} pictures decoded${why}` };
}

async function tryFfmpeg(url: string, seconds: number): Promise<Tried> {
  const ended = await run(
    'ffmpeg',
    ['-v', 'error', '-nostats', '-progress', 'pipe:1', '-i', url, '-t', String(seconds), '-f', 'null', '-'],
    seconds * PATIENCE,
  );
  return verdict(ended, lastNumber(ended.out, /^frame=(\d+)/gm), seconds * FRAMERATE);
}

/** It does not end by itself while there is more to come; its clock tells how far it got. */
async function tryFfplay(url: string, seconds: number): Promise<Tried> {
  const { code, out } = await run('ffplay', ['-v', 'error', '-stats', url], seconds + START_SECONDS, 'SIGTERM');
  if (code === undefined) return { ok: false, words: 'is not installed' };
  const clocks = [...out.matchAll(/(\d+\.\d+) (?:A-V|M-V|M-A):/g)].map((match) => Number(match[1]));
  const played = Math.max(0, ...clocks) - (clocks.find((clock) => clock > 0) ?? 0);
  const words = `${played.toFixed(1)} s played in ${seconds + START_SECONDS}, ${lastNumber(out, /fd=\s*(\d+)/g)} pictures left out`;
  return { ok: played >= seconds * ENOUGH, words };
}

async function tryGstreamer(url: string, seconds: number): Promise<Tried> {
  const wanted = seconds * FRAMERATE;
  const ended = await run(
    'gst-launch-1.0',
    ['-q', 'playbin3', 'flags=video', `uri=${url}`, `video-sink=fakesink num-buffers=${wanted} sync=true`],
    seconds * PATIENCE,
  );
  return verdict(ended, ended.code === 0 ? wanted : 0, wanted);
}

async function tryBrowser(
  player: 'hls.js' | 'shaka',
  browser: Browser,
  scripts: ViewerScripts,
  url: string,
  seconds: number,
): Promise<Tried> {
  const { page, context, errors } = await openPage(browser, {
    viewport: { width: 1280, height: 800 },
    bypassCSP: true,
  });
  try {
    const viewer = await ViewerPage.play(page, scripts, player, url);
    await viewer.untilShown(0);
    await viewer.take();
    await sleep(systemClock, seconds * 1000);
    const { seen, p50, p95, stalls, reports } = figuresOf(await viewer.take());
    const wrong = [...reports, ...errors].filter((what) => !what.startsWith('size ') && !what.startsWith('seeking '));
    const words = `${seen} pictures seen, p50 ${p50.toFixed(0)} ms old, p95 ${p95.toFixed(0)}, ${stalls} stalls`;
    return { ok: seen > 0 && errors.length === 0, words: [words, ...wrong].join(', ') };
  } finally {
    await context.close();
  }
}

/** Each quality for a while, without a break. */
async function trySwitching(browser: Browser, scripts: ViewerScripts, url: string, seconds: number): Promise<Tried> {
  const { page, context, errors } = await openPage(browser, {
    viewport: { width: 1280, height: 800 },
    bypassCSP: true,
  });
  try {
    const viewer = await ViewerPage.play(page, scripts, 'hls.js', url);
    await viewer.untilShown(0);
    await sleep(systemClock, seconds * 1000);
    await viewer.take();
    const qualities = await viewer.qualities();
    for (const { index } of [...qualities.toReversed(), ...qualities, ...qualities.toReversed()]) {
      await viewer.choose(index);
      await sleep(systemClock, seconds * 500);
    }
    const { seen, p50, stalls, longest, reports } = figuresOf(await viewer.take());
    const heights = qualities.map(({ height }) => height).join(' and ');
    const words = `heights ${heights}; ${seen} pictures seen, p50 ${p50.toFixed(0)} ms old, ${stalls} stalls, one picture for ${longest.toFixed(0)} ms at most`;
    return {
      ok: qualities.length > 1 && seen > 0 && errors.length === 0,
      words: [words, ...reports, ...errors].join(', '),
    };
  } finally {
    await context.close();
  }
}

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['seconds', 'players', 'rooms', 'profile'] as const);
  const seconds = Math.ceil(positive('seconds', given.seconds, 15, 600));
  const players = someOf('players', given.players, PLAYERS);
  const rooms = someOf('rooms', given.rooms, ROOMS);
  const [profile = 'standard'] = someOf('profile', given.profile ?? 'standard', ['standard', 'fast', 'safe'] as const);
  const scripts = await viewerScripts();
  const server = await ServerProcess.start();
  const browser = await launchChromium();
  const print = (what: string, { ok, words }: Tried): void => {
    process.stdout.write(`${what}: ${ok ? 'plays' : 'does not play'}: ${words}\n`);
    if (!ok) process.exitCode = 1;
  };
  try {
    for (const kind of rooms) {
      const room = await ViewedRoom.open(server, kind, { profile, abr: kind === 'abr' }, PEOPLE);
      const url = room.playlistUrl;
      for (const player of players) {
        const tried =
          player === 'hls.js' || player === 'shaka'
            ? tryBrowser(player, browser, scripts, url, seconds)
            : { ffmpeg: tryFfmpeg, ffplay: tryFfplay, gstreamer: tryGstreamer }[player](url, seconds);
        print(`${kind}, ${player}`, await tried);
      }
      if (kind === 'abr' && players.includes('hls.js'))
        print('abr, hls.js between qualities', await trySwitching(browser, scripts, url, seconds));
      await room.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 2;
});
