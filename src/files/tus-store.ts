/** The files of one room as the tus library wants a store of uploads. */
import { DataStore, Upload } from '@tus/server';
import type { FilePerson } from '../protocol/files.ts';
import type { ByteCheck } from './file-bytes.ts';
import type { StoredFile } from './file-store.ts';
import type { RoomFiles } from './room-files.ts';

/** What one request is about. */
export interface TusStoreOptions {
  readonly files: RoomFiles;
  readonly room: string;
  readonly by: FilePerson;
  readonly mayShare: () => Promise<void>;
  /** The file that is asked for; absent while one is begun. */
  readonly file: StoredFile | undefined;
  readonly check: ByteCheck | undefined;
  /** The body of the request: the library need not carry it. */
  readonly source: AsyncIterable<Uint8Array>;
  readonly cut: () => void;
  /** Nobody waits for the request any more. */
  readonly signal: AbortSignal;
}

/** Lives as long as its request. */
export class TusStore extends DataStore {
  readonly #options: TusStoreOptions;
  #file: StoredFile | undefined;

  constructor(options: TusStoreOptions) {
    super();
    this.#options = options;
    this.#file = options.file;
    // Not "expiration": the library would go by a clock of its own.
    this.extensions = ['creation', 'creation-with-upload'];
  }

  /** As it was known before the request. */
  get file(): StoredFile | undefined {
    return this.#file;
  }

  override async create(upload: Upload): Promise<Upload> {
    const { files, room, by } = this.#options;
    const { metadata, size = 0 } = upload;
    this.#file = await files.begin(room, by, { name: metadata?.['filename'], type: metadata?.['filetype'], size });
    // The library has made up an id of its own.
    upload.id = this.#file.id;
    return upload;
  }

  override async write(_nothing: unknown, _id: string, offset: number): Promise<number> {
    const { files, check, source, cut, mayShare, signal } = this.#options;
    return files.append(this.#known, { offset, source, check, cut, mayShare, signal });
  }

  override async getUpload(): Promise<Upload> {
    const { files, room } = this.#options;
    // Between the door and here another request may have finished or deleted it.
    const file = await files.stored(room, this.#known.id);
    await files.settle(file);
    this.#file = file;
    const metadata = { filename: file.name, filetype: file.type };
    return new Upload({ id: file.id, size: file.size, offset: await files.received(file), metadata });
  }

  get #known(): StoredFile {
    if (this.#file) return this.#file;
    throw new TypeError('There is no upload yet');
  }
}
