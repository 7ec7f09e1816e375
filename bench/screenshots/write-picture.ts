/** Puts what a page shows into a file for the documents. */
import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const QUALITY = 82;
const MOST_BYTES = 150 * 1024;

/**
 * As `folder/NAME.jpg`, which is there only when it is whole; `work` is for what is not. Returns the path.
 * @throws Error when the picture is too large for a page of documentation.
 */
export async function writePicture(page: Page, name: string, folder: string, work: string): Promise<string> {
  const path = join(folder, `${name}.jpg`);
  const unfinished = join(work, `${name}.jpg`);
  await page.screenshot({ path: unfinished, type: 'jpeg', quality: QUALITY });
  const { size } = await stat(unfinished);
  if (size > MOST_BYTES) throw new Error(`${name} has ${size} bytes; ${MOST_BYTES} are the most`);
  await rename(unfinished, path);
  return path;
}
