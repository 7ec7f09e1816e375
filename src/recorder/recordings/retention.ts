/** Deletes what has been in the trash for long enough, and finished recordings that are too old, or the oldest while there are too many. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, NotFoundError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Clock, Disposer } from '../../util/clock.ts';
import { ClockDoubt, isFromSetClock } from '../../util/clock-doubt.ts';
import { KeyedQueue } from '../../util/keyed-queue.ts';
import { archiveFolder } from '../archive/archive-manifest.ts';
import type { FinishedRecording, RecordingStore } from './recording-store.ts';
import type { Recording } from './recording-view.ts';
import { isTrashDue, type KeptRecording, type Outdated, outdated, type RetentionRules } from './retention-policy.ts';
import { trashMark } from './trash-marks.ts';
import type { TrashStore } from './trash-store.ts';
import type { ArchiveUse } from '../storage/archive-use.ts';
import { readStored } from '../storage/stored-marker.ts';

/** Options of `Retention`. */
export interface RetentionOptions {
  readonly rules: RetentionRules;
  readonly store: Pick<RecordingStore, 'finished' | 'find'> & { readonly trash: Pick<TrashStore, 'all' | 'begin'> };
  readonly dataDir: string;
  /** Who reads what: nothing is deleted under anybody's hands. */
  readonly use: ArchiveUse;
  /** Whether something is made of a recording at the moment. */
  readonly isBusy: (id: string) => Promise<boolean>;
  /** Deletes one with all that belongs to it. */
  readonly remove: (id: string) => Promise<void>;
  /** The same, if it is in the trash still; rejects with NotFoundError when it is not. */
  readonly removeTrashed: (id: string) => Promise<void>;
  /** Whether there is less space than has to stay free; default: there never is. */
  readonly isShort?: () => Promise<boolean>;
  /** Whether the files of what is in the object store lie here, too. */
  readonly keepsLocal?: boolean;
  /** Told of each that was deleted. */
  readonly onRemoved: (removed: Outdated, recording: Recording) => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Whether the clock is to be believed; default: one that knows nothing of the time before it was made. */
  readonly doubt?: ClockDoubt | undefined;
  /** Milliseconds between two looks; default 60 000. */
  readonly intervalMs?: number;
}

const INTERVAL_MS = 60_000;

/** Looks from time to time, from `start` until `close`. */
export class Retention {
  readonly #options: RetentionOptions;
  #timer: Disposer | undefined;
  #running: Promise<void> | undefined;
  #closed = false;
  /** Bytes of each archive: they do not change, and an archive has hundreds of files. */
  #sizes: ReadonlyMap<string, number> = new Map();
  readonly #doubt: ClockDoubt;
  /** One thing at a time. */
  readonly #queue = new KeyedQueue();

  constructor(options: RetentionOptions) {
    this.#options = options;
    const { clock, doubt, log } = options;
    this.#doubt =
      doubt ??
      new ClockDoubt(clock, () => log.warn('the clock was set ahead; for an hour no recording is deleted for its age'));
  }

  /** Looks now and from now on. */
  start(): void {
    const { clock, intervalMs = INTERVAL_MS } = this.#options;
    this.#timer = clock.every(intervalMs, () => this.#look());
    this.#look();
  }

  /** Resolves when the last look is over. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#timer?.();
    await this.#running;
    await this.#queue.idle();
  }

  /** Empties the trash, what was put in first before the rest, while too little of the disk is free; whether that freed any. */
  makeRoom(): Promise<boolean> {
    return this.#queue.run('', () => this.#freeSpace());
  }

  /** Deletes what is due; what somebody uses is left for another time. Rejects when the recordings cannot be listed. */
  sweep(): Promise<void> {
    return this.#queue.run('', async () => {
      await this.#emptyTrash();
      await this.#freeSpace();
      await this.#keepRules();
    });
  }

  async #emptyTrash(): Promise<void> {
    const { clock, rules, store } = this.#options;
    const believed = !this.#doubt.look();
    for (const { id, trashedMs, isDeleting } of await store.trash.all()) {
      if (believed && !isDeleting && !isFromSetClock(trashedMs)) {
        // The mark beside the archives keeps its time: it tells whether, not since when.
        await store.trash.begin(id, new Date(clock.wallMs()));
        continue;
      }
      const isDue = believed && isTrashDue(trashedMs, rules, clock.wallMs());
      if (isDeleting) await this.#removeTrashed({ id, reason: 'unfinished', bytes: 0 });
      else if (isDue) await this.#removeTrashed({ id, reason: 'trashDays', bytes: 0 });
    }
  }

  async #freeSpace(): Promise<boolean> {
    const { isShort, keepsLocal = true, store } = this.#options;
    let freed = false;
    if (!(await isShort?.())) return freed;
    for (const { id, isStored } of await store.trash.all()) {
      // Of what is in the object store alone hardly anything is here.
      if (isStored && !keepsLocal) continue;
      if (!(await this.#removeTrashed({ id, reason: 'diskFloor', bytes: 0 }))) continue;
      freed = true;
      if (!(await isShort?.())) break;
    }
    return freed;
  }

  /** Nothing goes whose mark is missing: the list may be older than what is on the disk. */
  async #removeTrashed(due: Outdated): Promise<boolean> {
    const { dataDir, store } = this.#options;
    if (this.#closed) return false;
    const recording = await store.find(due.id);
    if (!recording || (due.reason !== 'unfinished' && !(await trashMark(dataDir, due.id)))) return false;
    const bytes = await bytesOf(dataDir, due.id);
    return this.#remove({ ...due, bytes }, recording);
  }

  async #keepRules(): Promise<void> {
    const { clock, rules, store, use } = this.#options;
    if (rules.days === 0 && rules.maxGigabytes === 0) return;
    const recordings = await store.finished();
    const kept =
      rules.maxGigabytes > 0 ? await this.#sized(recordings) : recordings.map((one) => ({ ...one, bytes: 0 }));
    const believed = this.#doubt.look() ? { ...rules, days: 0 } : rules;
    for (const due of outdated(kept, believed, clock.wallMs(), (id) => use.has(id))) {
      if (this.#closed) return;
      const recording = await store.find(due.id);
      if (recording) await this.#remove(due, recording);
    }
  }

  async #sized(recordings: readonly FinishedRecording[]): Promise<KeptRecording[]> {
    const sizes = new Map<string, number>();
    const kept: KeptRecording[] = [];
    for (const recording of recordings) {
      const { id } = recording;
      const bytes = this.#sizes.get(id) ?? (await bytesOf(this.#options.dataDir, id));
      // Of which nothing was found: its disk may be away.
      if (bytes > 0) sizes.set(id, bytes);
      kept.push({ ...recording, bytes });
    }
    this.#sizes = sizes;
    return kept;
  }

  /** Whether it is gone. */
  async #remove(due: Outdated, recording: Recording): Promise<boolean> {
    const { isBusy, log, onRemoved, remove, removeTrashed, use } = this.#options;
    // Somebody may have come since the list was made.
    const claim = (await isBusy(due.id)) ? undefined : use.claim(due.id);
    if (!claim) return false;
    try {
      // Nor is deleted what somebody has taken out of the trash since.
      await (recording.trashedAt ? removeTrashed(due.id) : remove(due.id));
      log.info('a recording was deleted, as the retention rules have it', { ...due, recording: due.id });
      await onRemoved(due, recording);
      return true;
    } catch (error) {
      if (error instanceof NotFoundError) return false;
      // The others must not wait for it: the disk fills up meanwhile.
      log.error('a recording could not be deleted, and is tried again', {
        recording: due.id,
        reason: messageOf(error),
      });
      return false;
    } finally {
      claim();
    }
  }

  #look(): void {
    this.#running ??= this.sweep()
      .catch((error: unknown) => {
        this.#options.log.error('retention: recordings could not be looked after', { reason: messageOf(error) });
      })
      .finally(() => {
        this.#running = undefined;
      });
  }
}

/** Bytes of all files of an archive, wherever they lie. */
async function bytesOf(dataDir: string, id: string): Promise<number> {
  const folder = archiveFolder(dataDir, id);
  const stored = await readStored(folder);
  const sizes = new Map((stored?.files ?? []).map(({ name, size }) => [name, size]));
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const size = await stat(path).then(
      (found) => found.size,
      () => 0,
    );
    sizes.set(path.slice(folder.length + 1), size);
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
