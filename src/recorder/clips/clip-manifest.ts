/** Finished clips on disk: a folder for each, with the film and what is known of it. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Name of the film in a clip's folder. */
export const CLIP_FILE = 'clip.mp4';
/** Name of its description. */
export const CLIP_MANIFEST = 'manifest.json';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

const manifestSchema = z.object({
  version: z.literal(1),
  id,
  room: id,
  title: z.string(),
  session: id,
  /** Program frames of the session, `to` exclusive. */
  frames: z.object({ from: z.int().min(0), to: z.int().min(0) }),
  /** ISO 8601, UTC: the wall-clock time of the first picture, and of the end of the last. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  /** Seconds. */
  duration: z.number().min(0),
  bytes: z.int().min(0),
});

/** What a finished clip says of itself. */
export type ClipManifest = Readonly<z.infer<typeof manifestSchema>>;

/** Folder of all clips of a room. */
export function clipsFolder(dataDir: string, room: string): string {
  return join(dataDir, 'clips', room);
}

/** Folder of one clip. */
export function clipFolder(dataDir: string, room: string, clip: string): string {
  return join(clipsFolder(dataDir, room), clip);
}

/** Every finished clip below `folder`, oldest first. What is no clip is left out. */
export async function readClips(folder: string): Promise<ClipManifest[]> {
  const clips: ClipManifest[] = [];
  for (const room of await namesIn(folder)) {
    for (const name of await namesIn(join(folder, room))) {
      const clip = await readManifest(join(folder, room, name));
      if (clip?.room === room && clip.id === name) clips.push(clip);
    }
  }
  return clips.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

async function readManifest(folder: string): Promise<ClipManifest | undefined> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, CLIP_MANIFEST), 'utf8')));
  } catch {
    return undefined;
  }
}

/** None for what is no folder. */
async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.'));
}
