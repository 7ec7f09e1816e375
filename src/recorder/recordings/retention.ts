/** Deletes finished recordings that are too old, or the oldest while there are too many. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Clock, Disposer } from '../../util/clock.ts';
import { ClockDoubt } from '../../util/clock-doubt.ts';
import { archiveFolder } from '../archive/archive-manifest.ts';
import type { FinishedRecording, RecordingStore } from './recording-store.ts';
import type { Recording } from './recording-view.ts';
import { type KeptRecording, type Outdated, outdated, type RetentionRules } from './retention-policy.ts';
import type { ArchiveUse } from '../storage/archive-use.ts';
import { readStored } from '../storage/stored-marker.ts';

/** Options of `Retention`. */
export interface RetentionOptions {
  readonly rules: RetentionRules;
  readonly store: Pick<RecordingStore, 'finished' | 'find'>;
  readonly dataDir: string;
  /** Who reads what: nothing is deleted under anybody's hands. */
  readonly use: ArchiveUse;
  /** Whether something is made of a recording at the moment. */
  readonly isBusy: (id: string) => Promise<boolean>;
  /** Deletes one with all that belongs to it. */
  readonly remove: (id: string) => Promise<void>;
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

  constructor(options: RetentionOptions) {
    this.#options = options;
    const { clock, doubt, log } = options;
    this.#doubt =
      doubt ??
      new ClockDoubt(clock, () => log.warn('the clock was set ahead; for an hour no recording is deleted for its age'));
  }

  /** Looks now and from now on; does nothing when everything is kept. */
  start(): void {
    const { clock, intervalMs = INTERVAL_MS, rules } = this.#options;
    if (rules.days === 0 && rules.maxGigabytes === 0) return;
    this.#timer = clock.every(intervalMs, () => this.#look());
    this.#look();
  }

  /** Resolves when the last look is over. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#timer?.();
    await this.#running;
  }

  /** Deletes what is due; what somebody uses is left for another time. Rejects when the recordings cannot be listed. */
  async sweep(): Promise<void> {
    const { clock, rules, store, use } = this.#options;
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
    for (const { id, endedMs } of recordings) {
      const bytes = this.#sizes.get(id) ?? (await bytesOf(this.#options.dataDir, id));
      // Of which nothing was found: its disk may be away.
      if (bytes > 0) sizes.set(id, bytes);
      kept.push({ id, endedMs, bytes });
    }
    this.#sizes = sizes;
    return kept;
  }

  async #remove(due: Outdated, recording: Recording): Promise<void> {
    const { isBusy, log, onRemoved, remove, use } = this.#options;
    // Somebody may have come since the list was made.
    const claim = (await isBusy(due.id)) ? undefined : use.claim(due.id);
    if (!claim) return;
    try {
      await remove(due.id);
      log.info('a recording was deleted, as the retention rules have it', { ...due, recording: due.id });
      await onRemoved(due, recording);
    } catch (error) {
      // The others must not wait for it: the disk fills up meanwhile.
      log.error('a recording could not be deleted, and is tried again', {
        recording: due.id,
        reason: messageOf(error),
      });
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
