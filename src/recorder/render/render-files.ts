/** Renders on the disk: orders that wait, files that are finished, and what says that they are whole. */
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { removeFolder } from '../../util/remove-folder.ts';
import { type RenderOrder, renderOrderSchema } from './render-request.ts';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const MANIFEST = 'manifest.json';

const manifestSchema = z.object({
  version: z.literal(1),
  id,
  recording: id,
  /** A plain name in the render's folder. */
  file: z.string().regex(/^render\.(mp4|webm|mp3|wav)$/),
  /** Bytes. */
  size: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Seconds. */
  duration: z.number().min(0),
  /** What was asked for, for a database that does not know it; renders from before have none. */
  order: renderOrderSchema.optional().catch(undefined),
  /** When it was finished, ISO 8601. */
  madeAt: z.iso.datetime().optional(),
});

/** What a finished render says of itself; written last. */
export type RenderManifest = Readonly<z.infer<typeof manifestSchema>>;

/** Where one render is. */
export interface RenderPlace {
  readonly recording: string;
  readonly render: string;
}

/** Folder of all renders of all recordings. */
export function rendersFolder(dataDir: string): string {
  return join(dataDir, 'renders');
}

/** Folder of all renders of a recording. */
export function recordingRenders(dataDir: string, recording: string): string {
  return join(rendersFolder(dataDir), recording);
}

/** Folder of a finished render. */
export function renderFolder(dataDir: string, { recording, render }: RenderPlace): string {
  return join(recordingRenders(dataDir, recording), render);
}

/** Folder of one attempt; `attempt` tells it from others. */
export function attemptFolder(dataDir: string, { recording, render }: RenderPlace, attempt: string): string {
  return join(recordingRenders(dataDir, recording), `.${render}.${attempt}`);
}

/** The file that says what is to be made: without it nobody wants the render any more. */
export function orderFile(dataDir: string, { recording, render }: RenderPlace): string {
  return join(recordingRenders(dataDir, recording), `${render}.order.json`);
}

/** Writes the order whole or not at all. */
export async function writeOrder(dataDir: string, place: RenderPlace, order: RenderOrder): Promise<void> {
  const file = orderFile(dataDir, place);
  await mkdir(recordingRenders(dataDir, place.recording), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(order), { flush: true });
  await rename(`${file}.new`, file);
}

/** The order; undefined when nobody wants it. @throws ZodError or SyntaxError when it is of another version. */
export async function readOrder(dataDir: string, place: RenderPlace): Promise<RenderOrder | undefined> {
  const text = await readFile(orderFile(dataDir, place), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : renderOrderSchema.parse(JSON.parse(text));
}

/** Whether somebody still wants it. A disk that does not answer is no reason to give it up. */
export async function isWanted(dataDir: string, place: RenderPlace): Promise<boolean> {
  try {
    await stat(orderFile(dataDir, place));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

/** Takes the order back: whoever works on it gives it up. */
export async function removeOrder(dataDir: string, place: RenderPlace): Promise<void> {
  await rm(orderFile(dataDir, place), { force: true });
}

/** Marks the content of a folder as whole. */
export async function writeRenderManifest(folder: string, manifest: RenderManifest): Promise<void> {
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
}

/** The manifest in `folder`; undefined when there is none that holds. */
export async function readRenderManifest(folder: string): Promise<RenderManifest | undefined> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Deletes what attempts that were killed left behind. */
export async function removeRenderLeftovers(dataDir: string, { recording, render }: RenderPlace): Promise<void> {
  const folder = recordingRenders(dataDir, recording);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(`.${render}.`));
  await Promise.all(names.map((name) => removeFolder(join(folder, name))));
}
