/** What people do on a room's page. */
import type { Page } from 'playwright-core';
import { vi } from 'vitest';

/** The panel's figures, as the page itself measures them. */
export interface Stats {
  readonly sentFps: number;
  readonly shownFps: number;
  readonly receivedFps: number;
  readonly sentBitrate: number;
  readonly receivedBitrate: number;
  readonly latencyMs?: number;
  readonly glassToGlassMs?: number;
  readonly soundMs?: number;
  readonly sending?: { readonly width: number; readonly height: number };
  readonly host: 'worker' | 'page';
}

/** The room's stage, as a script. */
export const STAGE = `document.querySelector('gridcast-room').shadowRoot.querySelector('gridcast-room-stage')`;
/** This person's LocalMedia, as a script. */
export const MEDIA = `${STAGE}.media`;
// Sixteen columns of nine pixels: enough to see that a picture moves, and of which colour it is.
const LOOK = `(() => {
  const small = new OffscreenCanvas(16, 9).getContext('2d');
  small.drawImage(${STAGE}.canvas, 0, 0, 16, 9);
  return [...small.getImageData(0, 0, 16, 9).data].join();
})()`;

/** Tries until `check` no longer throws, for as long as a busy machine may need. */
export function soon<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 60_000, interval: 50 });
}

/** Opens a room's link, waits for camera and microphone, and joins; resolves when the server let them in. */
export async function join(page: Page, link: string, name: string): Promise<void> {
  await knock(page, link, name);
  await page.getByText(/^Connected/).waitFor();
}

/** The same without waiting for the server's answer. */
export async function knock(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  for (const device of ['Camera', 'Microphone']) {
    await page.getByRole('button', { name: device, pressed: true }).waitFor();
  }
  await page.getByRole('button', { name: 'Join', exact: true }).click();
}

/** Ends the recording, with the question that comes before; resolves with what the question says. */
export async function stopRecording(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Stop recording' }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop recording?' });
  const text = await dialog.innerText();
  await dialog.getByRole('button', { name: 'Stop recording' }).click();
  return text;
}

/** Resolves when `count` different pictures were seen on the canvas. */
export async function seeMovement(page: Page, count = 5): Promise<void> {
  const seen = new Set<string>();
  await soon(async () => {
    seen.add(await page.evaluate<string>(LOOK));
    if (seen.size < count) throw new Error(`Only ${seen.size} different pictures were seen.`);
  });
}

/** The figures of the last second, once there are any that `enough` takes. */
export async function statsOf(page: Page, enough: (stats: Stats) => boolean): Promise<Stats> {
  return soon(async () => {
    const stats = await page.evaluate<Stats | undefined>(`${STAGE}.session.stats`);
    if (!stats || !enough(stats)) throw new Error(`Not enough: ${JSON.stringify(stats)}`);
    return stats;
  });
}

/** Red, green and blue of the program as the page shows it, at a place in ratios of its width and height. */
export function colourAt(page: Page, x: number, y: number): Promise<readonly [number, number, number]> {
  return page.evaluate<readonly [number, number, number]>(`(() => {
    const spot = new OffscreenCanvas(1, 1).getContext('2d');
    const { canvas } = ${STAGE};
    spot.drawImage(canvas, -Math.floor(${x} * canvas.width), -Math.floor(${y} * canvas.height));
    return [...spot.getImageData(0, 0, 1, 1).data].slice(0, 3);
  })()`);
}

/** What a colour is called here. */
export type Hue = 'red' | 'green' | 'blue' | 'none';

/** Which of the three is by far the strongest at a place; `none` while they are alike. */
export async function hueAt(page: Page, x: number, y: number): Promise<Hue> {
  return hueOf(await colourAt(page, x, y));
}

/** How much of the program has each hue, in 144ths, and the strongest blue. */
export async function huesOf(page: Page): Promise<Readonly<Record<Hue, number>> & { readonly bluest: number }> {
  const bytes = (await page.evaluate<string>(LOOK)).split(',').map(Number);
  const hues = { red: 0, green: 0, blue: 0, none: 0, bluest: 0 };
  for (let at = 0; at < bytes.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = bytes.slice(at, at + 3);
    const hue = hueOf([red, green, blue]);
    hues[hue] += 1;
    if (hue === 'blue') hues.bluest = Math.max(hues.bluest, blue);
  }
  return hues;
}

function hueOf(colour: readonly [number, number, number]): Hue {
  const [most = 0, second = 0] = [...colour].sort((a, b) => b - a);
  return most < second + 60 ? 'none' : ((['red', 'green', 'blue'] as const)[colour.indexOf(most)] ?? 'none');
}
