/** Two people with accounts in a Chromium each: contacts, calls, what they hear, and being sent out. */
import type { Browser, Page } from 'playwright-core';
import { systemClock } from '../../src/util/clock.ts';
import { launchChromium, openPage } from '../../tests/helpers/browser.ts';
import { toneAmplitude } from '../../tests/helpers/decoded-program.ts';
import type { TestServer } from '../../tests/helpers/test-server.ts';
import { LISTEN, preparePage } from '../page/page-scripts.ts';

const PASSWORD = 'correct horse battery';
const PATIENCE_MS = 60_000;
/** Below it a tone is what leaks out of its neighbours. */
const AUDIBLE = 0.01;

/** Somebody at their own browser. */
export interface Caller {
  readonly name: string;
  readonly toneHz: number;
  readonly page: Page;
  /** What failed in the page's scripts. */
  readonly errors: string[];
  readonly browser: Browser;
}

/** Makes the account, signs in and opens the contacts at `base`, an address of the server; their microphone is a tone. */
export async function openCaller(server: TestServer, name: string, toneHz: number, base: string): Promise<Caller> {
  const login = name.toLowerCase();
  await server.api('POST', '/api/users', { login, name, password: PASSWORD });
  const session = await server.api('POST', '/api/session', { login, password: PASSWORD }, '');
  const browser = await launchChromium();
  const { page, context, errors } = await openPage(browser, {
    viewport: { width: 1280, height: 860 },
    // The ear that listens in the page is a script of its own.
    bypassCSP: true,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const kept = JSON.stringify(JSON.stringify(session.body));
  await page.addInitScript(`localStorage.setItem('gridcast.session', ${kept})`);
  await page.addInitScript(preparePage(toneHz));
  await page.goto(`${base}/contacts`);
  await page.getByText(`signed in as ${name}`).waitFor();
  return { name, toneHz, page, errors, browser };
}

/** Milliseconds. */
export interface CallTimes {
  /** From the click to the ring on the other's page. */
  readonly rang: number;
  /** From the answer until both are in the room and connected. */
  readonly connected: number;
}

/** One calls, the other answers with their camera. */
export async function call(from: Caller, to: Caller): Promise<CallTimes> {
  const button = from.page.getByRole('button', { name: `Call ${to.name}` }).first();
  await button.waitFor();
  const since = stopwatch();
  await button.click();
  await to.page.getByRole('heading', { name: `${from.name} calls` }).waitFor();
  const rang = since();
  const answered = stopwatch();
  await to.page.getByRole('button', { name: 'Answer with camera' }).click();
  await Promise.all([from, to].map(({ page }) => page.getByText(/^Connected/).waitFor()));
  return { rang, connected: answered() };
}

/** Resolves with the levels of both tones in what somebody hears once they hear the other, and not themselves. */
export async function hears(listener: Caller, other: Caller): Promise<{ other: number; own: number }> {
  const until = systemClock.monotonicMs() + PATIENCE_MS;
  for (;;) {
    const bytes = Buffer.from(await listener.page.evaluate<string>(LISTEN), 'base64');
    const samples = new Float32Array(Uint8Array.from(bytes).buffer);
    const levels = {
      other: toneAmplitude(samples, other.toneHz),
      own: toneAmplitude(samples, listener.toneHz),
    };
    if (levels.other > AUDIBLE && levels.own < levels.other / 20) return levels;
    if (systemClock.monotonicMs() > until) {
      throw new Error(`${listener.name} does not hear ${other.name}: ${JSON.stringify(levels)}`);
    }
    await listener.page.waitForTimeout(100);
  }
}

/** Milliseconds from the confirmation until whoever is sent out reads it, in their contacts, with every line to the room closed. */
export async function sendOut(host: Caller, guest: Caller): Promise<number> {
  const more = host.page.getByRole('button', { name: `More about ${guest.name}` });
  if (!(await more.isVisible())) await host.page.getByRole('button', { name: /^People/ }).click();
  await more.click();
  const deeds = host.page.getByRole('group', { name: `Actions for ${guest.name}` });
  await deeds.getByRole('button', { name: 'Remove', exact: true }).click();
  const question = host.page.getByRole('dialog', { name: `Remove ${guest.name}?` });
  const confirm = question.getByRole('button', { name: 'Remove' });
  await confirm.waitFor();
  const since = stopwatch();
  await confirm.click();
  await guest.page.getByText('You were removed from the call.').waitFor();
  return since();
}

/** Back to the contacts, where somebody can be called again. */
export async function hangUp(caller: Caller): Promise<void> {
  await caller.page.getByRole('button', { name: 'Leave' }).click();
  await caller.page.waitForURL(/\/contacts$/);
}

function stopwatch(): () => number {
  const began = systemClock.monotonicMs();
  return () => systemClock.monotonicMs() - began;
}
