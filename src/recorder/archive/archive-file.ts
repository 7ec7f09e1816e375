/** Files of finished archives, as they are downloaded. */
import type { Readable } from 'node:stream';
import { NotFoundError, UnavailableError } from '../../errors.ts';
import type { Clock } from '../../util/clock.ts';
import { archiveFolder, readManifest } from './archive-manifest.ts';
import type { ManifestCache } from './manifest-cache.ts';
import { downloadName, type Recording } from '../recordings/recording-view.ts';
import { ArchiveReader } from '../storage/archive-reader.ts';
import type { ByteSpan } from '../storage/byte-span.ts';
import { RecordingKeys } from '../storage/recording-keys.ts';

/** A file of a finished archive. */
export interface ArchiveFile {
  readonly size: number;
  /** Strong validator, without quotes. */
  readonly etag: string;
  readonly contentType: string;
  readonly downloadName: string;
  readonly modifiedAt: Date;
  /** Its bytes, or a part of them; the stream closes what it reads from, however it ends. @throws as `ArchiveSource.open`. */
  read(span?: ByteSpan): Promise<Readable>;
}

/** Where archives are found. */
export interface ArchivePlace {
  readonly dataDir: string;
  readonly clock: Clock;
  /** Default: each manifest is read anew. */
  readonly manifests?: ManifestCache;
  /** Default: one that finds them in the data folder alone. */
  readonly reader?: ArchiveReader;
}

/**
 * @throws NotFoundError `unknown_file` when the archive has none of this name; UnavailableError `file_damaged` when it is not
 *   as long as it was made.
 */
export async function findArchiveFile(place: ArchivePlace, recording: Recording, name: string): Promise<ArchiveFile> {
  const folder = archiveFolder(place.dataDir, recording.id);
  const manifest = await (place.manifests ? place.manifests.read(folder) : readManifest(folder));
  const entry = manifest?.files.find((file) => file.name === name);
  if (!entry) throw new NotFoundError('unknown_file', 'The archive holds no file of this name.');
  const { contentType, sha256, size } = entry;
  const reader = place.reader ?? new ArchiveReader({ ...place, keys: new RecordingKeys(place) });
  const { modifiedAt, ...found } = await reader.describe(recording.id, entry.name);
  if (found.size !== size) {
    throw new UnavailableError('file_damaged', 'This file is damaged; have the archive made again.');
  }
  return {
    size,
    etag: sha256,
    contentType,
    downloadName: downloadName(recording, entry.name),
    modifiedAt,
    read: (span) => reader.open(recording.id, entry.name, span),
  };
}
