/** Deletes finished recordings that are too old, or the oldest while there are too many. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Clock, Disposer } from '../../util/clock.ts';
import { archiveFolder } from '../archive/archive-manifest.ts';
import type { RecordingStore } from './recording-store.ts';
import type { Recording } from './recording-view.ts';
import { type KeptRecording, type Outdated, outdated, type RetentionRules } from './retention-policy.ts';
import type { ArchiveUse } from '../storage/archive-use.ts';
import { readStored } from '../storage/stored-marker.ts';

/** Options of `Retention`. */
export interface RetentionOptions {
  readonly rules: RetentionRules;
  readonly store: Pick<RecordingStore, 'inStates'>;
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
  /** Milliseconds between two looks; default 60 000. */
  readonly intervalMs?: number;
}

const INTERVAL_MS = 60_000;
/** A clock that goes ahead by more between two looks was set. */
const JUMP_MS = 5 * 60_000;
/** What was set wrongly is set right by then. */
const SETTLED_MS = 60 * 60_000;

/** Looks from time to time, from `start` until `close`. */
export class Retention {
  readonly #options: RetentionOptions;
  #timer: Disposer | undefined;
  #running: Promise<void> | undefined;
  #closed = false;
  /** By how much the wall clock was ahead of the monotonic one at the last look. */
  #aheadMs: number | undefined;
  /** Until when nothing is too old, monotonic milliseconds: the clock was set ahead. */
  #doubtUntilMs = Number.NEGATIVE_INFINITY;

  constructor(options: RetentionOptions) {
    this.#options = options;
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
    const { clock, dataDir, rules, store, use } = this.#options;
    const recordings = await store.inStates(['ready']);
    const byId = new Map(recordings.map((recording) => [recording.id, recording]));
    const kept: KeptRecording[] = [];
    for (const { id, startedAt, stoppedAt } of recordings) {
      const bytes = rules.maxGigabytes > 0 ? await bytesOf(dataDir, id) : 0;
      kept.push({ id, endedMs: (stoppedAt ?? startedAt).getTime(), bytes });
    }
    const believed = this.#believesClock() ? rules : { ...rules, days: 0 };
    for (const due of outdated(kept, believed, clock.wallMs(), (id) => use.has(id))) {
      const recording = byId.get(due.id);
      if (this.#closed || !recording) return;
      await this.#remove(due, recording);
    }
  }

  /** Whether nobody has just set the clock ahead: a wrong hour would delete what is to be kept for years. */
  #believesClock(): boolean {
    const { clock, log } = this.#options;
    const nowMs = clock.monotonicMs();
    const aheadMs = clock.wallMs() - nowMs;
    if (aheadMs - (this.#aheadMs ?? aheadMs) > JUMP_MS) {
      this.#doubtUntilMs = nowMs + SETTLED_MS;
      log.warn('the clock was set ahead; for an hour no recording is deleted for its age');
    }
    this.#aheadMs = aheadMs;
    return nowMs >= this.#doubtUntilMs;
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
