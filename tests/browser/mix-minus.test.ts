import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LISTEN, preparePage } from '../../bench/page/page-scripts.ts';
import { OpusDecoder } from '../../src/mixer/opus-codec.ts';
import { PROGRAM_TRACK } from '../../src/protocol/messages.ts';
import { launchShell, openPage } from '../helpers/browser.ts';
import { toneAmplitude } from '../helpers/decoded-program.ts';
import { TestParticipant, toneAndBeep } from '../helpers/test-participant.ts';
import { TestServer } from '../helpers/test-server.ts';
import { join, soon } from './room-steps.ts';

const ROOM = 'choir';
const HZ = { ana: 500, bo: 900, page: 1300 } as const;
const SECOND = 50;

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await TestServer.start({ program: { width: 320, height: 180, framerate: 10, preset: 'ultrafast' } });
  browser = await launchShell();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

type Levels = Readonly<Record<keyof typeof HZ, number>>;

function levelsOf(samples: Float32Array): Levels {
  return {
    ana: toneAmplitude(samples, HZ.ana),
    bo: toneAmplitude(samples, HZ.bo),
    page: toneAmplitude(samples, HZ.page),
  };
}

/** What goes to the speaker of a page's computer, its newest second. */
async function heardByPage(page: Page): Promise<Levels> {
  const bytes = Buffer.from(await page.evaluate<string>(LISTEN), 'base64');
  return levelsOf(new Float32Array(Uint8Array.from(bytes).buffer));
}

/** The newest second that somebody got back, one channel of it. */
function heardBy(participant: TestParticipant): Levels {
  const packets = participant.received(PROGRAM_TRACK.audio).slice(-SECOND);
  const decoder = new OpusDecoder();
  return levelsOf(
    Float32Array.from(packets.flatMap(({ payload }) => [...decoder.decode(payload)].filter((_, at) => at % 2 === 0))),
  );
}

/** Whose tones are clearly there; throws while one of them is neither there nor a tenth of the loudest. */
function whoIsIn(levels: Levels): string[] {
  const names = ['ana', 'bo', 'page'] as const;
  const loudest = Math.max(...names.map((name) => levels[name]));
  const unclear = names.some((name) => levels[name] < loudest / 3 && levels[name] > loudest / 10);
  if (!(loudest > 0.01) || unclear) throw new Error(`Nothing is clear: ${JSON.stringify(levels)}`);
  return names.filter((name) => levels[name] >= loudest / 3);
}

it('gives everybody the tones of all others, and never their own', async () => {
  await server.api('POST', '/api/rooms', { id: ROOM, title: 'Choir' });
  const { body } = await server.api<{ link: string }>('POST', `/api/rooms/${ROOM}/tokens`, {
    role: 'host',
    name: 'Page',
  });
  const where = { url: server.url, room: ROOM, token: server.token, receive: { video: false, audio: true } };
  const ana = await TestParticipant.join({ ...where, name: 'Ana' }, { sound: toneAndBeep(HZ.ana, 3000) });
  const bo = await TestParticipant.join({ ...where, name: 'Bo' }, { sound: toneAndBeep(HZ.bo, 3500) });
  const { page, errors } = await openPage(browser, { bypassCSP: true });
  await page.addInitScript(preparePage(HZ.page));
  await join(page, body.link, 'Page');
  await soon(async () => expect(whoIsIn(await heardByPage(page))).toEqual(['ana', 'bo']));
  await soon(() => expect(whoIsIn(heardBy(ana))).toEqual(['bo', 'page']));
  await soon(() => expect(whoIsIn(heardBy(bo))).toEqual(['ana', 'page']));
  await soon(async () => expect(whoIsIn(await heardByPage(page))).toEqual(['ana', 'bo']));
  expect(errors).toEqual([]);
  await Promise.all([ana.leave(), bo.leave()]);
});
