import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { median } from '../../bench/measure/statistics.ts';
import { systemClock } from '../../src/util/clock.ts';
import { ServerProcess } from '../e2e/hostile/server-process.ts';
import { launchChromium, openPage } from '../helpers/browser.ts';
import { ViewedRoom } from '../helpers/viewed-room.ts';
import { type SeenPicture, ViewerPage, type ViewerScripts, viewerScripts } from '../helpers/viewer-page.ts';

let server: ServerProcess;
let browser: Browser;
let room: ViewedRoom;
let scripts: ViewerScripts;

beforeAll(async () => {
  [server, browser, scripts] = await Promise.all([ServerProcess.start(), launchChromium(), viewerScripts()]);
  room = await ViewedRoom.open(server, 'viewed', { profile: 'standard' }, 2);
});
afterAll(async () => {
  await room?.close();
  await browser?.close();
  await server?.close();
});

async function openTab(): Promise<Page> {
  const { page, context } = await openPage(browser, { viewport: { width: 640, height: 480 }, bypassCSP: true });
  onTestFinished(() => context.close());
  return page;
}

/** Enough of them to speak of a middle. */
async function seeDated(viewer: ViewerPage): Promise<readonly (SeenPicture & { byDateMs: number })[]> {
  const seen: (SeenPicture & { byDateMs: number })[] = [];
  while (seen.length < 60) {
    await viewer.untilShown(seen.at(-1)?.madeMs ?? 0);
    for (const picture of (await viewer.take()).pictures) {
      const { byDateMs } = picture;
      if (byDateMs !== undefined) seen.push({ ...picture, byDateMs });
    }
  }
  return seen;
}

/** By how much the player takes its pictures for older than they are. */
function tooOldMs(seen: readonly (SeenPicture & { byDateMs: number })[]): number {
  return median(seen.map(({ shownMs, madeMs, byDateMs }) => byDateMs - (shownMs - madeMs)));
}

describe('a room on the page for viewers', () => {
  it('shows pictures that are as old as the page says, also when another encoder makes them', async () => {
    const viewer = await ViewerPage.visit(await openTab(), scripts, room.pageUrl);
    expect(Math.abs(tooOldMs(await seeDated(viewer)))).toBeLessThan(100);
    const killedMs = systemClock.wallMs();
    room.killEncoder();
    await viewer.untilShown(killedMs);
    expect(Math.abs(tooOldMs(await seeDated(viewer)))).toBeLessThan(100);
  });
});

describe('a room in players of others', () => {
  it('plays in Shaka, which knows how old its pictures are', async () => {
    const viewer = await ViewerPage.play(await openTab(), scripts, 'shaka', room.playlistUrl);
    expect(Math.abs(tooOldMs(await seeDated(viewer)))).toBeLessThan(100);
  });
});
