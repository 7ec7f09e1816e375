/**
 * Brings SQL and the queue of renders together. SQL is the truth: each render that is not settled gets its job, again and again if
 * Redis loses it, until its file is on the disk or its job has failed for good.
 */
import { rm } from 'node:fs/promises';
import { messageOf, UnavailableError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Clock } from '../../util/clock.ts';
import { ReconcileLoop } from '../../util/reconcile-loop.ts';
import {
  readRenderManifest,
  removeOrder,
  removeRenderLeftovers,
  renderFolder,
  type RenderPlace,
  writeOrder,
} from './render-files.ts';
import type { RenderQueue } from './render-queue.ts';
import type { RenderStore, StoredRender } from './render-store.ts';

/** Options of an outbox. */
export interface RenderOutboxOptions {
  readonly store: RenderStore;
  readonly queue: RenderQueue;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds between two looks while a render is awaited; default 1000. */
  readonly intervalMs?: number;
}

const INTERVAL_MS = 1000;
const ELSEWHERE =
  'A worker finished it, but it is not in the data folder; let all workers use the same one, then order it again.';

/** Looks by itself while anything is awaited. */
export class RenderOutbox {
  readonly #options: RenderOutboxOptions;
  readonly #loop: ReconcileLoop;

  constructor(options: RenderOutboxOptions) {
    this.#options = options;
    const { clock, log, intervalMs = INTERVAL_MS } = options;
    this.#loop = new ReconcileLoop({
      clock,
      intervalMs,
      look: () => this.#look(),
      onError: (error) => log.error('renders could not be looked after', { reason: messageOf(error) }),
    });
  }

  /** Looks at everything that is not settled, soon. */
  kick(): void {
    this.#loop.kick();
  }

  /** Stops looking; what waits goes on at the next start. */
  close(): Promise<void> {
    return this.#loop.close();
  }

  /** First SQL, so that nobody orders it again; then the order, so that whoever makes it gives it up. */
  async forget(place: RenderPlace): Promise<void> {
    const { clock, store } = this.#options;
    await store.remove(place.render, new Date(clock.wallMs()));
    await this.#options.queue.remove(place.render).catch(() => {});
    await this.#forgetFiles(place);
  }

  /** Whether something is left to wait for. */
  async #look(): Promise<boolean> {
    let waiting = false;
    for (const render of await this.#options.store.pending()) {
      if (this.#loop.closed) return false;
      if (!(await this.#advance(render))) waiting = true;
    }
    return waiting;
  }

  /** Whether the render is settled. */
  async #advance({ id, recording, order }: StoredRender): Promise<boolean> {
    const { queue, store } = this.#options;
    const place = { recording, render: id };
    if (await this.#ready(place)) return true;
    try {
      const state = await queue.state(id);
      switch (state.kind) {
        case 'failed':
          return await this.#fail(place, state.reason);
        case 'completed':
          // It may have become visible between the two looks.
          return (await this.#ready(place)) || (await this.#fail(place, ELSEWHERE));
        case 'missing':
          return await this.#order(place, order);
        case 'active':
          await store.change(id, { state: 'active', progress: state.progress });
          break;
        case 'waiting':
          await store.change(id, { state: 'waiting' });
      }
    } catch (error) {
      // The queue answers again once Redis is back.
      if (!(error instanceof UnavailableError)) throw error;
    }
    return false;
  }

  async #order(place: RenderPlace, order: StoredRender['order']): Promise<boolean> {
    const { dataDir, queue, store, log } = this.#options;
    await writeOrder(dataDir, place, order);
    // Deleted meanwhile: what was just written would be nobody's.
    if (!(await store.find(place.render))) {
      await this.#forgetFiles(place);
      return true;
    }
    await queue.enqueue(place);
    log.debug('render queued', { ...place });
    return false;
  }

  async #ready(place: RenderPlace): Promise<boolean> {
    const { dataDir, store } = this.#options;
    const manifest = await readRenderManifest(renderFolder(dataDir, place));
    if (!manifest) return false;
    const { file: name, size, sha256, duration } = manifest;
    const file = { name, size, sha256, duration };
    await removeOrder(dataDir, place);
    const known = await store.change(place.render, { state: 'ready', progress: 1, file });
    if (!known) await this.#forgetFiles(place);
    return true;
  }

  async #fail(place: RenderPlace, reason: string): Promise<boolean> {
    const { dataDir, store, log } = this.#options;
    await removeOrder(dataDir, place);
    await store.change(place.render, { state: 'failed', error: reason });
    log.error('a render failed', { ...place, reason });
    return true;
  }

  async #forgetFiles(place: RenderPlace): Promise<void> {
    const { dataDir } = this.#options;
    await removeOrder(dataDir, place);
    await removeRenderLeftovers(dataDir, place);
    await rm(renderFolder(dataDir, place), { recursive: true, force: true });
  }
}
