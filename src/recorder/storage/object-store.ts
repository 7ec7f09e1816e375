/** The interface of an object store. */
import type { Readable } from 'node:stream';
import type { ByteSpan } from './byte-span.ts';

/** A file to put into the store. */
export interface ObjectSource {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Sum of the bytes, hexadecimal; kept with the object. */
  readonly sha256: string;
  readonly contentType: string;
}

/** An object in the store. */
export interface ObjectFacts {
  readonly size: number;
  /** As it was told when the object was put there. */
  readonly sha256?: string;
}

/** Every method rejects with UnavailableError `storage_unavailable` when the store refuses or does not answer. */
export interface ObjectStore {
  /** Where it is, for messages; without secrets. */
  readonly place: string;
  put(key: string, source: ObjectSource, signal: AbortSignal): Promise<void>;
  /** Undefined when there is no such object. */
  head(key: string, signal?: AbortSignal): Promise<ObjectFacts | undefined>;
  /** @throws NotFoundError `file_missing`. Who gets the stream destroys it. */
  open(key: string, span?: ByteSpan, signal?: AbortSignal): Promise<Readable>;
  /** Keys that begin with `prefix`. */
  list(prefix: string): Promise<readonly string[]>;
  remove(keys: readonly string[]): Promise<void>;
  /** Ends uploads in parts that nobody finished, below `prefix`; how many there were. */
  abortUploads(prefix: string): Promise<number>;
  /** Ends its connections. */
  close(): void;
}
