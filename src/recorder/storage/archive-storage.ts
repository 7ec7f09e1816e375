/** Everything that archives are kept with, as the configuration has it: for the server and for workers alike. */
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Config } from '../../config/schema.ts';
import type { Clock } from '../../util/clock.ts';
import { removeDeadCopies } from './copy-folders.ts';
import { ArchiveReader } from './archive-reader.ts';
import type { ObjectStore } from './object-store.ts';
import { RecordingKeys } from './recording-keys.ts';
import { S3Store } from './s3-store.ts';
import type { Seal } from './seal.ts';
import { sealFile } from './sealed-file.ts';

/** Held by one process. */
export interface ArchiveStorage {
  readonly keys: RecordingKeys;
  /** Undefined when archives stay in the data folder. */
  readonly objects: ObjectStore | undefined;
  readonly reader: ArchiveReader;
  /** Undefined when files are not to be encrypted. */
  readonly seal: Seal | undefined;
  close(): void;
}

/** @throws ConfigError when the store needs a package that is not installed, or a file that cannot be read. */
export async function openArchiveStorage(
  config: Pick<Config, 'recordings' | 'storage'>,
  dataDir: string,
  clock: Clock,
): Promise<ArchiveStorage> {
  await removeDeadCopies(tmpdir(), clock);
  const { recordings, storage } = config;
  const { encrypt, keyFile } = recordings;
  const keys = new RecordingKeys({ dataDir, ...(keyFile === undefined ? {} : { keyFile }) });
  const readFile = (path: string): string => readFileSync(path, 'utf8');
  const objects = storage.kind === 's3' ? await S3Store.open({ storage, readFile }) : undefined;
  const reader = new ArchiveReader({ dataDir, keys, clock, ...(objects && { objects }) });
  return {
    keys,
    objects,
    reader,
    seal: encrypt ? async (recording, path) => sealFile(path, await keys.create(recording)) : undefined,
    close: () => objects?.close(),
  };
}
