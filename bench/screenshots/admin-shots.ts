/** The pictures of the admin page and of shared recordings, as data: what is seen in each, and what an admin does until it is. */
import type { Page } from 'playwright-core';

/** What a shot can do besides using its page. */
export interface AdminStage {
  readonly page: Page;
  /** Opens a view of the admin page, signed in. */
  readonly view: (hash: string) => Promise<void>;
  /** Opens the page of a link that is shared. */
  readonly shared: (token: string) => Promise<void>;
}

/** One picture. */
export interface AdminShot {
  /** Name of the file. */
  readonly name: string;
  /** One sentence. */
  readonly caption: string;
  readonly width: number;
  readonly height: number;
  readonly theme: 'dark' | 'light';
  /** A finger instead of a mouse. */
  readonly touch?: boolean;
  /** There is nothing yet. */
  readonly empty?: boolean;
  /** Resolves when the page is as it is to be seen. */
  act(stage: AdminStage): Promise<void>;
}

const WIDE = { width: 1280, height: 860 } as const;
const PHONE = { width: 390, height: 800, touch: true } as const;
const RECORDING = '#/recordings/r1';

/** The film stands where something happens. */
async function watch({ page, view }: AdminStage): Promise<void> {
  await view(RECORDING);
  await page.getByRole('button', { name: /The numbers of May/ }).click();
  await page.getByText('0:22 / 2:00').waitFor();
  await page.evaluate('window.scrollTo(0, 0)');
}

/** A part of the page stands at the upper edge. */
async function lookAt(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { name: heading }).evaluate((element) => element.scrollIntoView({ block: 'start' }));
  await page.evaluate('window.scrollBy(0, -40)');
}

async function seeEvents({ page, view }: AdminStage): Promise<void> {
  await view('#/events');
  await page.getByText('hooks.example/gridcast').first().waitFor();
  await page.getByText('recording.ready').first().waitFor();
}

/** In the order of the page. */
export const ADMIN_SHOTS: readonly AdminShot[] = [
  {
    name: 'admin-recordings',
    caption: 'All recordings, in every state.',
    ...WIDE,
    theme: 'dark',
    act: async ({ page, view }) => {
      await view('#/recordings');
      await page.getByText('Archiving 62 %').waitFor();
    },
  },
  {
    name: 'admin-recordings-light',
    caption: 'The same, light, and searched.',
    ...WIDE,
    theme: 'light',
    act: async ({ page, view }) => {
      await view('#/recordings');
      await page.getByLabel('Search').fill('harbour');
      await page.getByRole('heading', { name: 'Town hall' }).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'admin-recordings-empty',
    caption: 'Before the first one: what to do next.',
    ...WIDE,
    theme: 'light',
    empty: true,
    act: async ({ page, view }) => {
      await view('#/recordings');
      await page.getByText('Nothing recorded yet').waitFor();
    },
  },
  {
    name: 'admin-recording',
    caption: 'One recording: its story, the film, and its chapters.',
    ...WIDE,
    height: 1000,
    theme: 'dark',
    act: watch,
  },
  {
    name: 'admin-recording-chat',
    caption: 'The chat goes with the film; below it, who spoke when.',
    ...WIDE,
    height: 1000,
    theme: 'light',
    act: async (stage) => {
      await watch(stage);
      await stage.page.getByRole('tab', { name: /Chat/ }).click();
      await stage.page.evaluate('window.scrollTo(0, 340)');
    },
  },
  {
    name: 'admin-recording-files',
    caption: 'All files with their checksums, share links, and renderings.',
    ...WIDE,
    theme: 'dark',
    act: async (stage) => {
      await watch(stage);
      await lookAt(stage.page, 'Files');
    },
  },
  {
    name: 'admin-recording-render',
    caption: 'Another rendering is ordered.',
    ...WIDE,
    theme: 'light',
    act: async (stage) => {
      await watch(stage);
      await stage.page.getByText('New rendering').click();
      await stage.page.getByLabel('Arranged as it was').uncheck();
      await stage.page.locator('label', { hasText: 'Side by side' }).click();
      await lookAt(stage.page, 'Render again');
    },
  },
  {
    name: 'admin-recording-archiving',
    caption: 'How far the archive is, step by step.',
    ...WIDE,
    theme: 'dark',
    act: async ({ page, view }) => {
      await view('#/recordings/r2');
      await page.getByText('What its jobs said').click();
      await page.getByRole('heading', { name: 'How the archive is made' }).scrollIntoViewIfNeeded();
      await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
    },
  },
  {
    name: 'admin-rooms',
    caption: 'Rooms: what is live, who is there, how the machine copes, and the recording.',
    ...WIDE,
    theme: 'light',
    act: async ({ page, view }) => {
      await view('#/rooms');
      await page.locator('img').nth(1).waitFor();
    },
  },
  {
    name: 'admin-people',
    caption: 'Everybody who has an account.',
    ...WIDE,
    theme: 'light',
    act: async ({ page, view }) => {
      await view('#/people');
      await page.getByRole('listitem').filter({ hasText: 'Kofi Mensah' }).waitFor();
    },
  },
  {
    name: 'admin-events',
    caption: 'What happens, as it happens, and the webhooks that are told of it.',
    ...WIDE,
    theme: 'dark',
    act: seeEvents,
  },
  {
    name: 'admin-settings',
    caption: 'The settings, and where each comes from.',
    ...WIDE,
    theme: 'dark',
    act: async ({ page, view }) => {
      await view('#/settings');
      await page.getByText('server.').first().waitFor();
    },
  },
  {
    name: 'admin-audit',
    caption: 'Who did what.',
    ...WIDE,
    height: 640,
    theme: 'light',
    act: async ({ page, view }) => {
      await view('#/audit');
      await page.getByText('Made a share link').first().waitFor();
    },
  },
  {
    name: 'admin-recording-phone',
    caption: 'A recording on a telephone.',
    ...PHONE,
    theme: 'dark',
    act: async (stage) => {
      await stage.view(RECORDING);
      await stage.page.getByRole('tab', { name: /Chat/ }).waitFor();
      await stage.page.evaluate('window.scrollTo(0, 560)');
    },
  },
  {
    name: 'admin-rooms-phone',
    caption: 'Rooms on a telephone.',
    ...PHONE,
    theme: 'light',
    act: async ({ page, view }) => {
      await view('#/rooms');
      await page.locator('img').nth(1).waitFor();
    },
  },
  {
    name: 'admin-people-phone',
    caption: 'People on a telephone, and somebody is added.',
    ...PHONE,
    theme: 'dark',
    act: async ({ page, view }) => {
      await view('#/people');
      await page.getByRole('button', { name: 'Add somebody' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Piet de Vries');
      await page.getByLabel('Login', { exact: true }).fill('piet');
      await page.getByRole('button', { name: 'Suggest one' }).click();
    },
  },
  {
    name: 'admin-events-phone',
    caption: 'Events on a telephone.',
    ...PHONE,
    theme: 'light',
    act: seeEvents,
  },
  {
    name: 'shared',
    caption: 'What a share link opens.',
    ...WIDE,
    theme: 'dark',
    act: async ({ page, shared }) => {
      await shared('good');
      await page.getByRole('button', { name: /The numbers of May/ }).click();
      await page.getByText(/0:2[2-9] \/ 2:00/).waitFor();
      await page.getByRole('button', { name: /^Pause/ }).click();
    },
  },
  {
    name: 'shared-ended',
    caption: 'The link has ended.',
    ...WIDE,
    height: 560,
    theme: 'light',
    act: async ({ page, shared }) => {
      await shared('ended');
      await page.getByText('This link has ended').waitFor();
    },
  },
];
