/** The marker of a finished archive: `manifest.json` is written last, so an archive that has one is whole. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Name of the marker. */
export const MANIFEST_FILE = 'manifest.json';
/** Name of the film. */
export const FILM_FILE = 'recording.mp4';

const fileSchema = z.object({
  /** A plain name in the archive's folder. */
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/),
  contentType: z.string(),
  /** Bytes. */
  size: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const manifestSchema = z.object({
  version: z.literal(1),
  recording: z.string(),
  session: z.string(),
  /** Seconds. */
  duration: z.number().min(0),
  width: z.int().min(0),
  height: z.int().min(0),
  framerate: z.number().positive(),
  /** Program frames of the session, `to` exclusive. */
  ranges: z.array(z.object({ from: z.int().min(0), to: z.int().min(0) })),
  /** Program frames of the marked ranges that never reached the disk. */
  missingFrames: z.int().min(0),
  files: z.array(fileSchema).min(1),
});

/** What a finished archive says of itself. */
export type ArchiveManifest = z.infer<typeof manifestSchema>;

/** Folder of a recording's archive. */
export function archiveFolder(dataDir: string, recordingId: string): string {
  return join(dataDir, 'recordings', recordingId);
}

/** The manifest in `folder`; undefined when there is none, or none that holds. */
export async function readManifest(folder: string): Promise<ArchiveManifest | undefined> {
  const text = await readFile(join(folder, MANIFEST_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
