/** Files on their way into a room: several at once, each of which can be paused, goes on, and can be given up. */
import { problemOf } from '../api-client.ts';
import type { TusOptions, TusUpload } from '../util/tus-upload.ts';
import { type Pace, TransferRate } from '../util/transfer-rate.ts';
import type { Problem } from '../util/problem.ts';

/** `retrying`: the line is cut; it goes on by itself. */
export type UploadState = 'waiting' | 'sending' | 'retrying' | 'paused' | 'failed' | 'done';

/** One file on its way. */
export interface UploadView {
  readonly key: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Bytes that have left; never fewer than before. */
  readonly sent: number;
  readonly state: UploadState;
  readonly pace: Pace;
  /** Why it failed, with the remedy. */
  readonly problem: Problem | undefined;
  /** Id of the file on the server, once it has one. */
  readonly file: string | undefined;
}

/** What a queue needs of its surroundings. */
export interface UploadQueueOptions {
  readonly start: (options: Pick<TusOptions, 'file' | 'address'> & Callbacks) => TusUpload;
  /** Where a file was sent to before. */
  readonly recall: (file: File) => string | undefined;
  readonly remember: (file: File, address: string | undefined) => void;
  /** Takes away what has arrived. */
  readonly discard: (id: string) => Promise<void>;
  readonly nowMs: () => number;
  readonly changed: () => void;
}

type Callbacks = Pick<TusOptions, 'placed' | 'progress' | 'retrying' | 'done' | 'failed'>;

interface Item {
  readonly key: string;
  readonly file: File;
  readonly rate: TransferRate;
  state: UploadState;
  sent: number;
  address: string | undefined;
  problem: Problem | undefined;
  upload: TusUpload | undefined;
}

/** Sent at the same time; the others wait. */
const AT_ONCE = 3;
/** In the list; what is beyond is not taken. */
export const MAX_UPLOADS = 100;

/** `close` stops everything; what has arrived is kept. */
export class UploadQueue {
  readonly #options: UploadQueueOptions;
  #items: Item[] = [];
  #count = 0;

  constructor(options: UploadQueueOptions) {
    this.#options = options;
  }

  /** Oldest first. */
  get uploads(): readonly UploadView[] {
    return this.#items.map(({ key, file, sent, state, rate, problem, address }) => ({
      key,
      name: file.name,
      size: file.size,
      sent,
      state,
      pace: state === 'sending' ? rate.pace(file.size) : { rate: undefined, leftS: undefined },
      problem,
      file: idOf(address),
    }));
  }

  /** Whether something is on its way. */
  get busy(): boolean {
    return this.#items.some(({ state }) => state === 'waiting' || state === 'sending' || state === 'retrying');
  }

  /** Takes files in their order; how many were not taken because too many are there. */
  add(files: readonly File[]): number {
    this.#items = this.#items.filter(({ state }) => state !== 'done');
    const free = Math.max(0, MAX_UPLOADS - this.#items.length);
    for (const file of files.slice(0, free)) {
      // The same file again goes on where it is.
      const known = this.#items.find((item) => same(item.file, file));
      if (known) this.resume(known.key);
      else this.#items.push(this.#item(file));
    }
    this.#next();
    return Math.max(0, files.length - free);
  }

  pause(key: string): void {
    const item = this.#find(key);
    if (!item || item.state === 'done' || item.state === 'failed') return;
    this.#stop(item);
    item.state = 'paused';
    this.#next();
  }

  /** Goes on after a pause, or tries again. */
  resume(key: string): void {
    const item = this.#find(key);
    if (!item || (item.state !== 'paused' && item.state !== 'failed')) return;
    item.state = 'waiting';
    item.problem = undefined;
    this.#next();
  }

  /** Gives a file up, and takes away what has arrived of it; one that is there stays, and leaves the list. */
  async cancel(key: string): Promise<void> {
    const item = this.#find(key);
    if (!item) return;
    this.#stop(item);
    this.#items = this.#items.filter((other) => other !== item);
    const id = idOf(item.address);
    this.#options.remember(item.file, undefined);
    this.#next();
    if (id === undefined || item.state === 'done') return;
    // Left on the server it only waits for its expiry.
    await this.#options.discard(id).catch(() => undefined);
    this.#options.changed();
  }

  /** Tries all again that a lost line has stopped, as when it is there again: by itself it waits for up to half a minute. */
  wake(): void {
    for (const item of this.#items) {
      if (item.state === 'failed') this.resume(item.key);
      // One that has no place yet may have got one just now, and would be begun a second time.
      if (item.state !== 'retrying' || item.address === undefined) continue;
      this.#stop(item);
      this.#start(item);
    }
    this.#options.changed();
  }

  close(): void {
    for (const item of this.#items) this.#stop(item);
    this.#items = [];
  }

  #item(file: File): Item {
    this.#count += 1;
    const address = this.#options.recall(file);
    const rest = { sent: 0, problem: undefined, upload: undefined, rate: new TransferRate() };
    return { key: `upload-${this.#count}`, file, state: 'waiting', address, ...rest };
  }

  #find(key: string): Item | undefined {
    return this.#items.find((item) => item.key === key);
  }

  #next(): void {
    const under = this.#items.filter(({ upload }) => upload !== undefined).length;
    const waiting = this.#items.filter(({ state }) => state === 'waiting');
    for (const item of waiting.slice(0, Math.max(0, AT_ONCE - under))) this.#start(item);
    this.#options.changed();
  }

  #start(item: Item): void {
    const { start, remember, nowMs, changed } = this.#options;
    item.state = 'sending';
    item.rate.reset();
    item.upload = start({
      file: item.file,
      address: item.address,
      placed: (address) => {
        item.address = address;
        remember(item.file, address);
        changed();
      },
      progress: (bytes) => {
        item.state = 'sending';
        item.rate.note(nowMs(), bytes);
        // What a cut has swallowed is sent again; for whoever watches it was sent.
        item.sent = Math.min(item.file.size, Math.max(item.sent, bytes));
        changed();
      },
      retrying: () => {
        item.state = 'retrying';
        item.rate.reset();
        changed();
      },
      done: () => {
        Object.assign(item, { state: 'done', sent: item.file.size, upload: undefined });
        remember(item.file, undefined);
        this.#next();
      },
      failed: (error) => {
        Object.assign(item, { state: 'failed', problem: problemOf('', error), upload: undefined });
        this.#next();
      },
    });
  }

  #stop(item: Item): void {
    item.upload?.stop();
    item.upload = undefined;
  }
}

function same(a: File, b: File): boolean {
  return a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
}

function idOf(address: string | undefined): string | undefined {
  return address?.split('/').at(-1);
}
