/** Reads files of finished archives, wherever they are: in the data folder, encrypted there, or in an object store. */
import { createWriteStream } from 'node:fs';
import { lstat, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UnavailableError } from '../../errors.ts';
import type { Clock, Disposer } from '../../util/clock.ts';
import { archiveFolder } from '../archive/archive-manifest.ts';
import { ArchiveUse } from './archive-use.ts';
import type { ByteSpan } from './byte-span.ts';
import { isSealedFile } from './archived-seal.ts';
import { makeCopyFolder } from './copy-folders.ts';
import { fileMissing, openPlainFile, pathInside } from './local-file.ts';
import type { ObjectStore } from './object-store.ts';
import type { RecordingKeys } from './recording-keys.ts';
import { ResumingStream } from './resuming-stream.ts';
import { openSealed, type SealedSource, unsealedSize } from './sealed-file.ts';
import { readStored } from './stored-marker.ts';

/** A file under a path, for tools that take nothing else. */
export interface LocalCopy {
  readonly path: string;
  /** To be called when nobody needs the path any more: a copy that was made for it is deleted. */
  dispose(): Promise<void>;
}

/** What everybody reads archives through, in the server and in workers. */
export interface ArchiveSource {
  /**
   * The bytes as they were archived, decrypted if need be; the stream owns its file and closes it however it ends. Without
   * a span: all of them.
   * @throws NotFoundError `file_missing`; UnavailableError `file_damaged` or `storage_unavailable`.
   */
  open(recording: string, name: string, span?: ByteSpan): Promise<Readable>;
  /** The same under a path: the file itself where it lies there as it is, else a copy in a temporary folder. */
  localPath(recording: string, name: string): Promise<LocalCopy>;
}

/** What a file is, without its bytes. */
export interface ArchiveFileFacts {
  /** Bytes as they were archived. */
  readonly size: number;
  readonly modifiedAt: Date;
}

/** Options of an `ArchiveReader`. */
export interface ArchiveReaderOptions {
  readonly dataDir: string;
  readonly keys: RecordingKeys;
  /** Where archives lie that left the data folder. */
  readonly objects?: ObjectStore;
  readonly clock: Clock;
  /** Folder for copies; default: the system's. */
  readonly tempDir?: string;
}

/** The bytes as they lie there. */
interface StoredFile extends SealedSource {
  readonly modifiedAt: Date;
  readonly sealed: boolean;
  /** When it lies in the data folder. */
  readonly path?: string;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
/** A store that is away for longer than this, without a byte, ends a download. */
const RETRY = { firstMs: 200, maxMs: 5000, attempts: 6, forgetAfterMs: 60_000 };

/** One for a process. It knows who reads what, so that nothing is deleted under their hands. */
export class ArchiveReader implements ArchiveSource {
  /** Who reads what at the moment. */
  readonly use = new ArchiveUse();
  readonly #options: ArchiveReaderOptions;

  constructor(options: ArchiveReaderOptions) {
    this.#options = options;
  }

  async open(recording: string, name: string, span?: ByteSpan): Promise<Readable> {
    const release = this.use.begin(recording);
    try {
      const stream = await this.#open(recording, await this.#locate(recording, name), span);
      stream.once('close', release);
      return stream;
    } catch (error) {
      release();
      throw error;
    }
  }

  async localPath(recording: string, name: string): Promise<LocalCopy> {
    const release = this.use.begin(recording);
    try {
      const file = await this.#locate(recording, name);
      if (file.path !== undefined && !file.sealed) return { path: file.path, dispose: async () => release() };
      return await this.#copy(await this.#open(recording, file), name, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  /** @throws NotFoundError `file_missing`; UnavailableError `file_damaged`. */
  async describe(recording: string, name: string): Promise<ArchiveFileFacts> {
    const { size, sealed, modifiedAt } = await this.#locate(recording, name);
    return { size: sealed ? unsealedSize(size) : size, modifiedAt };
  }

  async #open(recording: string, file: StoredFile, span?: ByteSpan): Promise<Readable> {
    if (!file.sealed) return file.open(span ?? { start: 0, end: file.size - 1 });
    const key = await this.#options.keys.find(recording);
    if (key) return openSealed(file, key, span);
    throw new UnavailableError('key_missing', 'The key of this recording was deleted; nobody can read it any more.');
  }

  async #copy(stream: Readable, name: string, release: Disposer): Promise<LocalCopy> {
    const folder = await makeCopyFolder(this.#options.tempDir ?? tmpdir());
    const dispose = async (): Promise<void> => {
      release();
      await rm(folder, { recursive: true, force: true });
    };
    try {
      const path = join(folder, name);
      await pipeline(stream, createWriteStream(path, { mode: 0o600 }));
      return { path, dispose };
    } catch (error) {
      await dispose();
      throw error;
    }
  }

  async #locate(recording: string, name: string): Promise<StoredFile> {
    if (!NAME.test(name)) throw fileMissing();
    return (await this.#onDisk(recording, name)) ?? (await this.#inStore(recording, name));
  }

  async #onDisk(recording: string, name: string): Promise<StoredFile | undefined> {
    const path = await pathInside(join(this.#options.dataDir, 'recordings'), recording, name);
    const stats = await lstat(path).catch(() => undefined);
    if (!stats) return undefined;
    if (!stats.isFile()) throw fileMissing();
    return {
      path,
      size: stats.size,
      modifiedAt: stats.mtime,
      sealed: await isSealedFile(archiveFolder(this.#options.dataDir, recording), name),
      open: async (span) => readFrom(path, span),
    };
  }

  async #inStore(recording: string, name: string): Promise<StoredFile> {
    const { clock, dataDir, objects } = this.#options;
    const stored = await readStored(archiveFolder(dataDir, recording));
    const entry = stored?.files.find((file) => file.name === name);
    if (!entry) throw fileMissing();
    if (!objects) {
      throw new UnavailableError(
        'storage_unavailable',
        `This recording lies in ${stored?.place}, which the configuration's "storage" does not name any more.`,
      );
    }
    const open = (span: ByteSpan, signal?: AbortSignal): Promise<Readable> => objects.open(entry.key, span, signal);
    return {
      size: entry.size,
      modifiedAt: new Date(entry.modifiedAt),
      sealed: entry.sealed,
      async open(span) {
        if (span.end < span.start) return Readable.from([]);
        // A store that is away is an error before the answer begins; one that goes away later is waited for.
        return new ResumingStream({ span, first: await open(span), open, retry: RETRY, clock });
      },
    };
  }
}

async function readFrom(path: string, span: ByteSpan): Promise<Readable> {
  const { handle } = await openPlainFile(path);
  // An empty file has no last byte.
  return handle.createReadStream({ start: span.start, end: Math.max(span.start, span.end) });
}
