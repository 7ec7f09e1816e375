/**
 * Brings SQL and the queue together. SQL is the truth: each recording in state `archiving` gets its job, again and again
 * if Redis loses it, until its manifest is on the disk or its job has failed for good.
 */
import { join } from 'node:path';
import { messageOf, UnavailableError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Clock, Disposer } from '../../util/clock.ts';
import { Emitter } from '../../util/emitter.ts';
import { ReconcileLoop } from '../../util/reconcile-loop.ts';
import { MADE_ELSEWHERE, NOTHING_FOUND } from './archive-failure.ts';
import { type ArchiveManifest, archiveFolder, FILM_FILE, readManifest } from './archive-manifest.ts';
import type { ArchiveQueue } from './archive-queue.ts';
import { rangesOnDisk, readBrokenOff } from '../recordings/broken-off.ts';
import { closeRanges, type FrameRange } from '../recordings/frame-range.ts';
import { peopleNames } from '../recordings/recording-search.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import type { Recording } from '../recordings/recording-view.ts';

/** Options of an outbox. */
export interface ArchiveOutboxOptions {
  readonly store: RecordingStore;
  readonly queue: ArchiveQueue;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds between two looks while an archive is awaited; default 3000. */
  readonly intervalMs?: number;
  /** Whether all of a stopped recording is on the disk, so that its job may start. */
  readonly isWritten: (recordingId: string) => boolean;
}

type OutboxEvents = {
  /** A recording became `ready` or `failed`; or an archive was finished that no recording knows any more. */
  settled: { readonly id: string; readonly known: boolean };
};

const INTERVAL_MS = 3000;

/** Listens to the queue and looks for itself; both may fail, so either is enough. */
export class ArchiveOutbox {
  readonly events = new Emitter<OutboxEvents>();
  readonly #options: ArchiveOutboxOptions;
  readonly #disposers: Disposer[] = [];
  readonly #loop: ReconcileLoop;
  /** Recordings whose progress is being asked for. */
  readonly #refreshing = new Set<string>();

  constructor(options: ArchiveOutboxOptions) {
    this.#options = options;
    const { clock, log, intervalMs = INTERVAL_MS } = options;
    this.#loop = new ReconcileLoop({
      clock,
      intervalMs,
      look: () => this.#look(),
      onError: (error) => log.error('archives could not be looked after', { reason: messageOf(error) }),
    });
  }

  /** Starts to listen, and looks once. */
  start(): void {
    const { queue } = this.#options;
    this.#disposers.push(
      queue.events.on('ready', () => this.kick()),
      queue.events.on('settled', ({ id }) => void this.#settled(id)),
      queue.events.on('progress', ({ id }) => void this.#refresh(id)),
    );
    this.kick();
  }

  /** Looks at all recordings that wait for their archive, soon. */
  kick(): void {
    this.#loop.kick();
  }

  /** Stops looking; resolves when the last look is over. */
  async close(): Promise<void> {
    const closing = this.#loop.close();
    for (const dispose of this.#disposers.splice(0)) dispose();
    await closing;
  }

  /** Whether something is left to wait for. */
  async #look(): Promise<boolean> {
    const recordings = await this.#options.store.inStates(['archiving']);
    let waiting = false;
    for (const recording of recordings) {
      if (this.#loop.closed) return false;
      if (!(await this.#advance(recording))) waiting = true;
    }
    return waiting;
  }

  /** Whether the recording has left the state `archiving`. */
  async #advance(recording: Recording): Promise<boolean> {
    const { queue, dataDir, isWritten, log } = this.#options;
    const { id } = recording;
    const manifest = await readManifest(archiveFolder(dataDir, id));
    if (manifest) return this.#ready(id, manifest);
    if (!isWritten(id)) return false;
    try {
      const state = await queue.state(id);
      if (state.kind === 'failed') return await this.#fail(id, state.reason);
      if (state.kind === 'pending') await this.#progressed(id, state.progress);
      if (state.kind === 'completed') {
        // It may have become visible between the two looks.
        const late = await readManifest(archiveFolder(dataDir, id));
        if (late) return await this.#ready(id, late);
        return await this.#fail(id, MADE_ELSEWHERE);
      }
      if (state.kind === 'missing') {
        const ranges = await this.#rangesOf(recording);
        if (!ranges) return true;
        await queue.enqueue({ recording: id, session: recording.session, ranges });
        log.info('archive ordered', { recording: id });
      }
    } catch (error) {
      // The queue tells when Redis is back.
      if (!(error instanceof UnavailableError)) throw error;
    }
    return false;
  }

  /** What is to be archived. Undefined when it has failed: a crash broke it off, and its disk is still away. */
  async #rangesOf({ framerate, id, ranges, session }: Recording): Promise<FrameRange[] | undefined> {
    const { dataDir, store } = this.#options;
    if (ranges.every(({ to }) => to !== null)) return closeRanges(ranges, 0);
    try {
      const folder = join(dataDir, 'sessions', session);
      const found = await rangesOnDisk(ranges, { folder, index: await readBrokenOff(folder), framerate });
      if (found.length > 0) {
        await store.change(id, ['archiving'], { ranges: found });
        return found;
      }
      await this.#fail(id, NOTHING_FOUND);
    } catch (error) {
      await this.#fail(id, messageOf(error));
    }
    return undefined;
  }

  async #ready(id: string, manifest: ArchiveManifest): Promise<boolean> {
    const film = manifest.files.find((file) => file.name === FILM_FILE);
    if (!film) return this.#fail(id, 'The archive holds no film; retry.');
    const { duration } = manifest;
    const changed = await this.#options.store.change(id, ['archiving'], {
      state: 'ready',
      progress: undefined,
      error: undefined,
      film: { duration, size: film.size, sha256: film.sha256 },
      people: peopleNames(manifest.facts['texts']?.['names']),
    });
    if (changed) this.events.emit('settled', { id, known: true });
    return true;
  }

  async #fail(id: string, reason: string): Promise<boolean> {
    const change = { state: 'failed', progress: undefined, error: reason } as const;
    const changed = await this.#options.store.change(id, ['archiving'], change);
    if (changed) {
      this.#options.log.error('archive failed', { recording: id, reason });
      this.events.emit('settled', { id, known: true });
    }
    return true;
  }

  async #settled(id: string): Promise<void> {
    const known = await this.#options.store.find(id).catch(() => true);
    if (!known) this.events.emit('settled', { id, known: false });
    this.kick();
  }

  /** What comes while an answer is awaited tells nothing more than the answer. */
  async #refresh(id: string): Promise<void> {
    if (this.#loop.closed || this.#refreshing.has(id)) return;
    this.#refreshing.add(id);
    try {
      const state = await this.#options.queue.state(id);
      if (state.kind === 'pending') await this.#progressed(id, state.progress);
    } catch (error) {
      this.#options.log.debug('progress was not heard of', { reason: messageOf(error) });
    } finally {
      this.#refreshing.delete(id);
    }
  }

  async #progressed(id: string, progress: number): Promise<void> {
    await this.#options.store.change(id, ['archiving'], { progress }).catch((error: unknown) => {
      this.#options.log.debug('progress was not stored', { reason: messageOf(error) });
    });
  }
}
