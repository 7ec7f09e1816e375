import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ParticipantView } from '../../src/api/ports.ts';
import type { RosterEntry } from '../../src/protocol/messages.ts';
import type { RecordingView } from '../../src/recorder/recordings/recording-view.ts';
import { BreakableLine } from '../helpers/breakable-line.ts';
import { launchShell, openPage, QUICK_CAMERA } from '../helpers/browser.ts';
import { TestServer } from '../helpers/test-server.ts';
import { join, seeMovement, soon, statsOf } from './room-steps.ts';

/** Tries that fail before the line is mended: some five seconds. */
const TRIES = 4;
const SESSION = `document.querySelector('gridcast-room').shadowRoot.querySelector('gridcast-room-stage').session`;

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  // A small program: what costs here is the browser.
  server = await TestServer.start({ program: { width: 640, height: 360, framerate: 15, preset: 'ultrafast' } });
  browser = await launchShell([QUICK_CAMERA]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** A room, and the invite to it by another way to the server. */
async function createRoom(id: string, base = server.url): Promise<string> {
  const { body } = await server.api<{ links: { join: string } }>('POST', '/api/rooms', { id, title: id });
  const { pathname, hash } = new URL(body.links.join);
  return new URL(pathname + hash, base).href;
}

async function people(room: string): Promise<readonly ParticipantView[]> {
  return (await server.api<{ items: ParticipantView[] }>('GET', `/api/rooms/${room}/participants`)).body.items;
}

/** The roster as the page knows it, without what is noticed of lines and devices: that of a busy machine comes and goes. */
function roster(page: Page): Promise<readonly Omit<RosterEntry, 'signals'>[]> {
  return page.evaluate(`${SESSION}.facts.roster.map(({ signals, ...entry }) => entry)`);
}

/** Of program that were recorded so far. */
async function secondsOf(recording: string): Promise<number> {
  return (await server.api<RecordingView>('GET', `/api/recordings/${recording}`)).body.duration;
}

function newest(recordings: readonly RecordingView[]): RecordingView {
  const [recording, ...others] = recordings;
  expect(others).toEqual([]);
  return recording as RecordingView;
}

describe('a stay whose line breaks for seconds while it is recorded', () => {
  it('goes on as the same person in the same tile on the same tracks, and the recording is one', async () => {
    const line = await BreakableLine.open(server.url);
    onTestFinished(() => line.close());
    const { page, context, errors } = await openPage(browser);
    onTestFinished(() => context.close());
    await join(page, await createRoom('broken', line.url), 'Aiko');
    await seeMovement(page);
    const before = await soon(async () => {
      const [self] = await roster(page);
      expect(self?.tracks.map(({ source, state }) => `${source} ${state}`).toSorted()).toEqual([
        'camera live',
        'mic live',
      ]);
      return self;
    });
    const { body: started } = await server.api<RecordingView>('POST', '/api/rooms/broken/recordings');
    await seeMovement(page);

    const cut = await secondsOf(started.id);
    line.break();
    await page.getByText('Connection lost').waitFor();
    await soon(async () => expect((await people('broken'))[0]?.connected).toBe(false));
    await soon(async () => {
      const { kind, attempt } = await page.evaluate<{ kind: string; attempt?: number }>(`${SESSION}.connection`);
      expect(kind).toBe('reconnecting');
      expect(attempt).toBeGreaterThan(TRIES);
    });
    expect((await people('broken')).map(({ id, connected }) => ({ id, connected }))).toEqual([
      { id: before?.id, connected: false },
    ]);

    line.mend();
    await page.getByText(/^Connected/).waitFor();
    await seeMovement(page);
    await statsOf(page, ({ sentFps, shownFps }) => sentFps > 5 && shownFps > 5);
    // `since` counts the publications of a room: these are the very tracks of before, and nothing was published in between.
    await soon(async () => expect(await roster(page)).toEqual([before]));

    await soon(async () => expect(await secondsOf(started.id)).toBeGreaterThan(cut + 3));
    await server.api('POST', `/api/recordings/${started.id}/stop`);
    const recording = await soon(async () => {
      const only = newest(
        (await server.api<{ items: RecordingView[] }>('GET', '/api/recordings?room=broken')).body.items,
      );
      expect(only.state).toBe('ready');
      return only;
    });
    expect(recording.duration).toBeGreaterThan(cut);
    expect(errors.filter((error) => !error.includes('WebSocket'))).toEqual([]);
  });
});

describe('the same person in a second tab', () => {
  it('takes over the tile; the first tab says so, stays away, and comes back when it is told to', async () => {
    const link = await createRoom('twice');
    const { page: first, context } = await openPage(browser);
    onTestFinished(() => context.close());
    await join(first, link, 'Aiko');
    const [before] = await roster(first);
    const second = await context.newPage();
    await second.goto(link);
    await second.getByRole('button', { name: 'Join here instead' }).click();
    await second.getByText(/^Connected/).waitFor();
    await first.getByRole('heading', { name: 'another tab', exact: false }).waitFor();
    expect((await people('twice')).map(({ id, connected }) => ({ id, connected }))).toEqual([
      { id: before?.id, connected: true },
    ]);
    await soon(async () => expect((await roster(second))[0]?.tracks).toHaveLength(2));

    await first.getByRole('button', { name: 'Use it here' }).click();
    for (const device of ['Camera', 'Microphone']) {
      await first.getByRole('button', { name: device, pressed: true }).waitFor();
    }
    await first.getByRole('button', { name: 'Join here instead' }).click();
    await first.getByText(/^Connected/).waitFor();
    await second.getByRole('heading', { name: 'another tab', exact: false }).waitFor();
    expect((await people('twice')).map(({ id }) => id)).toEqual([before?.id]);
  });
});
