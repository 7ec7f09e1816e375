import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { RosterEntry } from '../../src/protocol/messages.ts';
import { HOPS } from '../../src/room/hop-times.ts';
import { launchShell, openPage } from '../helpers/browser.ts';
import { TestServer } from '../helpers/test-server.ts';
import { join, soon, statsOf } from './room-steps.ts';

const SESSION = `document.querySelector('gridcast-room').shadowRoot.querySelector('gridcast-room-stage').session`;
const run = promisify(execFile);

let folder: string;
let server: TestServer;
let broken: Browser;
let healthy: Browser;

/** Makes a file with FFmpeg. */
async function made(name: string, args: readonly string[]): Promise<string> {
  const path = joinPath(folder, name);
  await run('ffmpeg', ['-v', 'error', '-y', ...args, path]);
  return path;
}

beforeAll(async () => {
  folder = await mkdtemp(joinPath(tmpdir(), 'gridcast-signals-'));
  const dark = ['-f', 'lavfi', '-i', 'color=black:size=320x180:rate=15:duration=1', '-pix_fmt', 'yuv420p'];
  const camera = await made('black.y4m', dark);
  const still = ['-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=mono', '-t', '2', '-c:a', 'pcm_s16le'];
  const microphone = await made('silent.wav', still);
  server = await TestServer.start({ program: { width: 640, height: 360, framerate: 15, preset: 'ultrafast' } });
  await server.api('POST', '/api/rooms', { id: 'studio', title: 'Studio' });
  broken = await launchShell([
    `--use-file-for-fake-video-capture=${camera}`,
    `--use-file-for-fake-audio-capture=${microphone}`,
  ]);
  healthy = await launchShell();
});
afterAll(async () => {
  await broken.close();
  await healthy.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Somebody in the room, by an invite of this kind. */
async function enter(browser: Browser, kind: 'join' | 'host', name: string) {
  const watched = await openPage(browser);
  onTestFinished(() => watched.context.close());
  const { body } = await server.api<{ links: Record<'join' | 'host', string> }>('GET', '/api/rooms/studio');
  const { pathname, hash } = new URL(body.links[kind]);
  await join(watched.page, new URL(pathname + hash, server.url).href, name);
  return watched;
}

/** What of somebody's devices is wrong, as another page knows; how a busy machine's network does is no matter here. */
async function signalsOf(page: Page, person: string): Promise<readonly string[]> {
  const roster = await page.evaluate<readonly RosterEntry[]>(`${SESSION}.facts.roster`);
  const signals = roster.find(({ name }) => name === person)?.signals ?? [];
  return signals.flatMap(({ kind, track }) => (kind === 'network' ? [] : [`${kind} ${track}`])).toSorted();
}

describe('a microphone that gives no sound and a camera that is covered', () => {
  it('are told to the person and to the host, and nobody who is well is told anything', async () => {
    const host = await enter(healthy, 'host', 'Hanna');
    const guest = await enter(broken, 'join', 'Gus');
    // All looked for from now on: what is wrong with a busy machine's network may stand before the rest later.
    await Promise.all([
      host.page
        .getByText(/^Gus: Their (microphone|camera)/)
        .first()
        .waitFor(),
      guest.page
        .getByText(/Nobody can hear you|Your picture is black/)
        .first()
        .waitFor(),
      soon(async () => {
        expect(await signalsOf(host.page, 'Gus')).toEqual(['black 1', 'silence 0']);
        expect(await signalsOf(host.page, 'Hanna')).toEqual([]);
      }),
    ]);

    await guest.page.getByRole('button', { name: 'Microphone', exact: true }).click();
    await soon(async () => {
      expect(await signalsOf(host.page, 'Gus')).toEqual(['black 1']);
    });
    expect([...host.errors, ...guest.errors]).toEqual([]);
  });
});

describe('the way from a camera to a screen', () => {
  it('is told to the person who looks at it, and in all of its parts to the metrics', async () => {
    const [one, two] = [await enter(healthy, 'join', 'Ida'), await enter(healthy, 'join', 'Jon')];
    for (const { page } of [one, two]) {
      // The first of them may come before the other's camera has been timed.
      await statsOf(page, ({ glassToGlassMs = 0, latencyMs = 0 }) => latencyMs > 0 && glassToGlassMs > latencyMs);
    }
    await soon(async () => {
      const text = Buffer.from(await server.bytes('/metrics')).toString();
      for (const hop of HOPS)
        expect(text).toMatch(new RegExp(`^gridcast_hop_seconds_count\\{hop="${hop}",.*\\} [1-9]`, 'm'));
    });
  });
});
