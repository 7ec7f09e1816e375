/** Files whose bytes are on their way: who is sending them, and their sums, which are made as the bytes come. */
import { LimitError, NotFoundError } from '../errors.ts';
import type { ByteCheck, FileBytes } from './file-bytes.ts';
import type { StoredFile } from './file-store.ts';
import { FollowingHash } from './following-hash.ts';

/** Bytes of one request. */
export interface Arriving {
  readonly offset: number;
  readonly source: AsyncIterable<Uint8Array>;
  readonly check: ByteCheck | undefined;
  /** Aborts when nobody waits for the request any more. */
  readonly signal: AbortSignal;
  /** Ends the source: nothing else would wake up who waits for a dead connection. */
  readonly cut: () => void;
  /** Asked before the last byte makes it everybody's file: rejects when whoever sends it may not any more. Default: they may. */
  readonly mayShare?: () => Promise<void>;
}

/** Options of the arrivals. */
export interface ArrivalsOptions {
  readonly bytes: FileBytes;
  /** Asked now and then; rejects when no more may be written. */
  readonly guard: () => Promise<void>;
  /** Whether nobody has deleted the file. */
  readonly isKnown: (file: StoredFile) => Promise<boolean>;
}

/** A request whose bytes are being taken. */
interface Writing {
  readonly owner: string;
  readonly over: AbortController;
  readonly ended: Promise<void>;
}

/** Requests of one person that may write at the same time. */
const MAX_WRITING = 6;

/** One for all rooms. */
export class Arrivals {
  readonly #options: ArrivalsOptions;
  readonly #writing = new Map<string, Writing>();
  /** By the ids of files. */
  readonly #hashes = new Map<string, FollowingHash>();

  constructor(options: ArrivalsOptions) {
    this.#options = options;
  }

  /** Files whose sums are being made, for those that go on arriving. */
  get summed(): number {
    return this.#hashes.size;
  }

  /**
   * Takes bytes, and gives how many there are then.
   * @param onWhole called before it resolves when they were the last
   * @throws LimitError `too_many_uploads`, NotFoundError `file_not_found` for a file that was deleted meanwhile
   */
  async take(file: StoredFile, arriving: Arriving, onWhole: () => Promise<void>): Promise<number> {
    const { id, size, by } = file;
    const { offset, source, check, signal, cut } = arriving;
    const { bytes, guard, isKnown } = this.#options;
    const owner = `${file.room} ${by.id}`;
    if ([...this.#writing.values()].filter((writing) => writing.owner === owner).length >= MAX_WRITING) {
      throw new LimitError('too_many_uploads', `At most ${MAX_WRITING} of your files are sent at once; wait for one.`);
    }
    const over = new AbortController();
    const either = AbortSignal.any([over.signal, signal]);
    // Another request may have taken over before this one came so far.
    if (either.aborted) cut();
    else either.addEventListener('abort', cut, { once: true });
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    this.#writing.set(id, { owner, over, ended });
    try {
      const hash = this.#hashOf(id);
      const arrived = await bytes.append({ id, offset, size, source, hash, check, guard, signal: either });
      if (over.signal.aborted) throw new NotFoundError('file_not_found', 'This file was deleted; begin it again.');
      if (arrived === size) await onWhole();
      return arrived;
    } catch (error) {
      // Whoever deletes it forgets its sum, but may have done so before this request began one.
      if (!(await isKnown(file).catch(() => false))) this.#hashes.delete(id);
      throw error;
    } finally {
      this.#writing.delete(id);
      end();
    }
  }

  /** The SHA-256 of a file of which every byte is there, in hexadecimal digits. */
  async sum({ id, size }: StoredFile): Promise<string> {
    const hash = this.#hashOf(id);
    hash.begin(size);
    const sha256 = await hash.digest();
    this.#hashes.delete(id);
    return sha256;
  }

  /** Ends the request that sends a file which is no longer wanted. */
  stop(id: string): void {
    this.#writing.get(id)?.over.abort();
  }

  /** Drops what is held of a file that is gone. */
  forget(id: string): void {
    this.#hashes.delete(id);
  }

  /** Ends all requests; resolves when nothing of them is being written. */
  async stopAll(): Promise<void> {
    const writing = [...this.#writing.values()];
    for (const { over } of writing) over.abort();
    await Promise.all(writing.map(({ ended }) => ended));
  }

  /** Resolves when no file is being read for its sum. */
  async idle(): Promise<void> {
    await Promise.all([...this.#hashes.values()].map((hash) => hash.idle()));
  }

  #hashOf(id: string): FollowingHash {
    const hash = this.#hashes.get(id) ?? new FollowingHash(this.#options.bytes.path(id));
    this.#hashes.set(id, hash);
    return hash;
  }
}
