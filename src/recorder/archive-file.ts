/** Files of finished archives, as they are downloaded. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NotFoundError } from '../errors.ts';
import { archiveFolder, readManifest } from './archive-manifest.ts';
import { downloadName, type Recording } from './recording-view.ts';

/** A file of a finished archive. */
export interface ArchiveFile {
  readonly path: string;
  readonly size: number;
  /** Strong validator, without quotes. */
  readonly etag: string;
  readonly contentType: string;
  readonly downloadName: string;
  readonly modifiedAt: Date;
}

/** @throws NotFoundError `unknown_file` when the archive has none of this name. */
export async function findArchiveFile(dataDir: string, recording: Recording, name: string): Promise<ArchiveFile> {
  const folder = archiveFolder(dataDir, recording.id);
  const entry = (await readManifest(folder))?.files.find((file) => file.name === name);
  const path = entry && join(folder, entry.name);
  const found = path && (await stat(path).catch(() => undefined));
  if (!entry || !path || !found) throw new NotFoundError('unknown_file', 'The archive holds no file of this name.');
  const { contentType, sha256, size } = entry;
  const shown = downloadName(recording, entry.name);
  return { path, size, etag: sha256, contentType, downloadName: shown, modifiedAt: found.mtime };
}
