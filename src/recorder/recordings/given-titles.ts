/**
 * Titles that recordings were given after they began: one small file each, `recordings/.ID.title`, beside the archives. The list has them,
 * too, but it may be lost or older than the files; what an archive holds is never written again.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncPath } from '../archive/archive-folders.ts';

const titleSchema = z.object({ version: z.literal(1), title: z.string().min(1).max(1000) });

/** What an entry of the folder of archives is: a title, or a draft of one, has the recording's id in it, as this tells. */
export function titledRecording(name: string): { readonly id: string; readonly isDraft: boolean } | undefined {
  const [, id, draft] = /^\.([A-Za-z0-9_-]+)\.title(-[0-9a-f]+)?$/.exec(name) ?? [];
  return id === undefined ? undefined : { id, isDraft: draft !== undefined };
}

/** Undefined when the recording was given none, or none that can be read. */
export async function givenTitle(dataDir: string, recording: string): Promise<string | undefined> {
  const text = await readFile(titleFile(dataDir, recording), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return titleSchema.parse(JSON.parse(text)).title;
  } catch {
    return undefined;
  }
}

/** Whole or not at all, and on the disk for good. */
export async function giveTitle(dataDir: string, recording: string, title: string): Promise<void> {
  const file = titleFile(dataDir, recording);
  const folder = join(dataDir, 'recordings');
  await mkdir(folder, { recursive: true });
  const draft = `${file}-${randomBytes(6).toString('hex')}`;
  try {
    const opened = await open(draft, 'wx');
    try {
      await opened.writeFile(`${JSON.stringify({ version: 1, title })}\n`);
      await opened.sync();
    } finally {
      await opened.close();
    }
    await rename(draft, file);
    await syncPath(folder);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Does nothing when there is none. */
export function forgetTitle(dataDir: string, recording: string): Promise<void> {
  return rm(titleFile(dataDir, recording), { force: true });
}

function titleFile(dataDir: string, recording: string): string {
  return join(dataDir, 'recordings', `.${recording}.title`);
}
