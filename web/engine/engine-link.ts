/** The page's way to its media engine: a worker where browsers have what that takes, else this very thread. */
import { loadPart } from '../util/load-part.ts';
import type { Problem } from '../util/problem.ts';
import type { EngineCommand, EngineEvent } from './engine-messages.ts';
import { engineProblem } from './engine-problem.ts';
import type { MediaEngine } from './media-engine.ts';
import workerUrl from './media-worker.ts?worker&url';

/** An engine that is ready for its `start`. */
export interface EngineLink {
  /** Whether the engine can read camera tracks that are handed to it. */
  readonly readsTracks: boolean;
  /** The program's picture as the engine takes it, and what has to be transferred with it. */
  adopt(canvas: HTMLCanvasElement): {
    readonly canvas: OffscreenCanvas | HTMLCanvasElement;
    readonly transfer: Transferable[];
  };
  /** For whoever sends or plays by other means than the engine's codecs: only where the engine is on this thread. */
  readonly outside: Pick<MediaEngine, 'publish' | 'unpublish' | 'count' | 'playWith'> | undefined;
  send(command: EngineCommand, transfer?: Transferable[]): void;
  /** Ends it without goodbye. */
  end(): void;
}

/** What comes of an engine; `broken` is the last word of one that failed by itself. */
export interface EngineListener {
  event(event: EngineEvent): void;
  broken(problem: Problem): void;
}

// A script of some 100 kB from the server the page came from.
const START_TIMEOUT_MS = 10_000;

/** Rejects only when even this thread cannot do it. @param forced keeps the engine on this thread. */
export async function openEngine(listener: EngineListener, forced: 'page' | undefined): Promise<EngineLink> {
  const able = typeof OffscreenCanvas !== 'undefined' && 'transferControlToOffscreen' in HTMLCanvasElement.prototype;
  const link = forced === 'page' || !able ? undefined : await workerLink(listener);
  return link ?? pageLink(listener);
}

async function pageLink(listener: EngineListener): Promise<EngineLink> {
  const { MediaEngine } = await loadPart(() => import('./media-engine.ts'), import.meta.url);
  const engine = new MediaEngine('page', (event) => listener.event(event));
  return {
    readsTracks: false,
    outside: engine,
    adopt: (canvas) => ({ canvas, transfer: [] }),
    send: (command) => engine.receive(command),
    end: () => undefined,
  };
}

/** Undefined when the browser has no such workers, or lacks something in them. */
function workerLink(listener: EngineListener): Promise<EngineLink | undefined> {
  const worker = startWorker();
  if (!worker) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const settle = (link: EngineLink | undefined): void => {
      self.clearTimeout(timer);
      if (!link) worker.terminate();
      resolve(link);
    };
    const timer = self.setTimeout(() => settle(undefined), START_TIMEOUT_MS);
    let ready = false;
    worker.addEventListener('message', ({ data }: MessageEvent<EngineEvent>) => {
      if (data.type !== 'ready') {
        listener.event(data);
        return;
      }
      ready = true;
      settle(data.works ? linkTo(worker, data.readsTracks) : undefined);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (!ready) settle(undefined);
      else listener.broken(engineProblem(event.message));
    });
  });
}

function linkTo(worker: Worker, readsTracks: boolean): EngineLink {
  return {
    readsTracks,
    outside: undefined,
    adopt(canvas) {
      const offscreen = canvas.transferControlToOffscreen();
      return { canvas: offscreen, transfer: [offscreen] };
    },
    send: (command, transfer = []) => worker.postMessage(command, transfer),
    end: () => worker.terminate(),
  };
}

/** A page of another site may not start our worker's file, but one that imports it. */
function startWorker(): Worker | undefined {
  const url = new URL(workerUrl, import.meta.url);
  try {
    if (url.origin === location.origin) return new Worker(url, { type: 'module' });
    const blob = URL.createObjectURL(new Blob([`import ${JSON.stringify(url.href)};`], { type: 'text/javascript' }));
    try {
      return new Worker(blob, { type: 'module' });
    } finally {
      URL.revokeObjectURL(blob);
    }
  } catch {
    return undefined;
  }
}
