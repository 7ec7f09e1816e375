/** The marker of a finished archive: `manifest.json` is written last, so an archive that has one is whole. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ARCHIVE_FILE_KINDS, ARCHIVE_STEPS } from './archive-step.ts';

/** Name of the marker. */
export const MANIFEST_FILE = 'manifest.json';
/** Name of the film. */
export const FILM_FILE = 'recording.mp4';

const firstFileSchema = z.object({
  /** A plain name in the archive's folder. */
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/),
  contentType: z.string(),
  /** Bytes. */
  size: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A file of an archive, or of one of its steps. */
export const archiveFileSchema = firstFileSchema.extend({
  kind: z.enum(ARCHIVE_FILE_KINDS),
  /** What a reader is shown instead of the name. */
  title: z.string().optional(),
});

/** A file of an archive with its size in bytes and its hash. */
export type ArchivedFile = z.infer<typeof archiveFileSchema>;

const common = {
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
  /** Program frames of the session that were left out because nobody was in the room any more; absent: none were. */
  empty: z.array(z.object({ from: z.int().min(0), to: z.int().min(0) })).optional(),
};

const currentSchema = z.object({
  version: z.literal(2),
  ...common,
  files: z.array(archiveFileSchema).min(1),
  /** What each step tells of itself. */
  facts: z.record(z.string(), z.record(z.string(), z.unknown())),
  /** Steps that could not be made, with the reason. */
  left: z.array(z.object({ step: z.enum(ARCHIVE_STEPS), reason: z.string() })),
});

/** Archives of the first version hold the film alone. */
const firstSchema = z.object({ version: z.literal(1), ...common, files: z.array(firstFileSchema).min(1) }).transform(
  (manifest): z.infer<typeof currentSchema> => ({
    ...manifest,
    version: 2,
    files: manifest.files.map((file) => ({ ...file, kind: 'film' })),
    facts: {},
    left: [],
  }),
);

const manifestSchema = z.union([currentSchema, firstSchema]);

/** What a finished archive says of itself. */
export type ArchiveManifest = z.output<typeof manifestSchema>;

/** Folder of a recording's archive. */
export function archiveFolder(dataDir: string, recordingId: string): string {
  return join(dataDir, 'recordings', recordingId);
}

/** The manifest in `folder`; undefined when there is none, or none that holds. */
export async function readManifest(folder: string): Promise<ArchiveManifest | undefined> {
  const text = await readFile(join(folder, MANIFEST_FILE), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseManifest(text);
}

/** The manifest that `text` is, of whatever version; undefined when it is none. */
export function parseManifest(text: string): ArchiveManifest | undefined {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
