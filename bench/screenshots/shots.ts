/** The pictures of the participant's page, as data: what is seen in each, and what a person does until it is. */
import type { Page } from 'playwright-core';

/** What a shot can do besides using its page. */
export interface Stage {
  readonly page: Page;
  /** The room's link with an invite. */
  readonly link: string;
  /** Resolves when the cameras of everybody are in the picture. */
  seen(): Promise<void>;
  /** A page of the same browser profile, as another tab. */
  otherTab(): Promise<Page>;
  /** From now on this page reaches the server no more. */
  cut(): void;
}

/** One picture. */
export interface Shot {
  /** Name of the file. */
  readonly name: string;
  /** One sentence. */
  readonly caption: string;
  readonly width: number;
  readonly height: number;
  readonly theme: 'dark' | 'light';
  /** Painted people who are in the room already. */
  readonly others: number;
  /** The one before the camera is a host. */
  readonly host?: boolean;
  /** A finger instead of a mouse. */
  readonly touch?: boolean;
  /** Runs in the page before its own scripts. */
  readonly script?: string;
  /** Resolves when the page is as it is to be seen. */
  act(stage: Stage): Promise<void>;
}

const WIDE = { width: 1280, height: 760 } as const;
const PHONE = { width: 390, height: 800, touch: true } as const;
const SIDEWAYS = { width: 800, height: 390, touch: true } as const;
const NARROW = { width: 320, height: 640, touch: true } as const;
const DENIED = `navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); };`;
const NO_DEVICE = `navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotFoundError'); };
navigator.mediaDevices.enumerateDevices = async () => [];`;

async function knock({ page, link }: Stage): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Your name').fill('Rui Lima');
}

async function look(stage: Stage): Promise<void> {
  await knock(stage);
  for (const name of ['Camera', 'Microphone']) await stage.page.getByRole('button', { name, pressed: true }).waitFor();
}

async function join(stage: Stage): Promise<void> {
  await look(stage);
  await stage.page.getByRole('button', { name: 'Join', exact: true }).click();
  await stage.page.getByText(/^Connected/).waitFor();
  await stage.seen();
}

function use(name: string): (stage: Stage) => Promise<void> {
  return async (stage) => {
    await join(stage);
    await stage.page.getByRole('button', { name }).click();
  };
}

const OLD = `for (const name of ['VideoEncoder', 'VideoDecoder', 'AudioEncoder', 'AudioDecoder', 'MediaRecorder', 'MediaSource'])
  delete globalThis[name];`;

async function lose(stage: Stage): Promise<void> {
  await join(stage);
  stage.cut();
  await stage.page.getByText('Connection lost').waitFor();
}

/** In the order of the page. */
export const SHOTS: readonly Shot[] = [
  { name: 'prejoin', caption: 'Before joining.', ...WIDE, theme: 'dark', others: 0, act: look },
  { name: 'prejoin-light', caption: 'The same, light.', ...WIDE, theme: 'light', others: 0, act: look },
  { name: 'room-1', caption: 'The first one there.', ...WIDE, theme: 'dark', others: 0, act: join },
  { name: 'room-2', caption: 'Two people.', ...WIDE, theme: 'dark', others: 1, act: join },
  { name: 'room-5', caption: 'Five people.', ...WIDE, theme: 'dark', others: 4, act: join },
  {
    name: 'room-5-light',
    caption: 'Light, with the figures of the connection.',
    ...WIDE,
    theme: 'light',
    others: 4,
    act: use('Show the figures'),
  },
  {
    name: 'layout',
    caption: 'What a host sees: the program to be, and who stands where.',
    ...WIDE,
    theme: 'dark',
    others: 4,
    host: true,
    act: use('Layout'),
  },
  { name: 'settings', caption: 'Devices and appearance.', ...WIDE, theme: 'dark', others: 1, act: use('Settings') },
  { name: 'shortcuts', caption: 'Keys.', ...WIDE, theme: 'light', others: 0, act: use('Help and shortcuts') },
  { name: 'prejoin-phone', caption: 'A phone, before joining.', ...PHONE, theme: 'light', others: 0, act: look },
  { name: 'room-phone', caption: 'A phone.', ...PHONE, theme: 'dark', others: 4, act: join },
  { name: 'room-sideways', caption: 'Held sideways.', ...SIDEWAYS, theme: 'light', others: 1, act: join },
  { name: 'room-narrow', caption: '320 pixels.', ...NARROW, theme: 'dark', others: 1, act: join },
  { name: 'reconnecting', caption: 'The connection is lost.', ...WIDE, theme: 'dark', others: 4, act: lose },
  { name: 'reconnecting-phone', caption: 'The same on a phone.', ...PHONE, theme: 'light', others: 1, act: lose },
  {
    name: 'error-blocked',
    caption: 'Camera and microphone are blocked.',
    ...WIDE,
    theme: 'light',
    others: 0,
    script: DENIED,
    async act(stage) {
      await knock(stage);
      await stage.page.getByText('Camera and microphone are blocked').waitFor();
    },
  },
  {
    name: 'error-no-device',
    caption: 'There is no camera and no microphone.',
    ...PHONE,
    theme: 'dark',
    others: 0,
    script: NO_DEVICE,
    async act(stage) {
      await knock(stage);
      await stage.page.getByText('No camera and no microphone found').waitFor();
    },
  },
  {
    name: 'error-insecure',
    caption: 'The address is not secure.',
    ...WIDE,
    theme: 'dark',
    others: 0,
    script: `Object.defineProperty(window, 'isSecureContext', { value: false });`,
    async act({ page, link }) {
      await page.goto(link);
      await page.getByRole('heading', { name: 'This page needs a secure address' }).waitFor();
    },
  },
  {
    name: 'error-old',
    caption: 'A browser without WebCodecs, and without what could stand in for it.',
    ...WIDE,
    theme: 'light',
    others: 0,
    script: OLD,
    async act({ page, link }) {
      await page.goto(link);
      await page.getByRole('heading', { name: 'This browser is too old to join' }).waitFor();
    },
  },
  {
    name: 'error-elsewhere',
    caption: 'Another tab has taken over.',
    ...WIDE,
    theme: 'light',
    others: 0,
    async act(stage) {
      await join(stage);
      const page = await stage.otherTab();
      await look({ ...stage, page });
      await page.getByRole('button', { name: 'Join here instead' }).click();
      await stage.page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'stand-up' }).waitFor();
    },
  },
  {
    name: 'error-sound',
    caption: 'The browser waits for a click before it plays sound.',
    ...WIDE,
    theme: 'dark',
    others: 1,
    script: `AudioContext.prototype.resume = () => new Promise(() => undefined);
const Context = AudioContext;
window.AudioContext = class extends Context { constructor(options) { super(options); void this.suspend(); } };`,
    act: join,
  },
];
