import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { annotationSchema } from '../../src/layout/annotation.ts';
import { layoutSchema } from '../../src/layout/layout.ts';
import type { RosterEntry } from '../../src/protocol/messages.ts';
import { accessibilityProblems, launchShell } from '../helpers/browser.ts';
import type { PageServer } from '../helpers/page-server.ts';
import { join, soon } from './room-steps.ts';
import { openWatched, startPages } from './watched-pages.ts';

type Track = RosterEntry['tracks'][number];

/** Sizes of windows and telephones, upright and lying, with what their owners like. */
const LOOKS = [
  [1280, 900, 'dark'],
  [1280, 900, 'light'],
  [390, 780, 'light'],
  [390, 780, 'dark'],
  [780, 390, 'dark'],
] as const;

let browser: Browser;
let server: PageServer;

beforeAll(async () => {
  browser = await launchShell();
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await startPages();
  server.addRoom('monday', { title: 'Monday stand-up', live: true });
});

const mic = (state: Track['state'] = 'live'): Track => ({ track: 0, kind: 'audio', source: 'mic', state });
const picture = (track: number, source: Track['source']): Track => ({ track, kind: 'video', source, state: 'live' });

function people(): RosterEntry[] {
  const { role } = server.echo.rules;
  const here = { role: 'participant', muted: false, connected: true } as const;
  return [
    { ...here, id: 'p1', name: 'Aiko', role, tracks: [mic(), picture(1, 'camera')] },
    { ...here, id: 'p2', name: 'Björn Ångström', tracks: [mic(), picture(1, 'camera')] },
    { ...here, id: 'p3', name: '王 小明', muted: true, tracks: [mic(), picture(1, 'camera'), picture(2, 'screen')] },
    { ...here, id: 'p4', name: 'Dr. Theodora Papadimitriou-Winterbottom', connected: false, tracks: [mic('muted')] },
  ];
}

/** Joins as the room's `p1`, into a room of four in which Björn speaks. */
async function open(): Promise<Page> {
  const { page } = await openWatched(browser, { viewport: { width: 1280, height: 900 } });
  const { role } = server.echo.rules;
  const { token } = await server.tokens.invite({ room: 'monday', role });
  await join(page, `${server.url}/r/monday#token=${token}`, 'Aiko');
  // Their own tracks are published by now; later the echo would tell a roster of its own.
  await soon(() => expect(server.echo.heard.filter(({ type }) => type === 'publish')).toHaveLength(2));
  server.echo.say({ type: 'roster', participants: people() });
  server.echo.say({
    type: 'layout',
    layout: layoutSchema.parse({ rules: [] }),
    annotation: annotationSchema.parse({}),
    program: { width: 1280, height: 720 },
  });
  server.echo.say({ type: 'speaking', participants: ['p2'], speaker: 'p2' });
  return page;
}

function preview(page: Page, words: RegExp): Promise<void> {
  return page.getByRole('img', { name: words }).waitFor();
}

describe('the layout panel', () => {
  it('is accessible and fits windows and telephones, in the dark and in the light', async () => {
    const page = await open();
    const fits = async (): Promise<void> => {
      for (const [width, height, colorScheme] of LOOKS) {
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme });
        const look = `at ${width} x ${height}, ${colorScheme}`;
        expect(await accessibilityProblems(page), look).toEqual([]);
        expect(await page.evaluate<number>('document.documentElement.scrollWidth'), look).toBeLessThanOrEqual(width);
      }
    };
    await page.getByRole('button', { name: 'Layout' }).click();
    await preview(page, /^Preview\. Grid/);
    await fits();
    await page.getByText('Custom', { exact: true }).click();
    await page.getByLabel('Width %').first().fill('0');
    await page.getByLabel('Width %').first().press('Tab');
    await page.getByText('Correct the marked fields first.').waitFor();
    await fits();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('tab', { name: 'On screen' }).click();
    await page.getByText('Lower third').waitFor();
    await fits();
  });

  it('is for hosts alone', async () => {
    server.echo.rules.role = 'participant';
    const page = await open();
    await page.getByText('Speaking').waitFor();
    expect(await page.getByRole('button', { name: 'Layout' }).count()).toBe(0);
    await page.keyboard.press('Alt+l');
    expect(await page.getByRole('tab').count()).toBe(0);
    expect(await page.getByRole('button', { name: /^(Mute|More about)/ }).count()).toBe(0);
  });

  it('goes when its reader is no host any more', async () => {
    const page = await open();
    await page.keyboard.press('Alt+l');
    await page.getByRole('tab', { name: 'On screen' }).waitFor();
    server.echo.rules.role = 'participant';
    server.echo.say({ type: 'roster', participants: people() });
    await page.getByRole('tab', { name: 'On screen' }).waitFor({ state: 'detached' });
  });

  it('is worked by keys alone, and gives the focus back', async () => {
    const page = await open();
    await page.keyboard.press('Alt+l');
    await page.getByRole('radio', { name: 'Grid' }).focus();
    await page.keyboard.press('ArrowRight');
    await preview(page, /^Preview\. Speaker, largest first: Björn Ångström \(speaking\)/);
    const down = page.getByRole('button', { name: 'Move Aiko down' });
    await down.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Aiko is number 2 of 5').waitFor();
    await soon(async () => expect(await down.evaluate((button) => button.matches(':focus'))).toBe(true));
    await page.keyboard.press('Enter');
    await page.getByText('Aiko is number 3 of 5').waitFor();
    await soon(async () => expect(await down.evaluate((button) => button.matches(':focus'))).toBe(true));
    await page.getByRole('tab', { name: 'Layout' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: 'On screen', selected: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'On screen' }).waitFor({ state: 'detached' });
    const button = page.getByRole('button', { name: 'Layout', expanded: false });
    await soon(async () => expect(await button.evaluate((element) => element.matches(':focus'))).toBe(true));
  });

  it('follows who comes, goes and speaks, and keeps a draft over closing', async () => {
    const page = await open();
    await page.keyboard.press('Alt+l');
    await page.getByText('Speaker', { exact: true }).click();
    await preview(page, /^Preview\. Speaker, largest first: Björn Ångström \(speaking\)/);
    server.echo.say({ type: 'speaking', participants: [], speaker: 'p1' });
    await preview(page, /^Preview\. Speaker, largest first: Aiko \(speaking\)/);
    server.echo.say({ type: 'roster', participants: people().slice(0, 2) });
    await preview(page, /^Preview\. Speaker, largest first: Aiko \(speaking\), Björn Ångström\.$/);
    await page.getByRole('button', { name: 'Close the layout' }).click();
    await page.keyboard.press('Alt+l');
    await page.getByText('Only you see this.').waitFor();
  });

  it('says that a rule is stronger than the choice, and lifts it on demand', async () => {
    const page = await open();
    const program = { width: 1280, height: 720 };
    server.echo.say({
      type: 'layout',
      layout: layoutSchema.parse({}),
      annotation: annotationSchema.parse({}),
      program,
    });
    await page.keyboard.press('Alt+l');
    await page.getByText('Side by side').click();
    await page.getByText('While a screen is shared, “Presentation” is shown.').waitFor();
    await page.getByRole('button', { name: 'Use “Side by side” anyway' }).click();
    await preview(page, /^Preview\. Side by side/);
    expect(await page.getByRole('switch', { name: 'A shared screen takes over' }).isChecked()).toBe(false);
  });

  it('orders people by dragging', async () => {
    const page = await open();
    await page.keyboard.press('Alt+l');
    const rows = page.getByRole('listitem');
    await rows.filter({ hasText: 'Theodora' }).dragTo(rows.filter({ hasText: 'Aiko' }));
    await preview(page, /^Preview\. Grid, largest first: Dr\. Theodora/);
  });

  it('says in words why a layout or an annotation was not taken, and keeps the draft', async () => {
    const page = await open();
    const refusal = { code: 'forbidden', title: 'Forbidden', detail: 'Your host token has expired; join again.' };
    await page.route(/\/(layout|annotation)$/, (route) => route.fulfill({ status: 403, json: refusal }));
    await page.keyboard.press('Alt+l');
    await page.getByText('Speaker', { exact: true }).click();
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await page.getByText('Your host token has expired; join again.').waitFor();
    await page.getByText('Only you see this.').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('tab', { name: 'On screen' }).click();
    await page.getByRole('switch', { name: 'Clock' }).click();
    await page.getByText('This was not changed').waitFor();
    expect(await page.getByRole('switch', { name: 'Clock' }).isChecked()).toBe(true);
  });
});

describe('the people of a room', () => {
  it('are shown as hosts, muted, speaking and reconnecting', async () => {
    const page = await open();
    const row = (name: string) => page.getByRole('listitem').filter({ hasText: name });
    await row('Aiko').getByText('Host').waitFor();
    await row('Björn').getByText('Speaking').waitFor();
    await row('王').getByText('Muted by host').waitFor();
    await row('Theodora').getByText('Reconnecting…').waitFor();
    await row('王').getByText('microphone off, camera on, sharing a screen').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'More about Björn' }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('learn that a host muted them', async () => {
    server.echo.rules.role = 'participant';
    const page = await open();
    const [self, ...others] = people();
    server.echo.say({ type: 'roster', participants: [{ ...(self as RosterEntry), muted: true }, ...others] });
    await page.getByText('A host muted you').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('tell the server that their microphone is off, before and after a cut', async () => {
    const page = await open();
    const states = () => server.echo.heard.flatMap((message) => (message.type === 'state' ? [message] : []));
    await page.getByRole('button', { name: 'Microphone' }).click();
    await soon(() => expect(states()).toEqual([{ type: 'state', track: 0, state: 'muted' }]));
    server.echo.cut();
    await soon(() => expect(states()).toHaveLength(2));
    await page.getByRole('button', { name: 'Microphone' }).click();
    await soon(() => expect(states().at(-1)).toEqual({ type: 'state', track: 0, state: 'live' }));
  });
});

describe('a notice', () => {
  const notice = { type: 'notice', code: 'degraded', message: 'The server is busy; the picture is simpler.' } as const;

  it('is shown to hosts until they have read it', async () => {
    const page = await open();
    server.echo.say(notice);
    await page.getByText(notice.message).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'I see' }).click();
    await page.getByText(notice.message).waitFor({ state: 'detached' });
  });
});
