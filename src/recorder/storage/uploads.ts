/**
 * Brings SQL, the queue of uploads and the store together. SQL is the truth: each finished recording that is not in the
 * store gets its upload, again and again if Redis loses it, and each deleted one loses its objects, however long that takes.
 */
import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Clock } from '../../util/clock.ts';
import { ReconcileLoop } from '../../util/reconcile-loop.ts';
import { archiveFolder } from '../archive/archive-manifest.ts';
import type { ArchiveUse } from './archive-use.ts';
import type { ObjectStore } from './object-store.ts';
import { readStored } from './stored-marker.ts';
import { objectPrefix, removeLocalCopy } from './upload-job.ts';
import type { UploadQueue } from './upload-queue.ts';
import type { UploadStore, WaitingUpload } from './upload-store.ts';

/** Options of `Uploads`. */
export interface UploadsOptions {
  readonly store: UploadStore;
  readonly queue: UploadQueue;
  readonly objects: ObjectStore;
  readonly dataDir: string;
  readonly prefix: string;
  /** Whether the files stay in the data folder too. */
  readonly keepLocal: boolean;
  readonly use: ArchiveUse;
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds between two looks while something is awaited; default 3000. */
  readonly intervalMs?: number;
  /** Milliseconds after which the objects of a deleted recording are looked for once more; default 60 000. */
  readonly againMs?: number;
}

const INTERVAL_MS = 3000;
/** After the last try of an upload failed, a new one is ordered this much later. */
const AGAIN_MS = 10 * 60_000;
/** A worker whose job Redis has lost notices within its lock, and ends what it was sending. */
const LOOK_AGAIN_MS = 60_000;
/** Recordings that are looked at together. */
const BATCH = 100;

/** Looks for itself, and when told that something has changed. */
export class Uploads {
  readonly #options: UploadsOptions;
  /** Uploads that failed for good to when they are ordered again, monotonic milliseconds. */
  readonly #failed = new Map<string, number>();
  /** Deleted ones whose objects are still there, as was told. */
  readonly #left = new Set<string>();
  /** Deleted ones to when their objects are looked for once more, monotonic milliseconds. */
  readonly #lookAgain = new Map<string, number>();
  /** Why the last look failed; undefined: it did not. */
  #trouble: string | undefined;
  readonly #loop: ReconcileLoop;

  constructor(options: UploadsOptions) {
    this.#options = options;
    const { clock, intervalMs = INTERVAL_MS, log } = options;
    this.#loop = new ReconcileLoop({
      clock,
      intervalMs,
      look: async () => {
        const waiting = await this.#look();
        this.#trouble = undefined;
        return waiting;
      },
      // Once: a Redis that is away for a night is looked for all night.
      onError: (error) => {
        const reason = messageOf(error);
        if (reason !== this.#trouble) log.warn('uploads could not be looked after', { reason });
        this.#trouble = reason;
      },
    });
  }

  /** Looks at everything that is to be done, soon. */
  kick(): void {
    this.#loop.kick();
  }

  /** To be told before a recording is forgotten: its objects are deleted, now or when the store is back. */
  async removing(recording: string): Promise<void> {
    await this.#options.store.addRemoval(recording);
    await this.#options.queue.remove(recording).catch(() => false);
  }

  /** Stops looking; resolves when the last look is over. */
  close(): Promise<void> {
    return this.#loop.close();
  }

  /** Whether something is left to wait for. */
  async #look(): Promise<boolean> {
    const { store } = this.#options;
    let waiting = false;
    for (const recording of await store.removals()) {
      if (!(await this.#removeObjects(recording))) waiting = true;
    }
    for (const recording of await this.#due()) {
      if (this.#loop.closed) return false;
      if (!(await this.#advance(recording))) waiting = true;
    }
    return waiting || this.#failed.size > 0;
  }

  /** The oldest that are not in the store. Those that failed and wait for their time are no reason to let others wait. */
  async #due(): Promise<string[]> {
    const nowMs = this.#options.clock.monotonicMs();
    const due: string[] = [];
    let after: WaitingUpload | undefined;
    do {
      const some = await this.#options.store.waiting(BATCH, after);
      due.push(...some.map(({ id }) => id).filter((id) => !(nowMs < (this.#failed.get(id) ?? 0))));
      after = some.length === BATCH ? some.at(-1) : undefined;
    } while (after && due.length < BATCH);
    return due.slice(0, BATCH);
  }

  /** Whether it is in the store. */
  async #advance(recording: string): Promise<boolean> {
    const { clock, dataDir, keepLocal, log, queue, store, use } = this.#options;
    const stored = await readStored(archiveFolder(dataDir, recording));
    if (stored) {
      // Whoever reads a file by its path must find it there until they are done.
      const claim = keepLocal ? () => undefined : use.claim(recording);
      if (!claim) return false;
      try {
        if (!keepLocal) await removeLocalCopy(dataDir, recording);
        await store.setState(recording, 's3');
        this.#failed.delete(recording);
      } finally {
        claim();
      }
      return true;
    }
    const state = await queue.state(recording);
    if (state.kind === 'pending') return false;
    const nowMs = clock.monotonicMs();
    const notBefore = this.#failed.get(recording);
    if (state.kind === 'failed' && notBefore === undefined) {
      log.error('a recording could not be uploaded; its files stay here, and it is tried again later', {
        recording,
        reason: state.reason,
      });
      this.#failed.set(recording, nowMs + AGAIN_MS);
      return false;
    }
    this.#failed.delete(recording);
    // The old job first, for it would be taken for the new one.
    if (state.kind !== 'missing') await queue.remove(recording);
    await store.setState(recording, 'uploading');
    await queue.enqueue(recording);
    return false;
  }

  /** Whether nothing of it is left, also of what a worker was sending whose job Redis has lost. */
  async #removeObjects(recording: string): Promise<boolean> {
    const { againMs = LOOK_AGAIN_MS, clock, log, objects, prefix, queue, store } = this.#options;
    const nowMs = clock.monotonicMs();
    const lookAgainMs = this.#lookAgain.get(recording);
    if (lookAgainMs !== undefined && nowMs < lookAgainMs) return false;
    const own = objectPrefix(prefix, recording);
    try {
      // A worker that is at it would put back what is deleted here.
      if (!(await queue.remove(recording))) return false;
      await objects.abortUploads(own);
      const keys = await objects.list(own);
      if (keys.length > 0) await objects.remove(keys);
      if (lookAgainMs === undefined || keys.length > 0) {
        this.#lookAgain.set(recording, nowMs + againMs);
        return false;
      }
      await store.removed(recording);
      this.#lookAgain.delete(recording);
      this.#failed.delete(recording);
      this.#left.delete(recording);
      return true;
    } catch (error) {
      // Once: a store that is away for a night is asked all night.
      if (!this.#left.has(recording)) {
        log.warn('objects of a deleted recording are still there', { recording, reason: messageOf(error) });
      }
      this.#left.add(recording);
      return false;
    }
  }
}
