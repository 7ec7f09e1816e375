/** A real Chromium with a made-up camera and microphone. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream=fps=30',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];
/** Ten pictures in a second instead of thirty, each of which is painted, coded, sent and shown. Of two such arguments the last one holds. */
const SLOW_CAMERA = '--use-fake-device-for-media-stream=fps=10';
/** For tests in the shell that look at how many pictures there are. */
export const QUICK_CAMERA = '--use-fake-device-for-media-stream=fps=30';
/** Some seconds, for axe takes its time. */
const MOST_LOOKS = 8;

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome'];
const SHELL = 'chromium-headless-shell';
const MAC = ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

/**
 * Starts it with a profile of its own, with `args` besides the usual ones, playwright's among them, and without those in `without`.
 * @throws when there is none.
 */
export function launchChromium(args: readonly string[] = [], without: readonly string[] = []): Promise<Browser> {
  const path = find(COMMANDS) ?? MAC.find((place) => existsSync(place));
  if (path === undefined) throw new Error(`There is no ${COMMANDS.join(' or ')}; "npm test" installs one.`);
  return launch(path, args, without);
}

/**
 * The same engine without the windows of a browser around it: a new page costs a tenth, and notifications are missing. For tests of
 * what pages show and do, in which it is no matter how many pictures a camera gives. Where it is not installed, the whole browser.
 */
export function launchShell(args: readonly string[] = []): Promise<Browser> {
  const path = find([SHELL]);
  const all = [SLOW_CAMERA, ...args];
  return path === undefined ? launchChromium(all) : launch(path, all);
}

function find(commands: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return commands.flatMap((name) => folders.map((folder) => join(folder, name))).find((place) => existsSync(place));
}

function launch(executablePath: string, args: readonly string[], without: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    ignoreDefaultArgs: [...without],
    args: [...ARGS.filter((arg) => !without.includes(arg)), ...args],
  });
}

/**
 * Chromium itself loses a picture while a track's stream goes over to a worker, once in some thousand openings, whether or not the
 * stream is cancelled later. It tells at most every 10 s, and again as long as pictures are lost: what is told twice is a leak of ours.
 */
const LOST_PICTURE = 'A VideoFrame was garbage collected without being closed';

/** A page and everything that went wrong in it. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of scripts and of the console, violations of the Content-Security-Policy among them. */
  readonly errors: string[];
}

/** A page of its own profile, with camera and microphone allowed. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'], ...options });
  // As long as a busy machine may need.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const close = context.close.bind(context);
  // What a test is still answering when the page goes has nobody to read it: else that were an error of the whole run.
  context.close = async (...how) => {
    await Promise.all(context.pages().map((each) => each.unrouteAll({ behavior: 'ignoreErrors' })));
    await close(...how);
  };
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  let lost = 0;
  page.on('console', (message) => {
    if (message.text().startsWith(LOST_PICTURE)) {
      lost += 1;
      if (lost === 1) return;
    }
    // A refused request is an answer the pages expect and explain.
    const expected = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !expected) errors.push(`${message.text()} (${message.location().url})`);
  });
  return { page, context, errors };
}

/**
 * From the next load on, pauses of so many milliseconds last a tenth: what a page asks for now and then need not be waited for.
 * Not for pages with timeouts of that length.
 */
export async function shortenPauses(page: Page, leastMs: number, mostMs: number): Promise<void> {
  await page.addInitScript(`{
    const real = window.setTimeout;
    window.setTimeout = (then, ms, ...rest) => real(then, ms >= ${leastMs} && ms <= ${mostMs} ? ms / 10 : ms, ...rest);
  }`);
}

/** As somebody has it who has chosen larger text in their browser: a page that measures in `rem` follows. */
export async function enlargeText(page: Page, times: number): Promise<void> {
  const line = await page.context().newCDPSession(page);
  await line.send('Page.enable');
  await line.send('Page.setFontSizes', { fontSizes: { standard: 16 * times, fixed: 13 * times } });
}

/**
 * What axe finds against WCAG 2.2 A and AA, a line for each place. Looks again while there is something: a colour on its way
 * to another has too little contrast for a moment, and so has what fades in.
 */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>("typeof axe === 'object'"))) {
    await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  }
  let problems = await problemsNow(page);
  for (let look = 1; look < MOST_LOOKS && problems.length > 0; look += 1) problems = await problemsNow(page);
  return problems;
}

async function problemsNow(page: Page): Promise<string[]> {
  const found = await page.evaluate<{
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
  }>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] })`,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} (${failureSummary.replaceAll(/\s+/g, ' ')})`),
  );
}
