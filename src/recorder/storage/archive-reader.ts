/** Reads files of finished archives, wherever they are: in the data folder, encrypted there, or in an object store. */
import type { Readable } from 'node:stream';

/** Bytes of a file; both ends inclusive, as in HTTP. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

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
