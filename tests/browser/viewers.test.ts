import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { median } from '../../bench/measure/statistics.ts';
import { systemClock } from '../../src/util/clock.ts';
import { ServerProcess } from '../e2e/hostile/server-process.ts';
import { launchShell, openPage } from '../helpers/browser.ts';
import { ViewedRoom } from '../helpers/viewed-room.ts';
import { type SeenPicture, ViewerPage, type ViewerScripts, viewerScripts } from '../helpers/viewer-page.ts';

/** A caption is listed with the segment in which it is said; a busy machine may need longer for it. */
const WAIT = { timeout: 60_000 };

let server: ServerProcess;
let browser: Browser;
let room: ViewedRoom;
let scripts: ViewerScripts;

beforeAll(async () => {
  [server, browser, scripts] = await Promise.all([ServerProcess.start(), launchShell(), viewerScripts()]);
  room = await ViewedRoom.open(server, 'viewed', { profile: 'standard', captions: true }, 2);
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

/** What the video shows as text at the moment. */
const SHOWN_TEXT = `(() => {
  const player = (document.querySelector('gridcast-watch')?.shadowRoot ?? document).querySelector('gridcast-player');
  const tracks = [...player.shadowRoot.querySelector('video').textTracks];
  const shown = tracks.filter((track) => track.mode === 'showing' && track.kind === 'subtitles');
  return shown.flatMap((track) => [...(track.activeCues ?? [])]).map((cue) => cue.text);
})()`;

describe('captions of a room', () => {
  it('are shown to whoever asks for them, and to nobody else', async () => {
    const page = await openTab();
    const viewer = await ViewerPage.visit(page, scripts, room.pageUrl);
    await viewer.untilShown(0);
    const button = page.locator('media-captions-button');
    await button.waitFor();
    expect(await page.evaluate(SHOWN_TEXT)).toEqual([]);
    await page.locator('video').focus();
    await page.keyboard.press('c');
    await page.locator('media-captions-button[aria-checked="true"]').waitFor();
    await room.caption('Welcome <b>back</b>', 12);
    await vi.waitFor(
      async () => expect(await page.evaluate(SHOWN_TEXT)).toContain('Welcome &lt;b&gt;back&lt;/b&gt;'),
      WAIT,
    );
    await button.click();
    await vi.waitFor(async () => expect(await page.evaluate(SHOWN_TEXT)).toEqual([]), WAIT);
  });
});

describe('a room in players of others', () => {
  it('plays in Shaka, which knows how old its pictures are', async () => {
    const viewer = await ViewerPage.play(await openTab(), scripts, 'shaka', room.playlistUrl);
    expect(Math.abs(tooOldMs(await seeDated(viewer)))).toBeLessThan(100);
  });
});
