/**
 * `npm run bench:viewers:latency`: how old the pictures are that viewers see in a real browser, with hls.js in our player's settings
 * and on our own page, and how long it takes until they see new ones after the program's encoder was killed. See docs/benchmarks.md.
 */
import { writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { messageOf } from '../src/errors.ts';
import { locateFfmpeg } from '../src/ffmpeg/locate.ts';
import { sleep, systemClock } from '../src/util/clock.ts';
import { ServerProcess } from '../tests/e2e/hostile/server-process.ts';
import { launchChromium, openPage } from '../tests/helpers/browser.ts';
import { ViewedRoom } from '../tests/helpers/viewed-room.ts';
import { ViewerPage, type ViewerScripts, viewerScripts } from '../tests/helpers/viewer-page.ts';
import { describeMachine, machineFacts } from './measure/machine.ts';
import { table } from './measure/table.ts';
import { parseGiven, positive, someOf } from './options.ts';
import { backAfterMs, figuresOf, type WatchedFigures } from './viewers/watched-figures.ts';

const PROFILES = ['standard', 'fast', 'safe'] as const;
const PLAYERS = ['hls.js', 'page', 'shaka'] as const;
const PEOPLE = 3;
/** After the encoder was killed; later than this is never. */
const BACK_SECONDS = 15;
const GOALS = { standard: 1600, fast: 1300, safe: Number.POSITIVE_INFINITY } as const;
const BACK_GOAL_MS = 3000;
const APART_GOAL_MS = 100;

type Profile = (typeof PROFILES)[number];

interface Row extends WatchedFigures {
  readonly profile: Profile;
  readonly player: string;
  /** From the encoder's end to a picture that was made after it, milliseconds. */
  readonly backMs: number | undefined;
  /** The longest time for which one picture was shown then, milliseconds, and what the player reported. */
  readonly stoodMs: number;
  readonly reportsAfter: readonly string[];
}

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

interface Plan {
  readonly profile: Profile;
  readonly player: (typeof PLAYERS)[number];
  readonly warmup: number;
  readonly seconds: number;
}

async function measure(room: ViewedRoom, browser: Browser, scripts: ViewerScripts, plan: Plan): Promise<Row> {
  const { profile, player, warmup, seconds } = plan;
  const { page, context, errors } = await openPage(browser, {
    viewport: { width: 1280, height: 800 },
    bypassCSP: true,
  });
  try {
    const viewer =
      player === 'page'
        ? await ViewerPage.visit(page, scripts, room.pageUrl)
        : await ViewerPage.play(page, scripts, player, room.playlistUrl);
    await viewer.untilShown(0);
    await sleep(systemClock, warmup * 1000);
    await viewer.take();
    await sleep(systemClock, seconds * 1000);
    const figures = figuresOf(await viewer.take());
    const killedMs = systemClock.wallMs();
    room.killEncoder();
    const enough = AbortSignal.timeout(BACK_SECONDS * 1000);
    await Promise.race([viewer.untilShown(killedMs), sleep(systemClock, BACK_SECONDS * 1000, enough)]);
    // Whether it plays on, and not one picture alone.
    await sleep(systemClock, 3000);
    const after = await viewer.take();
    const { longest, reports } = figuresOf(after);
    for (const error of errors) say(`${profile}, ${player}: ${error}`);
    return {
      ...figures,
      profile,
      player,
      backMs: backAfterMs(after, killedMs),
      stoodMs: longest,
      reportsAfter: reports,
    };
  } finally {
    await context.close();
  }
}

const ms = (value: number | undefined): string => (value === undefined ? 'never' : value.toFixed(0));

function lines(row: Row): string[] {
  const { profile, player, reports, reportsAfter } = row;
  return [
    ...(reports.length > 0 ? [`${profile}, ${player}: ${reports.join(', ')}`] : []),
    ...(reportsAfter.length > 0 ? [`${profile}, ${player}, after the kill: ${reportsAfter.join(', ')}`] : []),
  ];
}

/** What is not as it should be. */
function missesOf({ profile, player, p50, apart, stalls, backMs }: Row): string[] {
  const where = `${profile}, ${player}`;
  return [
    ...(p50 > GOALS[profile] ? [`${where}: p50 ${ms(p50)} ms, more than ${GOALS[profile]}`] : []),
    ...(apart < APART_GOAL_MS ? [] : [`${where}: pixels and dates are ${ms(apart)} ms apart`]),
    ...(stalls > 0 ? [`${where}: ${stalls} stalls`] : []),
    ...(backMs !== undefined && backMs <= BACK_GOAL_MS ? [] : [`${where}: back after ${ms(backMs)} ms`]),
  ];
}

const HEAD = [
  'Profile, player',
  'seen',
  'p50',
  'p95',
  'by dates p50',
  'p95',
  'apart',
  'longest',
  'stalls',
  'speed changes',
  'dropped',
  'back after',
  'stood',
] as const;

function cells(row: Row): string[] {
  const { profile, player, seen, p50, p95, datedP50, datedP95, apart, longest } = row;
  return [
    `${profile}, ${player}`,
    String(seen),
    ...[p50, p95, datedP50, datedP95, apart, longest].map(ms),
    ...[row.stalls, row.rateChanges, row.dropped].map(String),
    ms(row.backMs),
    ms(row.stoodMs),
  ];
}

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['seconds', 'warmup', 'profiles', 'players', 'abr', 'json'] as const);
  const seconds = positive('seconds', given.seconds, 60, 3600);
  const warmup = positive('warmup', given.warmup, 15, 600);
  const profiles = someOf('profiles', given.profiles ?? 'standard,fast', PROFILES);
  const players = someOf('players', given.players ?? 'hls.js,page', PLAYERS);
  const [abr] = someOf('abr', given.abr ?? 'no', ['no', 'yes']);
  const machine = machineFacts((await locateFfmpeg({})).version);
  say(describeMachine(machine));
  const scripts = await viewerScripts();
  const server = await ServerProcess.start();
  const browser = await launchChromium();
  const rows: Row[] = [];
  try {
    for (const profile of profiles) {
      const room = await ViewedRoom.open(server, profile, { profile, abr: abr === 'yes' }, PEOPLE);
      for (const player of players) {
        const row = await measure(room, browser, scripts, { profile, player, warmup, seconds });
        rows.push(row);
        for (const line of lines(row)) say(line);
      }
      await room.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
  process.stdout.write(`\nMilliseconds\n\n${table([HEAD, ...rows.map(cells)])}\n\n`);
  const misses = rows.flatMap(missesOf);
  process.stdout.write(misses.length === 0 ? 'all as it should be\n' : `${misses.join('\n')}\n`);
  if (given.json !== undefined) writeFileSync(given.json, `${JSON.stringify({ machine, rows }, undefined, 2)}\n`);
  if (misses.length > 0) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 2;
});
