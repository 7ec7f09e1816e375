/** The pictures of the viewers' player, as data: what is seen in each, and what a viewer does until it is. */
import type { Page } from 'playwright-core';
import { sleep, systemClock } from '../../src/util/clock.ts';
import type { Shot } from './shots.ts';

/** What a shot can do besides using its page. */
export interface PlayerStage {
  readonly page: Page;
  /** Address of the room's page for viewers. */
  readonly link: string;
  /** The room has been live for two minutes. */
  readonly live: () => void;
  /** Its broadcast is over when the viewer comes to the last picture. */
  readonly end: () => void;
  /** The room is for those with a link. */
  readonly lock: () => void;
  /** What a viewer's player says it shows. */
  readonly reach: (state: string) => Promise<void>;
}

/** One picture. */
export interface PlayerShot {
  /** Name of the file. */
  readonly name: string;
  /** One sentence. */
  readonly caption: string;
  readonly width: number;
  readonly height: number;
  readonly theme: 'dark' | 'light';
  /** A finger instead of a mouse. */
  readonly touch?: boolean;
  /** Resolves when the page is as it is to be seen. */
  act(stage: PlayerStage): Promise<void>;
}

const WIDE = { width: 1280, height: 860, theme: 'dark' } as const;
const LIGHT = { ...WIDE, theme: 'light' } as const;
const PHONE = { width: 390, height: 520, theme: 'light', touch: true } as const;
const TV = { width: 1920, height: 1080, theme: 'dark' } as const;
/** The catching up of a player that has just begun is over then. */
const LATE_S = 1.8;
const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 250;
const PLAYER = `(document.querySelector('gridcast-watch')?.shadowRoot ?? document).querySelector('gridcast-player')`;

async function watch({ page, link, live, reach }: PlayerStage): Promise<void> {
  live();
  await page.goto(link);
  await reach('live');
}

/** Shows the controls, which stay for a few seconds. */
async function stir(page: Page): Promise<void> {
  await page.mouse.move(300, 300);
  await page.mouse.move(320, 280);
}

async function goBack(stage: PlayerStage): Promise<void> {
  await watch(stage);
  await stage.page.locator('gridcast-seek-bar').click({ position: { x: 540, y: 12 } });
  await stage.reach('behind');
}

/** The player alone in a page, as wide as an article. */
async function embed(stage: PlayerStage, attributes: string, chat = ''): Promise<void> {
  await watch(stage);
  const markup = `<gridcast-player room="monday" ${attributes}>${chat}</gridcast-player>`;
  await stage.page.evaluate(`{
    const main = document.querySelector('main');
    main.innerHTML = ${JSON.stringify(markup)};
    main.style.cssText = 'max-width: 76rem; margin: 2rem auto; padding: 0 1rem';
    const chat = main.querySelector('[slot=chat]');
    if (chat) chat.style.cssText = 'padding: 0 1rem; color: #e9eef4; font: 0.95rem/1.5 system-ui';
  }`);
}

const CHAT = '<div slot="chat"><p><b>Your chat</b></p><p>stands here, beside the picture or below it.</p></div>';

/** The one that needs a real program: how late it is. */
export const LOW_LATENCY_SHOT: Shot = {
  name: 'player-low-latency',
  caption: 'Live, with the measured latency and the time of day of the picture.',
  ...WIDE,
  others: 3,
  act: async ({ page, link }) => {
    await page.goto(link.replace('/r/', '/watch/').replace(/#.*/, ''));
    const late = (): Promise<number> => page.evaluate<number>(`${PLAYER}?.latency ?? 99`);
    for (let waited = 0; (await late()) > LATE_S; waited += LOOK_EVERY_MS) {
      if (waited > PATIENCE_MS) throw new Error(`The picture stays ${(await late()).toFixed(1)} s late.`);
      await sleep(systemClock, LOOK_EVERY_MS);
    }
    await stir(page);
  },
};

/** In the order of the page. */
export const PLAYER_SHOTS: readonly PlayerShot[] = [
  {
    name: 'player-not-started',
    caption: 'Before the start: it begins by itself.',
    ...WIDE,
    act: async ({ page, link, reach }) => {
      await page.goto(link);
      await reach('not-started');
    },
  },
  {
    name: 'player-ready',
    caption: 'Live, but asked to wait for a click (`autoplay="off"`): the newest thumbnail stands behind.',
    ...LIGHT,
    act: async (stage) => {
      await embed(stage, 'autoplay="off"');
      await stage.reach('ready');
    },
  },
  {
    name: 'player-starting',
    caption: 'Starting: the first pictures are loaded.',
    ...WIDE,
    act: async ({ page, link, live, reach }) => {
      live();
      await page.route('**/segment-*', () => undefined);
      await page.goto(link);
      await reach('starting');
    },
  },
  {
    name: 'player-live',
    caption: 'Live, with the measured latency, the time of day of the picture, and the chapter.',
    ...WIDE,
    act: async (stage) => {
      await watch(stage);
      await stir(stage.page);
    },
  },
  {
    name: 'player-silent',
    caption: 'The browser keeps the sound off until somebody clicks.',
    ...LIGHT,
    act: async (stage) => {
      await embed(stage, 'muted');
      await stage.reach('live');
    },
  },
  {
    name: 'player-seek',
    caption: 'Over the seek bar: thumbnail, chapter and time of day.',
    ...WIDE,
    act: async (stage) => {
      await watch(stage);
      const bar = stage.page.locator('gridcast-seek-bar');
      for (let x = 520; x <= 700; x += 20) await bar.hover({ position: { x, y: 12 } });
      await bar
        .and(stage.page.locator('[mediapreviewimage]'))
        .waitFor({ timeout: 20_000 })
        .catch(() => undefined);
      await bar.hover({ position: { x: 705, y: 12 } });
    },
  },
  {
    name: 'player-behind',
    caption: 'Gone back: how far, and the way to live again; the chapters are open.',
    ...WIDE,
    act: async (stage) => {
      await goBack(stage);
      await stir(stage.page);
      await stage.page.getByRole('button', { name: 'Chapters' }).click();
    },
  },
  {
    name: 'player-paused',
    caption: 'Paused.',
    ...LIGHT,
    act: async (stage) => {
      await goBack(stage);
      await stage.page.keyboard.press('k');
      await stage.reach('paused');
      await stage.page.mouse.move(640, 200);
    },
  },
  {
    name: 'player-settings',
    caption: 'Speed and quality.',
    ...LIGHT,
    act: async (stage) => {
      await watch(stage);
      await stir(stage.page);
      await stage.page.getByRole('button', { name: 'Settings' }).click();
    },
  },
  {
    name: 'player-keys',
    caption: 'The keys.',
    ...WIDE,
    act: async (stage) => {
      await watch(stage);
      await stage.page.locator('video').focus();
      await stage.page.keyboard.press('?');
    },
  },
  {
    name: 'player-reconnecting',
    caption: 'The server is away: the player says so and comes back by itself.',
    ...WIDE,
    act: async (stage) => {
      await watch(stage);
      await stage.page.context().setOffline(true);
      await stage.reach('reconnecting');
    },
  },
  {
    name: 'player-ended',
    caption: 'The end, with the way to the recording where there is one for everybody.',
    ...LIGHT,
    act: async (stage) => {
      await watch(stage);
      await stage.page.evaluate(`${PLAYER}.recording = '/recordings/monday'`);
      stage.end();
      await stage.reach('ended');
    },
  },
  {
    name: 'player-failed',
    caption: 'What does not work, and what to do: a private room without a link.',
    ...WIDE,
    act: async ({ page, link, lock, reach }) => {
      lock();
      await page.goto(link);
      await reach('failed');
    },
  },
  {
    name: 'player-chat',
    caption: 'In another page, with the slot `chat` filled.',
    ...LIGHT,
    act: async (stage) => {
      await embed(stage, 'heading="Morning round"', CHAT);
      await stage.reach('live');
      await stir(stage.page);
    },
  },
  {
    name: 'player-phone',
    caption: 'On a telephone.',
    ...PHONE,
    act: async (stage) => {
      await watch(stage);
      await stage.page.touchscreen.tap(190, 150);
    },
  },
  {
    name: 'player-phone-not-started',
    caption: 'On a telephone, before the start.',
    ...PHONE,
    act: async ({ page, link, reach }) => {
      await page.goto(link);
      await reach('not-started');
    },
  },
  {
    name: 'player-television',
    caption: 'As wide as a television.',
    ...TV,
    act: async (stage) => {
      await watch(stage);
      await stir(stage.page);
    },
  },
];
